package io.sealward.crypto.format;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.crypto.frame.PartLayout;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class GeometryTest {
    private static final long MAX = 1L << 46;

    @Property
    void anObjectsLengthComesBack(@ForAll @LongRange(min = 0, max = MAX) long plain) {
        assertThat(V1.geometry().objectToPlain(V1.geometry().ofObject(plain))).hasValue(plain);
    }

    @Property
    void onlyLengthsOfObjectsAreAccepted(@ForAll long sealed) {
        assertThat(V1.geometry().objectToPlain(0)).hasValue(0);
        V1.geometry()
                .objectToPlain(sealed == 0 ? 1 : sealed)
                .ifPresent(plain -> assertThat(V1.geometry().ofObject(plain)).isEqualTo(sealed));
    }

    @Property
    void aPartsLengthComesBack(
            @ForAll @IntRange(min = 1, max = 10_000) int part, @ForAll @LongRange(min = 0, max = MAX) long plain) {
        assertThat(V1.geometry().partToPlain(part, V1.geometry().ofPart(part, plain)))
                .hasValue(plain);
    }

    /** Here a terminated part is as long as a slightly longer unterminated one would be. */
    @Property
    void aPartsLengthComesBackAroundTheShortestInnerPart(
            @ForAll @LongRange(min = 5_242_880 - 200, max = 5_242_880 + 200) long plain) {
        for (int part : new int[] {1, 10_000}) {
            assertThat(V1.geometry().partToPlain(part, V1.geometry().ofPart(part, plain)))
                    .hasValue(plain);
        }
    }

    @Property
    void alignedPartsAreAsLongAsOnePut(
            @ForAll @IntRange(min = 80, max = 4_000) int frames,
            @ForAll @IntRange(min = 1, max = 10_000) int count,
            @ForAll @LongRange(min = 1, max = 5L << 30) long last) {
        long partLength = (long) frames * V1.geometry().framePlaintext();
        long lastLength = count == 1 ? partLength : last == V1.geometry().twiceTerminatedLength() ? last + 1 : last;
        PartLayout layout = PartLayout.equal(V1.geometry(), partLength, count, lastLength);

        assertThat(layout.sealedLength()).isEqualTo(V1.geometry().ofObject(layout.plaintextLength()));
    }
}
