package io.sealward.gateway.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.flow.Outlet;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the sealing sink writes, the frame reader reads, however either stream is cut into pieces. */
class FrameReaderTest {
    private static final int LENGTH = 65_536 + 100;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final SecureRandom random = new SecureRandom();
    private final Dek dek = Dek.generate(random);

    @AfterEach
    void nothingIsHeld() {
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .isZero();
    }

    /** Keeps everything. */
    private static final class Written implements Outlet {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(ByteBuf data) {
            bytes.writeBytes(bytesOf(data));
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(Runnable resume) {
            resume.run();
        }
    }

    private static byte[] bytesOf(ByteBuf data) {
        byte[] bytes = new byte[data.readableBytes()];
        data.readBytes(bytes);
        data.release();
        return bytes;
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private byte[] sealed(byte[] plain, int firstPiece) {
        Written written = new Written();
        SealingSink sink = new SealingSink(
                PartSealer.ofObject(dek, plain.length, random), plain.length, written, written::write, allocator);
        sink.write(Unpooled.copiedBuffer(plain, 0, firstPiece));
        sink.write(Unpooled.copiedBuffer(plain, firstPiece, plain.length - firstPiece));
        sink.finish();
        sink.close();
        sink.close();
        return written.bytes.toByteArray();
    }

    private byte[] opened(byte[] sealed, int length, int firstPiece) throws SealException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        FrameReader frames = new FrameReader(Extent.whole(Layout.SINGLE, length, length + 48L * 3), 0, dek, allocator);
        try {
            frames.read(Unpooled.copiedBuffer(sealed, 0, firstPiece), data -> read.writeBytes(bytesOf(data)));
            frames.read(
                    Unpooled.copiedBuffer(sealed, firstPiece, sealed.length - firstPiece),
                    data -> read.writeBytes(bytesOf(data)));
            frames.finish();
        } finally {
            frames.close();
        }
        return read.toByteArray();
    }

    @Test
    void anyCutOfEitherStreamGivesTheSame() throws SealException {
        byte[] plain = content(LENGTH);
        for (int cut : new int[] {1, 65_536, LENGTH}) {
            byte[] sealed = sealed(plain, cut);
            for (int at = 0; at <= sealed.length; at += at < 100 || at > 65_500 ? 1 : 701) {
                assertThat(opened(sealed, LENGTH, at)).isEqualTo(plain);
            }
        }
    }

    @Test
    void theSinkHoldsTheLastFrameBackUntilItIsFinished() {
        byte[] plain = content(2 * 65_536);
        Written written = new Written();
        SealingSink sink = new SealingSink(
                PartSealer.ofObject(dek, plain.length, random), plain.length, written, written::write, allocator);
        sink.write(Unpooled.copiedBuffer(plain));
        assertThat(written.bytes.size()).isEqualTo(65_584);
        sink.finish();
        assertThat(written.bytes.size()).isEqualTo(2 * 65_584 + 48);
        sink.close();
    }

    @Test
    void theSinkTakesNoArraysBeforeTheFirstByte() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PartSealer sealer = PartSealer.ofObject(dek, LENGTH, random);
        Consumer<ByteBuf> end = ByteBuf::release;
        new SealingSink(sealer, LENGTH, new Written(), end, allocator).close(); // loads the classes
        long before = thread.getCurrentThreadAllocatedBytes();
        try (SealingSink sink = new SealingSink(sealer, LENGTH, new Written(), end, allocator)) {
            sink.write(Unpooled.EMPTY_BUFFER);
            assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(4096);
        }
    }

    @Test
    void bytesThatEndEarlyAreTruncated() {
        byte[] sealed = sealed(content(LENGTH), 0);
        for (int length :
                new int[] {0, 1, 31, 32, 47, 48, 65_583, 65_584, 65_600, sealed.length - 48, sealed.length - 1}) {
            assertThatThrownBy(() -> opened(Arrays.copyOf(sealed, length), LENGTH, 0))
                    .as("%s bytes", length)
                    .isInstanceOf(SealException.Truncated.class);
        }
    }

    @Test
    void aFlippedBitReleasesNothingOfItsFrame() {
        byte[] sealed = sealed(content(LENGTH), 0);
        for (int at : new int[] {0, 2, 5, 15, 25, 40, 65_583, 65_584, 65_700, sealed.length - 1}) {
            byte[] damaged = sealed.clone();
            damaged[at] ^= 1;
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            FrameReader frames = new FrameReader(Extent.whole(Layout.SINGLE, LENGTH, sealed.length), 0, dek, allocator);
            assertThatThrownBy(() -> {
                        frames.read(Unpooled.wrappedBuffer(damaged), data -> read.writeBytes(bytesOf(data)));
                        frames.finish();
                    })
                    .as("byte %s", at)
                    .isInstanceOf(SealException.class);
            frames.close();
            assertThat(read.size()).isEqualTo(at < 65_584 ? 0 : at < 65_584 + 148 ? 65_536 : LENGTH);
        }
    }
}
