package io.sealward.gateway.body;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Checksum;

/** A digest that is fed buffers. */
abstract class RunningDigest {
    static RunningDigest of(Checksum checksum, int length) {
        return new RunningDigest() {
            @Override
            void update(ByteBuffer data) {
                checksum.update(data);
            }

            @Override
            byte[] value() {
                byte[] value = new byte[length];
                long crc = checksum.getValue();
                checksum.reset();
                for (int i = 0; i < length; i++) {
                    value[i] = (byte) (crc >>> (8 * (length - 1 - i)));
                }
                return value;
            }
        };
    }

    /** Of an algorithm every Java platform has. */
    static RunningDigest of(String algorithm) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform lacks " + algorithm, e);
        }
        return new RunningDigest() {
            @Override
            void update(ByteBuffer data) {
                digest.update(data);
            }

            @Override
            byte[] value() {
                return digest.digest();
            }
        };
    }

    /** Reads the readable bytes without moving the reader index. */
    final void update(ByteBuf data) {
        if (data.nioBufferCount() == 1) {
            update(data.internalNioBuffer(data.readerIndex(), data.readableBytes()));
        } else {
            for (ByteBuffer part : data.nioBuffers()) {
                update(part);
            }
        }
    }

    abstract void update(ByteBuffer data);

    /** Of what came since the start or the last value; the digest starts anew. */
    abstract byte[] value();
}
