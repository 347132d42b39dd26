package io.sealward.crypto.key;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.algorithm.Hkdf;
import io.sealward.crypto.algorithm.Sha256;
import io.sealward.crypto.format.Format.Purpose;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] HERE = {1};
    private static final byte[] THERE = {2};

    private final SecureRandom random = new SecureRandom();

    /** RFC 5869, appendix A, cases 1 and 3: the first block of each output. */
    @Test
    void hkdfGivesTheVectorsOfItsRfc() {
        byte[] ikm = new byte[22];
        Arrays.fill(ikm, (byte) 0x0b);
        assertThat(HEX.formatHex(Hkdf.sha256(
                        ikm, HEX.parseHex("000102030405060708090a0b0c"), HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"))))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
        assertThat(HEX.formatHex(Hkdf.sha256(ikm, new byte[0], new byte[0])))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    @Test
    void aSealedDekOpensWithItsSecretAndBindingOnly() throws Exception {
        Dek dek = Dek.generate(random);
        WrappingSecret secret = WrappingSecret.generate(random);
        byte[] sealed = secret.seal(dek, HERE, random);

        assertThat(secret.open(V1, sealed, dek.commitment(HERE), HERE).commitment(HERE))
                .isEqualTo(dek.commitment(HERE));
        assertThatThrownBy(() -> secret.open(V1, sealed, dek.commitment(THERE), THERE))
                .isInstanceOf(SealException.WrongKey.class);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> secret.open(V1, changed, dek.commitment(HERE), HERE))
                    .isInstanceOf(SealException.WrongKey.class);
        }
        assertThatThrownBy(() -> secret.open(V1, new byte[63], new byte[32], HERE))
                .isInstanceOf(SealException.Malformed.class);
    }

    @Test
    void anotherDekIsNotTheOneCommittedTo() {
        WrappingSecret secret = WrappingSecret.generate(random);
        byte[] sealed = secret.seal(Dek.generate(random), HERE, random);
        byte[] commitment = Dek.generate(random).commitment(HERE);
        assertThatThrownBy(() -> secret.open(V1, sealed, commitment, HERE)).isInstanceOf(SealException.WrongKey.class);
    }

    /**
     * Who knows W can make 48 bytes that AES-GCM opens under the keys of two places, each to a DEK of its own: without a
     * commitment that covers the place, one object would be whatever its maker likes in each.
     */
    @Test
    void oneSealedDekOpensInOnePlaceAlsoForWhoKnowsTheSecret() throws Exception {
        byte[] w = new byte[32];
        random.nextBytes(w);
        WrappingSecret secret = WrappingSecret.takeOwnershipOf(w.clone());
        byte[] salt = new byte[SealedDek.SALT_BYTES];
        byte[] sealed = TwoKeyGcm.ciphertext(keyFor(HERE, w, salt), keyFor(THERE, w, salt), salt);
        Dek here = SealedDek.open(keyFor(HERE, w, salt), sealed, V1);
        Dek there = SealedDek.open(keyFor(THERE, w, salt), sealed, V1);

        assertThat(secret.open(V1, sealed, here.commitment(HERE), HERE)).isNotNull();
        for (byte[] commitment : List.of(here.commitment(HERE), there.commitment(HERE), here.commitment(THERE))) {
            assertThatThrownBy(() -> secret.open(V1, sealed, commitment, THERE))
                    .isInstanceOf(SealException.WrongKey.class);
        }
        assertThatThrownBy(() -> secret.open(V1, sealed, there.commitment(THERE), HERE))
                .isInstanceOf(SealException.WrongKey.class);
    }

    private static byte[] keyFor(byte[] binding, byte[] w, byte[] salt) {
        return Hkdf.sha256(w, salt, V1.info(Purpose.DEK, Sha256.of(binding)));
    }

    @Test
    void destroyedKeysRefuseToWork() {
        byte[] raw = new byte[32];
        random.nextBytes(raw);
        WrappingSecret secret = WrappingSecret.takeOwnershipOf(raw);
        secret.destroy();
        assertThat(raw).containsOnly(0);
        assertThatThrownBy(secret::bytes).isInstanceOf(IllegalStateException.class);
        Dek dek = Dek.generate(random);
        dek.destroy();
        assertThatThrownBy(() -> dek.commitment(HERE)).isInstanceOf(IllegalStateException.class);
        assertThat(dek + "" + secret).isEqualTo("DekWrappingSecret");
    }

    @Test
    void namesThatShareTheirUtf8AreRefused() {
        assertThatThrownBy(() -> new ObjectBinding("o", "p", "b", "a\ud800"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
