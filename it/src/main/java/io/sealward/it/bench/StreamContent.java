package io.sealward.it.bench;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32C;

/** The content of a large object that is never whole in memory: one random block over and over, of a length that no frame has. */
final class StreamContent {
    private static final int BLOCK_BYTES = 1_000_003;

    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
    private final long length;
    private final long crc32c;

    StreamContent(long length) {
        this.length = length;
        byte[] random = new byte[BLOCK_BYTES];
        new Random(1).nextBytes(random);
        block.put(random).flip();
        CRC32C crc = new CRC32C();
        for (long at = 0; at < length; at += BLOCK_BYTES) {
            crc.update(piece(at, BLOCK_BYTES));
        }
        this.crc32c = crc.getValue();
    }

    long length() {
        return length;
    }

    long crc32c() {
        return crc32c;
    }

    /** As {@code x-amz-checksum-crc32c} has it. */
    String crc32cBase64() {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32c).array());
    }

    /** What stands at a position, up to {@code limit} bytes, and at least one before the end. */
    ByteBuffer piece(long at, int limit) {
        int start = (int) (at % BLOCK_BYTES);
        int bytes = (int) Math.min(Math.min(limit, BLOCK_BYTES - start), length - at);
        return block.slice(start, bytes);
    }
}
