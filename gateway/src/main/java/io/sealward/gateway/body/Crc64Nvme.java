package io.sealward.gateway.body;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME, eight bytes a step. Source: NVM Express NVM Command Set Specification, "64b CRC"; reflected polynomial
 * 0x9A6C9329AC4BC9B5, initial value and final XOR all ones.
 */
final class Crc64Nvme implements Checksum {
    static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final int STEP = Long.BYTES;
    private static final long[][] TABLES = tables();

    private long state = ~0L;

    @Override
    public void update(int b) {
        state = TABLES[0][(int) (state ^ b) & 0xFF] ^ (state >>> 8);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        update(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void update(ByteBuffer buffer) {
        ByteOrder order = buffer.order();
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        long crc = state;
        while (buffer.remaining() >= STEP) {
            long word = crc ^ buffer.getLong();
            crc = TABLES[7][(int) word & 0xFF]
                    ^ TABLES[6][(int) (word >>> 8) & 0xFF]
                    ^ TABLES[5][(int) (word >>> 16) & 0xFF]
                    ^ TABLES[4][(int) (word >>> 24) & 0xFF]
                    ^ TABLES[3][(int) (word >>> 32) & 0xFF]
                    ^ TABLES[2][(int) (word >>> 40) & 0xFF]
                    ^ TABLES[1][(int) (word >>> 48) & 0xFF]
                    ^ TABLES[0][(int) (word >>> 56)];
        }
        state = crc;
        while (buffer.hasRemaining()) {
            update(buffer.get());
        }
        buffer.order(order);
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = ~0L;
    }

    /** {@code TABLES[k][b]} is the effect of byte b followed by k zero bytes. */
    private static long[][] tables() {
        long[][] tables = new long[STEP][256];
        for (int b = 0; b < 256; b++) {
            long crc = b;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            tables[0][b] = crc;
        }
        for (int k = 1; k < STEP; k++) {
            for (int b = 0; b < 256; b++) {
                long crc = tables[k - 1][b];
                tables[k][b] = (crc >>> 8) ^ tables[0][(int) crc & 0xFF];
            }
        }
        return tables;
    }
}
