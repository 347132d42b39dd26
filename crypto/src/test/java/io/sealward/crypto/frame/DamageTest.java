package io.sealward.crypto.frame;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.frame.FrameHeader.Kind;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DamageTest {
    private static final int FRAME = V1.geometry().frameSealed();

    private final SecureRandom random = new SecureRandom();
    private final Dek dek = Dek.generate(random);

    @Test
    void everyFlippedBitIsFound() {
        byte[] sealed = Sealed.single(dek, Sealed.plaintext(100), random);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] damaged = sealed.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            refused(() -> Sealed.open(dek, Layout.SINGLE, damaged), SealException.class);
        }
    }

    @Test
    void everyPrefixIsTruncated() {
        byte[] sealed = Sealed.single(dek, Sealed.plaintext(100), random);
        for (int length = 0; length < sealed.length; length++) {
            byte[] prefix = Arrays.copyOf(sealed, length);
            refused(() -> Sealed.open(dek, Layout.SINGLE, prefix), SealException.Truncated.class);
        }
    }

    @Test
    void cutAtAFrameEdgeIsTruncated() {
        byte[] sealed = Sealed.single(dek, Sealed.plaintext(200_000), random);
        for (int frames = 0; frames < 4; frames++) {
            byte[] prefix = Arrays.copyOf(sealed, frames * FRAME);
            refused(() -> Sealed.open(dek, Layout.SINGLE, prefix), SealException.Truncated.class);
        }
    }

    @Test
    void swappedDroppedAndRepeatedFramesAreFound() {
        byte[] sealed = Sealed.single(dek, Sealed.plaintext(3 * 65_536), random);
        byte[][] frames = new byte[4][];
        for (int i = 0; i < 4; i++) {
            frames[i] = Arrays.copyOfRange(sealed, i * FRAME, Math.min(sealed.length, (i + 1) * FRAME));
        }
        tampered(Layout.SINGLE, frames[1], frames[0], frames[2], frames[3]);
        tampered(Layout.SINGLE, frames[0], frames[2], frames[3]);
        tampered(Layout.SINGLE, frames[1], frames[2], frames[3]);
        tampered(Layout.SINGLE, frames[0], frames[0], frames[1], frames[2], frames[3]);
        tampered(Layout.SINGLE, frames[0], frames[1], frames[3]);
        tampered(Layout.SINGLE, frames[0], frames[1], frames[2], frames[3], frames[3]);
        tampered(Layout.SINGLE, frames[3]);
    }

    @Test
    void framesOfAnotherAttemptAreFound() {
        byte[] first = Sealed.single(dek, Sealed.plaintext(2 * 65_536), random);
        byte[] second = Sealed.single(dek, Sealed.plaintext(2 * 65_536), random);
        tampered(Layout.SINGLE, Arrays.copyOf(first, FRAME), Arrays.copyOfRange(second, FRAME, second.length));
        byte[] longer = Sealed.single(dek, Sealed.plaintext(2 * 65_536 + 1), random);
        tampered(Layout.SINGLE, Arrays.copyOf(first, FRAME), Arrays.copyOfRange(longer, FRAME, longer.length));
    }

    @Test
    void swappedDroppedAndAppendedPartsAreFound() {
        byte[] one = Sealed.openPart(dek, 1, Sealed.plaintext(70_000), random);
        byte[] two = Sealed.openPart(dek, 2, Sealed.plaintext(70_000), random);
        byte[] three = Sealed.part(dek, 3, Sealed.plaintext(10), random);
        assertThat(opened(Layout.PARTS, one, two, three)).hasSize(140_010);
        tampered(Layout.PARTS, two, one, three);
        tampered(Layout.PARTS, one, three);
        tampered(Layout.PARTS, two, three);
        tampered(Layout.PARTS, one, one, two, three);
        tampered(Layout.PARTS, one, two, three, three);
        tampered(Layout.PARTS, one, two, three, two);
        // part 1 short of a frame
        tampered(Layout.PARTS, Arrays.copyOf(one, FRAME), two, three);
    }

    @Test
    void aSealPartForOtherPartsIsFound() {
        byte[] one = Sealed.openPart(dek, 1, Sealed.plaintext(70_000), random);
        byte[] two = Sealed.openPart(dek, 2, Sealed.plaintext(70_000), random);
        byte[] ended = Sealed.part(dek, 2, Sealed.plaintext(70_000), random);
        byte[] uneven = Sealed.openPart(dek, 3, Sealed.plaintext(5), random);
        assertThat(opened(Layout.PARTS, one, two, seal(Kind.SEAL_LOOSE, 3, 140_000)))
                .hasSize(140_000);
        tampered(Layout.PARTS, one, two, seal(Kind.SEAL_LOOSE, 3, 140_001));
        tampered(Layout.PARTS, one, two, seal(Kind.SEAL_LOOSE, 4, 140_000));
        tampered(Layout.PARTS, one, seal(Kind.SEAL_LOOSE, 3, 140_000));
        tampered(Layout.PARTS, one, two, seal(Kind.SEAL_LOOSE_UNEQUAL, 3, 140_000));
        tampered(Layout.PARTS, one, two, seal(Kind.SEAL_LOOSE, 3, 140_000), seal(Kind.SEAL_LOOSE, 3, 140_000));
        tampered(Layout.PARTS, one, ended, seal(Kind.SEAL_LOOSE, 3, 140_000));
        tampered(Layout.PARTS, seal(Kind.SEAL_LOOSE, 2, 0));
        tampered(Layout.PARTS, Arrays.copyOf(one, FRAME), seal(Kind.SEAL_LOOSE, 2, 70_000));
        byte[] short2 = Sealed.openPart(dek, 2, Sealed.plaintext(5), random);
        tampered(Layout.PARTS, one, short2, uneven, seal(Kind.SEAL_LOOSE, 4, 70_010));
        assertThat(opened(Layout.PARTS, one, short2, uneven, seal(Kind.SEAL_LOOSE_UNEQUAL, 4, 70_010)))
                .hasSize(70_010);
    }

    @Test
    void aSealPartFixesTheAttemptsAtAllParts() throws Exception {
        byte[] one = Sealed.openPart(dek, 1, Sealed.plaintext(70_000), random);
        byte[] two = Sealed.openPart(dek, 2, Sealed.plaintext(70_000), random);
        byte[] seal = SealParts.of(dek, true, 3, 140_000, List.of(one, two));
        byte[] before = Sealed.openPart(dek, 1, Sealed.plaintext(70_000), random);
        byte[] after = Sealed.openPart(dek, 2, Sealed.plaintext(70_000), random);
        assertThat(opened(Layout.PARTS, one, two, seal)).hasSize(140_000);
        tampered(Layout.PARTS, before, two, seal);
        tampered(Layout.PARTS, one, after, seal);
        // what a store could do to an upload whose Complete did not know the attempts
        assertThat(opened(Layout.PARTS, one, after, seal(Kind.SEAL_LOOSE, 3, 140_000)))
                .hasSize(140_000);
        // and where lengths move between parts
        byte[] shorter = Sealed.openPart(dek, 1, Sealed.plaintext(69_999), random);
        byte[] longer = Sealed.openPart(dek, 2, Sealed.plaintext(70_001), random);
        tampered(Layout.PARTS, shorter, longer, seal);
    }

    @Test
    void aRangedReadFindsASealForPartsOfOtherLengths() throws Exception {
        byte[] one = Sealed.openPart(dek, 1, Sealed.plaintext(70_000), random);
        byte[] two = Sealed.openPart(dek, 2, Sealed.plaintext(70_000), random);
        byte[] seal = SealParts.of(dek, true, 3, 140_000, List.of(one, two));
        byte[] shorter = Sealed.openPart(dek, 1, Sealed.plaintext(69_999), random);
        byte[] longer = Sealed.openPart(dek, 2, Sealed.plaintext(70_001), random);
        refused(
                () -> Sealed.range(dek, Layout.PARTS, Sealed.join(shorter, longer, seal), 0, 0),
                SealException.Tampered.class);
        // what is left to the store: another attempt of the same length
        byte[] before = Sealed.openPart(dek, 1, Sealed.plaintext(70_000), random);
        assertThat(Sealed.range(dek, Layout.PARTS, Sealed.join(before, two, seal), 0, 0))
                .hasSize(1);
    }

    @Test
    void whatIsTooLongIsMalformedWhereverItStands() throws Exception {
        AttemptSalt salt = AttemptSalt.random(random);
        FrameOrder order = FrameOrder.ofObject(Layout.ALIGNED_PARTS, dek);
        order.accept(new FrameHeader(V1, Kind.DATA, 1, 0, V1.geometry().maxPlaintext(), salt));
        refused(() -> order.accept(new FrameHeader(V1, Kind.DATA, 3, 0, 1, salt)), SealException.Malformed.class);
    }

    @Test
    void anAnswerThatHasToldItsPartsHoldsThem() {
        byte[] sealed = Sealed.single(dek, Sealed.plaintext(70_000), random);
        byte[] two = Sealed.join(
                Sealed.openPart(dek, 1, Sealed.plaintext(7), random), Sealed.part(dek, 2, Sealed.plaintext(7), random));
        refused(
                () -> Sealed.open(
                        dek, FrameOrder.ofObject(Layout.SINGLE, dek, PartLayout.single(V1.geometry(), 69_999)), sealed),
                SealException.Tampered.class);
        refused(
                () -> Sealed.open(
                        dek, FrameOrder.ofObject(Layout.PARTS, dek, PartLayout.equal(V1.geometry(), 7, 1, 7)), two),
                SealException.Tampered.class);
    }

    @Test
    void anEmptyObjectOfNoFramesHoldsNothing() {
        assertThat(opened(Layout.EMPTY)).isEmpty();
        assertThat(PartSealer.ofEmpty(dek, random).sealedLength()).isZero();
        tampered(Layout.EMPTY, Sealed.single(dek, new byte[0], random));
    }

    @Test
    void partsThatTheLayoutRulesOutAreFound() {
        byte[] one = Sealed.openPart(dek, 1, Sealed.plaintext(70_000), random);
        byte[] two = Sealed.part(dek, 2, Sealed.plaintext(7), random);
        byte[] single = Sealed.single(dek, Sealed.plaintext(7), random);
        tampered(Layout.SINGLE, one, two);
        tampered(Layout.SINGLE, Sealed.openPart(dek, 1, Sealed.plaintext(7), random), seal(Kind.SEAL_LOOSE, 2, 7));
        tampered(Layout.ALIGNED_PARTS, one, two);
        assertThat(opened(Layout.ALIGNED_PARTS, single)).hasSize(7);
        byte[] aligned = Sealed.openPart(dek, 1, Sealed.plaintext(65_536), random);
        tampered(Layout.ALIGNED_PARTS, aligned, Sealed.part(dek, 2, Sealed.plaintext(65_537), random));
        byte[] twice = Sealed.part(dek, 1, Sealed.plaintext((int) V1.geometry().twiceTerminatedLength()), random);
        tampered(Layout.ALIGNED_PARTS, twice);
    }

    @Test
    void theOneLengthThatEndsTwiceNeedsBothTerminators() {
        int length = (int) V1.geometry().twiceTerminatedLength();
        byte[] part = Sealed.part(dek, 1, Sealed.plaintext(length), random);
        assertThat(opened(Layout.PARTS, part)).hasSize(length);
        refused(
                () -> Sealed.open(dek, Layout.PARTS, Arrays.copyOf(part, part.length - 48)),
                SealException.Truncated.class);
        tampered(Layout.SINGLE, part);
        byte[] second = Arrays.copyOfRange(part, part.length - 48, part.length);
        tampered(Layout.PARTS, part, second);
        tampered(Layout.PARTS, Arrays.copyOf(part, part.length - 96), second);
    }

    @Test
    void aFrameOfAnotherObjectDoesNotOpen() {
        byte[] sealed = Sealed.single(Dek.generate(random), Sealed.plaintext(7), random);
        tampered(Layout.SINGLE, sealed);
    }

    @Test
    void noPlaintextOfARefusedFrameIsLeftBehind() throws Exception {
        byte[] sealed = Sealed.single(dek, Sealed.plaintext(65_536), random);
        sealed[FRAME - 1] ^= 1;
        byte[] out = new byte[8 + 65_536 + 8];
        Arrays.fill(out, (byte) 0x55);
        FrameHeader header = FrameHeader.parse(V1, sealed, 0);
        refused(
                () -> new FrameOpener(dek).open(header, sealed, 0, sealed.length, out, 8),
                SealException.Tampered.class);
        assertThat(Arrays.copyOfRange(out, 8, 8 + 65_536)).containsOnly(0);
        assertThat(Arrays.copyOf(out, 8)).containsOnly(0x55);
        assertThat(Arrays.copyOfRange(out, 8 + 65_536, out.length)).containsOnly(0x55);
    }

    @Test
    void aRangeOpensOnlyItsOwnFrames() throws Exception {
        byte[] one = Sealed.openPart(dek, 1, Sealed.plaintext(140_000), random);
        byte[] two = Sealed.openPart(dek, 2, Sealed.plaintext(140_000), random);
        byte[] sealed = Sealed.join(one, two, seal(Kind.SEAL_LOOSE, 3, 280_000));
        PartLayout layout = PartLayout.equal(V1.geometry(), 140_000, 2, 140_000);
        FramePosition from = layout.frameAt(139_999);
        FramePosition to = layout.frameAt(140_000);
        byte[] range = Arrays.copyOfRange(sealed, (int) from.sealedOffset(), (int) to.sealedEnd());

        byte[] plain = Sealed.open(dek, FrameOrder.ofRange(layout, 139_999, 140_000), range);
        assertThat(plain).hasSize(140_000 - 131_072 + 65_536);
        assertThat(plain[from.offsetInFrame()]).isEqualTo(Sealed.plaintext(140_000)[139_999]);

        byte[] early = Arrays.copyOf(range, (int) (from.sealedEnd() - from.sealedOffset()));
        refused(
                () -> Sealed.open(dek, FrameOrder.ofRange(layout, 139_999, 140_000), early),
                SealException.Truncated.class);
        refused(() -> Sealed.open(dek, FrameOrder.ofRange(layout, 0, 0), range), SealException.Tampered.class);
        refused(
                () -> Sealed.open(dek, FrameOrder.ofRange(layout, 139_999, 139_999), range),
                SealException.Tampered.class);
        byte[] again = Sealed.openPart(dek, 1, Sealed.plaintext(140_000), random);
        byte[] mixed = Sealed.join(Arrays.copyOf(one, FRAME), Arrays.copyOfRange(again, FRAME, 2 * FRAME));
        refused(() -> Sealed.open(dek, FrameOrder.ofRange(layout, 0, 65_536), mixed), SealException.Tampered.class);
    }

    @Test
    void uploadingAPartAgainNeverUsesAKeyAndNonceTwice() throws Exception {
        byte[] zeros = new byte[65_536];
        byte[] one = Sealed.part(dek, 1, zeros, random);
        byte[] again = Sealed.part(dek, 1, zeros, random);
        byte[] two = Sealed.part(dek, 2, zeros, random);
        for (byte[] other : new byte[][] {again, two}) {
            int same = 0;
            for (int i = FrameHeader.BYTES; i < FRAME; i++) {
                same += one[i] == other[i] ? 1 : 0;
            }
            // equal keystreams would agree on all of them, independent ones on one in 256
            assertThat(same).isLessThan(1_000);
        }
        // and even with one salt, two part numbers have two keys
        AttemptSalt salt = FrameHeader.parse(V1, one, 0).salt();
        assertThat(AttemptKey.of(dek, 1, salt).getEncoded())
                .isNotEqualTo(AttemptKey.of(dek, 2, salt).getEncoded());
    }

    @Test
    void hostileHeadersAreRefusedOrBounded() throws Exception {
        Random fuzz = new Random(42);
        byte[] header = new byte[FrameHeader.BYTES];
        for (int i = 0; i < 200_000; i++) {
            fuzz.nextBytes(header);
            // mostly plausible, so that the checks behind the first ones are reached
            header[0] = 1;
            header[1] = 1;
            header[2] &= 7;
            header[3] = 0;
            Arrays.fill(header, 4, 4 + fuzz.nextInt(4), (byte) 0);
            Arrays.fill(header, 8, 8 + fuzz.nextInt(5), (byte) 0);
            Arrays.fill(header, 12, 12 + fuzz.nextInt(9), (byte) 0);
            try {
                FrameHeader parsed = FrameHeader.parse(V1, header, 0);
                assertThat(parsed.plaintextLength()).isBetween(0, 65_536);
                byte[] back = new byte[FrameHeader.BYTES];
                parsed.encode(back, 0);
                assertThat(back).isEqualTo(header);
            } catch (SealException e) {
                assertThat(e).hasMessageMatching("[\\w ,.-]+");
            }
        }
    }

    private byte[] seal(Kind kind, int part, long total) {
        return PartSealer.sealPart(dek, kind, part, total, AttemptSalt.random(random));
    }

    private byte[] opened(Layout layout, byte[]... pieces) {
        try {
            return Sealed.open(dek, layout, Sealed.join(pieces));
        } catch (SealException e) {
            throw new AssertionError(e);
        }
    }

    private void tampered(Layout layout, byte[]... pieces) {
        refused(() -> Sealed.open(dek, layout, Sealed.join(pieces)), SealException.Tampered.class);
    }

    private static void refused(ThrowingCallable open, Class<? extends SealException> error) {
        assertThatThrownBy(open).isInstanceOf(error);
    }
}
