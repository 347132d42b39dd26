package io.sealward.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.format.Format;
import io.sealward.crypto.frame.PartChecksum;
import io.sealward.crypto.key.Dek;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checksums in metadata, and behind receipts. */
class SealedChecksumTest {
    private static final String CHECKSUM = "crc32 NhCmhg==";

    private final SecureRandom random = new SecureRandom();
    private final Dek dek = Dek.generate(Format.WRITTEN, random);

    @Test
    void whatIsSealedOpensUnderItsDekAlone() {
        String field = SealedChecksum.seal(dek, CHECKSUM, random);
        assertThat(SealedChecksum.open(dek, field)).contains(CHECKSUM);
        assertThat(field).doesNotContain(CHECKSUM).isNotEqualTo(SealedChecksum.seal(dek, CHECKSUM, random));
        assertThat(SealedChecksum.open(Dek.generate(Format.WRITTEN, random), field))
                .isEmpty();
        for (int i = 0; i < field.length(); i++) {
            String other = field.substring(0, i) + (field.charAt(i) == 'A' ? 'B' : 'A') + field.substring(i + 1);
            assertThat(SealedChecksum.open(dek, other)).as(other).isEmpty();
        }
        for (String other : List.of("", "=", field.substring(2), field + "AA", "A".repeat(400))) {
            assertThat(SealedChecksum.open(dek, other)).as(other).isEmpty();
        }
        assertThatThrownBy(() -> SealedChecksum.seal(dek, "x".repeat(101), random))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thatOfAPartGoesWithItsReceipt() {
        String receipt = "r".repeat(32);
        String told = PartChecksum.of(dek, receipt, CHECKSUM);
        assertThat(told).matches("[A-Za-z0-9_-]+");
        assertThat(PartChecksum.read(dek, receipt, told)).contains(CHECKSUM);
        assertThat(PartChecksum.read(dek, "s" + receipt.substring(1), told)).isEmpty();
        assertThat(PartChecksum.read(Dek.generate(Format.WRITTEN, random), receipt, told))
                .isEmpty();
        for (String other : List.of("", "x", "=", told + "AA", told.substring(4), "A".repeat(40))) {
            assertThat(PartChecksum.read(dek, receipt, other)).as(other).isEmpty();
        }
    }
}
