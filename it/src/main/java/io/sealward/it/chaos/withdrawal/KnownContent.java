package io.sealward.it.chaos.withdrawal;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/** Content of any length that need not be held to be known: a block over and over. */
final class KnownContent {
    private final byte[] block;

    KnownContent(long seed, int blockBytes) {
        block = new byte[blockBytes];
        new Random(seed).nextBytes(block);
    }

    /** Its first bytes, at most a block. */
    byte[] first(int bytes) {
        return Arrays.copyOf(block, bytes);
    }

    /** The whole, endless. */
    InputStream stream() {
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                return block[(int) (position++ % block.length)] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int at = (int) (position % block.length);
                int count = Math.min(length, block.length - at);
                System.arraycopy(block, at, bytes, offset, count);
                position += count;
                return count;
            }
        };
    }

    /** Whether these bytes are those at a position. */
    boolean matches(byte[] bytes, int count, long position) {
        for (int done = 0; done < count; ) {
            int at = (int) ((position + done) % block.length);
            int more = Math.min(count - done, block.length - at);
            if (!Arrays.equals(bytes, done, done + more, block, at, at + more)) {
                return false;
            }
            done += more;
        }
        return true;
    }
}
