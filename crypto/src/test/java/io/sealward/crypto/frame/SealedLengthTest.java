package io.sealward.crypto.frame;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SealedLengthTest {
    private static final long MAX = SealedLength.MAX_PLAINTEXT;

    @Property
    void anObjectsLengthComesBack(@ForAll @LongRange(min = 0, max = MAX) long plain) {
        assertThat(SealedLength.objectToPlain(SealedLength.ofObject(plain))).hasValue(plain);
    }

    @Property
    void onlyLengthsOfObjectsAreAccepted(@ForAll long sealed) {
        assertThat(SealedLength.objectToPlain(0)).hasValue(0);
        SealedLength.objectToPlain(sealed == 0 ? 1 : sealed)
                .ifPresent(plain -> assertThat(SealedLength.ofObject(plain)).isEqualTo(sealed));
    }

    @Property
    void aPartsLengthComesBack(
            @ForAll @IntRange(min = 1, max = 10_000) int part, @ForAll @LongRange(min = 0, max = MAX) long plain) {
        assertThat(SealedLength.partToPlain(part, SealedLength.ofPart(part, plain)))
                .hasValue(plain);
    }

    /** Here a terminated part is as long as a slightly longer unterminated one would be. */
    @Property
    void aPartsLengthComesBackAroundTheShortestInnerPart(
            @ForAll @LongRange(min = 5_242_880 - 200, max = 5_242_880 + 200) long plain) {
        for (int part : new int[] {1, 10_000}) {
            assertThat(SealedLength.partToPlain(part, SealedLength.ofPart(part, plain)))
                    .hasValue(plain);
        }
    }

    @Property
    void alignedPartsAreAsLongAsOnePut(
            @ForAll @IntRange(min = 80, max = 4_000) int frames,
            @ForAll @IntRange(min = 1, max = 10_000) int count,
            @ForAll @LongRange(min = 1, max = 5L << 30) long last) {
        long partLength = (long) frames * SealedLength.FRAME_PLAINTEXT;
        long lastLength = count == 1 ? partLength : last == SealedLength.TWICE_TERMINATED ? last + 1 : last;
        PartLayout layout = PartLayout.equal(partLength, count, lastLength);

        assertThat(layout.sealedLength()).isEqualTo(SealedLength.ofObject(layout.plaintextLength()));
    }
}
