package io.sealward.it.tamper;

import static io.sealward.it.stack.RawObject.FRAME_BYTES;
import static io.sealward.it.stack.RawObject.TERMINATOR_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.RawObject;
import io.sealward.it.stack.Reading;
import io.sealward.it.stack.Stack;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Whoever runs the store changes what it holds: no read may succeed, or release one byte that was not written. */
class TamperingTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final int FRAMES_IN_PART = Multipart.SMALLEST_PART_BYTES / 65_536;

    /** How the object under attack was uploaded. */
    enum Shape {
        /** Four frames, the last short, in one piece. */
        SINGLE(List.of(Multipart.random(200_000, 1))),
        /** Two parts of 80 frames and a short one. */
        PARTS(List.of(
                Multipart.random(Multipart.SMALLEST_PART_BYTES, 2),
                Multipart.random(Multipart.SMALLEST_PART_BYTES, 3),
                Multipart.random(70_000, 4)));

        @SuppressWarnings("ImmutableEnumChecker") // never changed
        private final List<byte[]> pieces;

        Shape(List<byte[]> pieces) {
            this.pieces = pieces;
        }

        byte[] plaintext() {
            return Multipart.concat(pieces);
        }

        void upload(S3Client client, String bucket, String key) {
            if (pieces.size() == 1) {
                client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(pieces.get(0)));
            } else {
                Multipart.upload(client, bucket, key, pieces);
            }
        }
    }

    private static S3Client client;
    private static S3Client behind;
    private static String bucket;

    @BeforeAll
    static void upload() {
        client = STACK.client();
        behind = STACK.behind();
        bucket = STACK.bucket();
        for (Shape shape : Shape.values()) {
            shape.upload(client, bucket, shape.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHarnessPutsBackWhatItTook(Shape shape) {
        original(shape).write(behind, bucket, shape.name());

        Reading reading = Reading.of(STACK.gateway(), bucket, shape.name());
        assertThat(reading.complete()).isTrue();
        assertThat(reading.body()).isEqualTo(shape.plaintext());
    }

    static Stream<Arguments> damage() {
        return Stream.of(Shape.values()).flatMap(shape -> Stream.of(
                        Stream.of(0, 1, 4, 8, 12, 16, 20, 31, 32, 33, FRAME_BYTES - 16, FRAME_BYTES - 1)
                                .map(at -> damage(shape, "flip a bit at " + at, flip(at))),
                        Stream.of(FRAME_BYTES, FRAME_BYTES + 40, 2 * FRAME_BYTES + 5)
                                .map(at -> damage(shape, "flip a bit at " + at, flip(at))),
                        Stream.of(1, 16, 17, TERMINATOR_BYTES, TERMINATOR_BYTES + 1, TERMINATOR_BYTES + 20)
                                .map(back -> damage(
                                        shape, "flip a bit " + back + " from the end", raw -> flip(raw.length - back)
                                                .apply(raw))),
                        Stream.of(0, 1, 31, 32, 47, 48, FRAME_BYTES - 1, FRAME_BYTES, 2 * FRAME_BYTES)
                                .map(length -> damage(shape, "keep " + length + " bytes", cut(length))),
                        Stream.of(1, 16, TERMINATOR_BYTES, TERMINATOR_BYTES + 1)
                                .map(off -> damage(
                                        shape,
                                        "cut off " + off + " bytes",
                                        raw -> Arrays.copyOf(raw, raw.length - off))),
                        Stream.of(
                                damage(shape, "swap frames 0 and 1", swap(0, 1)),
                                damage(shape, "swap frames 1 and 2", swap(1, 2)),
                                damage(shape, "drop frame 0", drop(0, 1)),
                                damage(shape, "drop frame 1", drop(1, 1)),
                                damage(shape, "say frame 1 twice", repeat(1)),
                                damage(shape, "append a byte", raw -> Arrays.copyOf(raw, raw.length + 1)),
                                damage(shape, "append the terminator again", TamperingTest::terminateTwice),
                                damage(shape, "append the object again", raw -> join(raw, raw)),
                                damage(shape, "drop all but the terminator", TamperingTest::terminatorOnly)))
                .flatMap(cases -> cases));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("damage")
    void refusesAnObjectWhoseBytesWereChanged(Shape shape, String what, UnaryOperator<byte[]> change) {
        // Under the key it was sealed for, so that only the damage can be the reason.
        restoreAfter(shape, () -> {
            original(shape).with(change).write(behind, bucket, shape.name());
            Reading.of(STACK.gateway(), bucket, shape.name()).assertRefused(shape.plaintext(), "InternalError");
        });
    }

    static Stream<Arguments> partDamage() {
        return Stream.of(
                damage(Shape.PARTS, "swap parts 1 and 2", TamperingTest::swapParts),
                damage(Shape.PARTS, "drop part 1", drop(0, FRAMES_IN_PART)),
                damage(Shape.PARTS, "drop part 2", drop(FRAMES_IN_PART, FRAMES_IN_PART)),
                damage(Shape.PARTS, "drop the last part", TamperingTest::dropLastPart),
                damage(Shape.PARTS, "drop the last part, keep the terminator", TamperingTest::dropLastPartOnly));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("partDamage")
    void refusesAnObjectWhosePartsWereMoved(Shape shape, String what, UnaryOperator<byte[]> change) {
        refusesAnObjectWhoseBytesWereChanged(shape, what, change);
    }

    @ParameterizedTest
    @EnumSource
    void refusesARangeInsideADamagedFrame(Shape shape) {
        restoreAfter(shape, () -> {
            original(shape).with(flip(FRAME_BYTES + 1_000)).write(behind, bucket, shape.name());

            Reading damaged = Reading.of(STACK.gateway(), bucket, shape.name(), "bytes=70000-70009");
            assertThat(damaged.status()).isEqualTo(500);
            damaged.assertRefused(new byte[0], "InternalError");
        });
    }

    @ParameterizedTest
    @EnumSource
    void refusesFramesOfAnotherObjectOfTheSameTenant(Shape shape) {
        client.putObject(r -> r.bucket(bucket).key("donor"), RequestBody.fromBytes(Multipart.random(200_000, 9)));
        byte[] donor = RawObject.read(behind, bucket, "donor").frame(1);
        restoreAfter(shape, () -> {
            original(shape).with(raw -> overwrite(raw, FRAME_BYTES, donor)).write(behind, bucket, shape.name());
            Reading.of(STACK.gateway(), bucket, shape.name()).assertRefused(shape.plaintext(), "InternalError");
        });
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnObjectMovedWithItsMetadata(Shape shape) {
        RawObject original = original(shape);
        String otherBucket = STACK.bucket();
        String otherTenant = STACK.otherBucket();
        original.write(behind, bucket, "moved");
        original.write(behind, otherBucket, shape.name());
        original.write(behind, otherTenant, shape.name());

        Reading.of(STACK.gateway(), bucket, "moved").assertRefused(shape.plaintext(), "InternalError");
        Reading.of(STACK.gateway(), otherBucket, shape.name()).assertRefused(shape.plaintext(), "InternalError");
        Reading.of(STACK.otherTenant(), otherTenant, shape.name()).assertRefused(shape.plaintext(), "InternalError");
    }

    @Test
    void refusesAnObjectAnyOfWhoseSealsIsTakenAwayOrChanged() {
        RawObject original = original(Shape.SINGLE);
        assertThat(original.metadata()).isNotEmpty();
        for (Map.Entry<String, String> seal : original.metadata().entrySet()) {
            for (String other : Stream.of("", "x", changed(seal.getValue()), seal.getValue() + "A")
                    .filter(value -> !value.equals(seal.getValue()))
                    .toList()) {
                Map<String, String> metadata = new HashMap<>(original.metadata());
                if (other.isEmpty()) {
                    metadata.remove(seal.getKey());
                } else {
                    metadata.put(seal.getKey(), other);
                }
                new RawObject(original.bytes(), metadata).write(behind, bucket, Shape.SINGLE.name());
                Reading.of(STACK.gateway(), bucket, Shape.SINGLE.name())
                        .assertRefused(Shape.SINGLE.plaintext(), "InternalError", "KMS.DisabledException");
            }
        }
        original.write(behind, bucket, Shape.SINGLE.name());
    }

    private static RawObject original(Shape shape) {
        return RawObject.read(behind, bucket, shape.name());
    }

    private static void restoreAfter(Shape shape, Runnable attack) {
        RawObject original = original(shape);
        try {
            attack.run();
        } finally {
            original.write(behind, bucket, shape.name());
        }
    }

    private static Arguments damage(Shape shape, String what, UnaryOperator<byte[]> change) {
        return Arguments.of(shape, what, change);
    }

    private static String changed(String value) {
        char[] letters = value.toCharArray();
        int middle = letters.length / 2;
        letters[middle] = letters[middle] == 'A' ? 'B' : 'A';
        return new String(letters);
    }

    private static UnaryOperator<byte[]> flip(int at) {
        return raw -> {
            raw[at] ^= 1;
            return raw;
        };
    }

    private static UnaryOperator<byte[]> cut(int length) {
        return raw -> Arrays.copyOf(raw, length);
    }

    private static UnaryOperator<byte[]> swap(int one, int other) {
        return raw -> {
            byte[] first = Arrays.copyOfRange(raw, one * FRAME_BYTES, (one + 1) * FRAME_BYTES);
            byte[] second = Arrays.copyOfRange(raw, other * FRAME_BYTES, (other + 1) * FRAME_BYTES);
            return overwrite(overwrite(raw, one * FRAME_BYTES, second), other * FRAME_BYTES, first);
        };
    }

    private static UnaryOperator<byte[]> drop(int frame, int count) {
        return raw -> join(
                Arrays.copyOf(raw, frame * FRAME_BYTES),
                Arrays.copyOfRange(raw, (frame + count) * FRAME_BYTES, raw.length));
    }

    private static UnaryOperator<byte[]> repeat(int frame) {
        return raw -> join(
                Arrays.copyOf(raw, (frame + 1) * FRAME_BYTES),
                Arrays.copyOfRange(raw, frame * FRAME_BYTES, raw.length));
    }

    private static byte[] swapParts(byte[] raw) {
        int part = FRAMES_IN_PART * FRAME_BYTES;
        byte[] first = Arrays.copyOf(raw, part);
        byte[] second = Arrays.copyOfRange(raw, part, 2 * part);
        return join(join(second, first), Arrays.copyOfRange(raw, 2 * part, raw.length));
    }

    private static byte[] dropLastPart(byte[] raw) {
        return Arrays.copyOf(raw, 2 * FRAMES_IN_PART * FRAME_BYTES);
    }

    private static byte[] dropLastPartOnly(byte[] raw) {
        return join(dropLastPart(raw), terminatorOnly(raw));
    }

    private static byte[] terminateTwice(byte[] raw) {
        return join(raw, terminatorOnly(raw));
    }

    private static byte[] terminatorOnly(byte[] raw) {
        return Arrays.copyOfRange(raw, raw.length - TERMINATOR_BYTES, raw.length);
    }

    private static byte[] overwrite(byte[] raw, int at, byte[] with) {
        IntStream.range(0, with.length).forEach(i -> raw[at + i] = with[i]);
        return raw;
    }

    private static byte[] join(byte[] first, byte[] second) {
        return Multipart.concat(List.of(first, second));
    }
}
