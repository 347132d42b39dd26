package io.sealward.gateway.subresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.format.Format;
import io.sealward.crypto.format.Geometry;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A size filter matches sealed objects as it would match their plaintext, or fewer of them. */
class LifecycleSizesTest {
    private static final Geometry SEALED = Format.WRITTEN.geometry();
    private static final long FRAME = SEALED.framePlaintext();
    private static final long PART = SEALED.minInnerPart();
    private static final Random RANDOM = new Random(7);

    private final LifecycleSizes sizes = new LifecycleSizes();

    private static LongStream bounds() {
        return LongStream.concat(
                LongStream.of(
                        0,
                        1,
                        47,
                        48,
                        500,
                        FRAME - 1,
                        FRAME,
                        FRAME + 1,
                        PART - 49,
                        PART - 48,
                        PART - 1,
                        PART,
                        PART + 1,
                        2 * PART,
                        3 * PART + 7,
                        100L << 20,
                        5L << 30,
                        5L << 40),
                RANDOM.longs(50, 0, 200L << 20));
    }

    private static XmlElement filter(String name, String value) {
        return XmlElement.of(
                "LifecycleConfiguration",
                List.of(XmlElement.of(
                        "Rule",
                        List.of(XmlElement.of(
                                "Filter",
                                List.of(XmlElement.of(
                                        "And",
                                        List.of(XmlElement.text("Prefix", "a/"), XmlElement.text(name, value)))))))));
    }

    private static long value(XmlElement document, String name) {
        XmlElement and = document.children().get(0).children().get(0).children().get(0);
        assertThat(and.value("Prefix")).contains("a/");
        return Long.parseLong(and.value(name).orElseThrow());
    }

    private long toStore(String name, long plaintext) {
        return value(sizes.toStore(filter(name, Long.toString(plaintext))), name);
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void ofOnePutTheSameAreMatched(long bound) {
        long less = toStore("ObjectSizeLessThan", bound);
        for (long size : List.of(bound - 1, bound, bound + 1)) {
            if (size >= 0) {
                assertThat(SEALED.ofObject(size) < less).isEqualTo(size < bound);
            }
        }
        if (bound < SEALED.twiceTerminatedLength()) {
            long greater = toStore("ObjectSizeGreaterThan", bound);
            for (long size : List.of(Math.max(0, bound - 1), bound, bound + 1)) {
                assertThat(SEALED.ofObject(size) > greater).isEqualTo(size > bound);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void noneIsMatchedThatItsPlaintextKeepsOut(long bound) {
        long less = toStore("ObjectSizeLessThan", bound);
        long greater = toStore("ObjectSizeGreaterThan", bound);
        if (bound == 0 || bound > 300L << 20) {
            return;
        }
        for (int i = 0; i < 20; i++) {
            PartLayout below = parts(bound);
            assertThat(below.sealedLength()).isLessThanOrEqualTo(greater);
            PartLayout above = parts(bound + i * 7L);
            assertThat(above.sealedLength()).isGreaterThanOrEqualTo(less);
        }
    }

    /** What is left out of it is less than 10 bytes in a MiB. */
    @ParameterizedTest
    @ValueSource(longs = {5L << 20, 100L << 20, 5L << 30, 5L << 40})
    void littleIsLeftOut(long bound) {
        long leftOut = toStore("ObjectSizeGreaterThan", bound) - SEALED.ofObject(bound);
        assertThat(leftOut).isBetween(0L, 48 + bound / (1 << 20) * 10);
    }

    /** Of parts as short as S3 takes them, each with a frame that is not full, if it can be. */
    private static PartLayout parts(long plaintext) {
        List<Long> lengths = new ArrayList<>();
        long left = plaintext;
        while (left > 2 * PART) {
            long part = PART + RANDOM.nextInt(3);
            lengths.add(part);
            left -= part;
        }
        if (left > PART) {
            lengths.add(PART);
            left -= PART;
        }
        lengths.add(left);
        return PartLayout.explicit(SEALED, lengths);
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void theClientSeesWhatItWrote(long bound) {
        for (String name : List.of("ObjectSizeLessThan", "ObjectSizeGreaterThan")) {
            XmlElement written = filter(name, Long.toString(bound));
            assertThat(sizes.toClient(sizes.toStore(written))).isEqualTo(written);
        }
    }

    @Test
    void whatWasSetAtTheStoreIsToldAsNearAsItGoes() {
        assertThat(value(sizes.toClient(filter("ObjectSizeGreaterThan", "0")), "ObjectSizeGreaterThan"))
                .isZero();
        assertThat(value(sizes.toClient(filter("ObjectSizeLessThan", "1")), "ObjectSizeLessThan"))
                .isZero();
        assertThat(value(sizes.toClient(filter("ObjectSizeGreaterThan", "65700")), "ObjectSizeGreaterThan"))
                .isEqualTo(65700 - 3 * 48);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e3", "99999999999999999999", "70368744177665"})
    void aSizeThatIsNoneIsRefused(String size) {
        assertThatThrownBy(() -> sizes.toStore(filter("ObjectSizeLessThan", size)))
                .isInstanceOf(S3Exception.class);
    }
}
