package io.sealward.crypto.frame;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.crypto.key.Dek;
import io.sealward.crypto.seal.Layout;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    private static final int MIB = 1 << 20;

    private final SecureRandom random = new SecureRandom();
    private final Dek dek = Dek.generate(random);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 47, 48, 49, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 5_242_832, 5_242_880})
    void anObjectOfOnePutComesBack(int length) throws Exception {
        byte[] plain = Sealed.plaintext(length);

        byte[] sealed = Sealed.single(dek, plain, random);

        assertThat(sealed).hasSize((int) V1.geometry().ofObject(length));
        assertThat(Sealed.open(dek, Layout.SINGLE, sealed)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 65_537, 5_242_831, 5_242_832, 5_242_833, 5_242_879})
    void aShortLastPartEndsTheObject(int last) throws Exception {
        byte[] sealed = Sealed.join(
                Sealed.part(dek, 1, Sealed.plaintext(5 * MIB), random),
                Sealed.part(dek, 2, Sealed.plaintext(last), random));

        assertThat(sealed)
                .hasSize((int) PartLayout.equal(V1.geometry(), 5 * MIB, 2, last).sealedLength());
        assertThat(Sealed.open(dek, Layout.PARTS, sealed))
                .isEqualTo(Sealed.join(Sealed.plaintext(5 * MIB), Sealed.plaintext(last)));
    }

    @ParameterizedTest
    @ValueSource(ints = {5 * MIB, 5 * MIB + 1, 6 * MIB - 1})
    void aLongLastPartIsFollowedByASealPart(int last) throws Exception {
        PartLayout layout = PartLayout.explicit(V1.geometry(), List.of(6L * MIB, 6L * MIB, (long) last));
        List<byte[]> parts = List.of(
                Sealed.part(dek, 1, Sealed.plaintext(6 * MIB), random),
                Sealed.part(dek, 2, Sealed.plaintext(6 * MIB), random),
                Sealed.part(dek, 3, Sealed.plaintext(last), random));
        byte[] sealed = sealed(parts, PartSealer.sealPart(dek, layout, Sealed.attempts(parts)));

        assertThat(sealed).hasSize((int) layout.sealedLength());
        for (Layout kind : List.of(Layout.PARTS, Layout.ALIGNED_PARTS)) {
            assertThat(Sealed.open(dek, kind, sealed)).hasSize(12 * MIB + last);
        }
    }

    @Test
    void raggedPartsAreFollowedByASealPartThatSaysSo() throws Exception {
        PartLayout layout = PartLayout.explicit(V1.geometry(), List.of(5L * MIB + 1, 6L * MIB, 5L * MIB + 7));
        List<byte[]> parts = List.of(
                Sealed.part(dek, 1, Sealed.plaintext(5 * MIB + 1), random),
                Sealed.part(dek, 2, Sealed.plaintext(6 * MIB), random),
                Sealed.part(dek, 3, Sealed.plaintext(5 * MIB + 7), random));

        byte[] seal = PartSealer.sealPart(dek, layout, Sealed.attempts(parts));
        assertThat(Sealed.open(dek, Layout.PARTS, sealed(parts, seal))).hasSize(16 * MIB + 8);
        byte[] loose = PartSealer.looseSealPart(dek, layout, random);
        assertThat(Sealed.open(dek, Layout.PARTS, sealed(parts, loose))).hasSize(16 * MIB + 8);
    }

    private static byte[] sealed(List<byte[]> parts, byte[] seal) {
        return Sealed.join(Sealed.join(parts.toArray(byte[][]::new)), seal);
    }

    @Test
    void aReceiptIsForOnePartOfOneLength() {
        String receipt = PartSealer.ofPart(dek, 3, 5 * MIB, random).receipt(dek);

        assertThat(receipt).hasSize(PartReceipt.CHARACTERS).matches("[A-Za-z0-9_-]+");
        assertThat(PartReceipt.read(dek, 3, 5 * MIB, receipt)).isPresent();
        assertThat(PartReceipt.read(dek, 2, 5 * MIB, receipt)).isEmpty();
        assertThat(PartReceipt.read(dek, 3, 5 * MIB + 1, receipt)).isEmpty();
        assertThat(PartReceipt.read(Dek.generate(random), 3, 5 * MIB, receipt)).isEmpty();
        for (String other : List.of("", "x", receipt + "A", receipt.substring(1), "A".repeat(32), "=".repeat(32))) {
            assertThat(PartReceipt.read(dek, 3, 5 * MIB, other)).isEmpty();
        }
    }

    @Test
    void part10000EndsTheObjectWhateverItsLength() {
        assertThat(V1.geometry().ofPart(10_000, 6 * MIB)).isEqualTo(6 * MIB + 97 * 48);
        assertThat(V1.geometry().ofPart(9_999, 6 * MIB)).isEqualTo(6 * MIB + 96 * 48);
    }
}
