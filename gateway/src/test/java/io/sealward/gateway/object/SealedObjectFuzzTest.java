package io.sealward.gateway.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.flow.Outlet;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a hostile store makes of the objects of one DEK is opened as it was sealed, from its beginning, or not at all. The
 * input is a list of edits, so that frames stay authentic and their order is what is tried.
 */
class SealedObjectFuzzTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Dek DEK = Dek.generate(RANDOM);
    private static final int LENGTH = 2 * 65_536 + 100;
    private static final int FIRST = 70_000;

    /** What was sealed, and of which plaintext: two objects of one length, and one of two parts. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Stored(byte[] sealed, byte[] plain) {}

    private static final byte[] PLAIN = plaintext(LENGTH);
    private static final List<Stored> STORED = List.of(
            new Stored(sealed(PartSealer.ofObject(DEK, LENGTH, RANDOM), PLAIN), PLAIN),
            new Stored(sealed(PartSealer.ofObject(DEK, LENGTH, RANDOM), new byte[LENGTH]), new byte[LENGTH]),
            new Stored(
                    concat(
                            sealed(PartSealer.ofPart(DEK, 1, FIRST, RANDOM), Arrays.copyOf(PLAIN, FIRST)),
                            sealed(
                                    PartSealer.ofPart(DEK, 2, LENGTH - FIRST, RANDOM),
                                    Arrays.copyOfRange(PLAIN, FIRST, LENGTH))),
                    PLAIN));

    private static byte[] plaintext(int length) {
        byte[] plain = new byte[length];
        for (int i = 0; i < length; i++) {
            plain[i] = (byte) (31 * i % 251);
        }
        return plain;
    }

    private static byte[] sealed(PartSealer sealer, byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Consumer<ByteBuf> keep = data -> keep(data, bytes);
        Outlet outlet = new Outlet() {
            @Override
            public void write(ByteBuf data) {
                keep.accept(data);
            }

            @Override
            public boolean writable() {
                return true;
            }

            @Override
            public void onWritable(Runnable resume) {
                resume.run();
            }
        };
        try (SealingSink sink = new SealingSink(sealer, plain.length, outlet, keep, UnpooledByteBufAllocator.DEFAULT)) {
            sink.write(Unpooled.wrappedBuffer(plain));
            sink.finish();
        }
        return bytes.toByteArray();
    }

    private static void keep(ByteBuf data, ByteArrayOutputStream in) {
        byte[] bytes = new byte[data.readableBytes()];
        data.readBytes(bytes);
        data.release();
        in.writeBytes(bytes);
    }

    private static byte[] concat(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                new byte[] {0, 0},
                edits(0, 1, 0, 65_584),
                edits(0, 2, 1, 65_584),
                edits(1, 3, 65_590, 1),
                edits(2, 2, 65_584, 131_168),
                edits(1, 1, 131_168, 200));
    }

    private static byte[] edits(int object, int kind, int at, int length) {
        return ByteBuffer.allocate(11)
                .put((byte) object)
                .put((byte) 7)
                .put((byte) kind)
                .putInt(at)
                .putInt(length)
                .array();
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsOpenedWasSealed(byte[] input) {
        ByteBuffer edits = ByteBuffer.wrap(input);
        if (edits.remaining() < 2) {
            return;
        }
        int object = Math.floorMod(edits.get(), STORED.size());
        int piece = 997 * (1 + Byte.toUnsignedInt(edits.get()));
        byte[] stored = STORED.get(object).sealed();
        for (int i = 0; i < 8 && edits.remaining() >= 9; i++) {
            stored = edited(stored, edits);
        }
        for (Layout layout : List.of(Layout.SINGLE, Layout.PARTS)) {
            open(stored, layout, piece);
        }
    }

    private static byte[] edited(byte[] stored, ByteBuffer edits) {
        int kind = Math.floorMod(edits.get(), 5);
        int at = Math.floorMod(edits.getInt(), stored.length + 1);
        int end = at + Math.floorMod(edits.getInt(), stored.length - at + 1);
        byte[] other = STORED.get(kind % STORED.size()).sealed();
        byte[] before = Arrays.copyOf(stored, at);
        byte[] after = Arrays.copyOfRange(stored, end, stored.length);
        byte[] between = Arrays.copyOfRange(stored, at, end);
        return switch (kind) {
            case 0 -> concat(before, after);
            case 1 -> concat(concat(before, between), concat(between, after));
            case 2 ->
                concat(
                        concat(
                                before,
                                Arrays.copyOfRange(other, Math.min(at, other.length), Math.min(end, other.length))),
                        after);
            case 3 -> {
                for (int i = 0; i < Math.min(between.length, 4); i++) {
                    between[i] ^= (byte) (1 << i);
                }
                yield concat(concat(before, between), after);
            }
            default -> concat(concat(after, between), before);
        };
    }

    private static void open(byte[] stored, Layout layout, int piece) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        FrameReader frames = new FrameReader(Extent.whole(layout, LENGTH, stored.length), 0, DEK, allocator);
        boolean whole = false;
        try {
            for (int from = 0; from < stored.length; from += piece) {
                ByteBuf data = Unpooled.wrappedBuffer(stored, from, Math.min(piece, stored.length - from));
                frames.read(data, opened -> keep(opened, read));
            }
            frames.finish();
            whole = true;
        } catch (SealException damaged) {
            assertThat(damaged.getMessage()).isNotBlank();
        } finally {
            frames.close();
        }
        byte[] opened = read.toByteArray();
        assertThat(STORED).as("%d bytes opened", opened.length).anyMatch(each -> startsWith(each.plain(), opened));
        if (whole) {
            assertThat(opened).hasSize(LENGTH);
            assertThat(STORED).anyMatch(each -> Arrays.equals(each.sealed(), stored));
        }
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    private static boolean startsWith(byte[] whole, byte[] beginning) {
        return beginning.length <= whole.length
                && Arrays.equals(whole, 0, beginning.length, beginning, 0, beginning.length);
    }
}
