package io.sealward.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.WrappingSecret;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataSizeTest {
    private static final String EXTERNAL = "extkey_" + "0".repeat(24);

    private final SecureRandom random = new SecureRandom();

    @Test
    void azureWithRsa4096StaysWithin1100Bytes() {
        String key = "https://contoso-production.vault.azure.net/keys/org-0123456789abcdef--sealward-production-key";
        assertThat(size(new KekReference(EXTERNAL, "azure", key, "0".repeat(32)), 512))
                .isLessThan(1_126);
    }

    @ParameterizedTest
    @CsvSource({"vault.azure.net, 1151", "vault.usgovcloudapi.net, 1159", "vault.azure.cn, 1150"})
    void theLongestNamesOfAzureComeTo(String vaults, int bytes) {
        String key = "https://" + "v".repeat(24) + "." + vaults + "/keys/" + "k".repeat(127);
        assertThat(size(new KekReference(EXTERNAL, "azure", key, "0".repeat(32)), 512))
                .isEqualTo(bytes);
    }

    @Test
    void theLongestGoogleNameStaysWithin1100Bytes() {
        String key = "projects/" + "p".repeat(30) + "/locations/northamerica-northeast1/keyRings/" + "r".repeat(63)
                + "/cryptoKeys/" + "k".repeat(63);
        assertThat(size(new KekReference(EXTERNAL, "gcp", key, "1234567890"), 200))
                .isLessThan(1_126);
    }

    @Test
    void everyReferenceHasOneSpelling() throws Exception {
        for (KekReference kek : new KekReference[] {
            new KekReference("", "", "", ""),
            new KekReference("-", "+", " ", "%"),
            new KekReference("ключ", "local", "a b", "a b"),
            new KekReference("x", "local", "a", "ab"),
            new KekReference("x", "local", "a", "a-"),
            new KekReference("x", "local", "1", "1"),
            new KekReference("x", "local", "a", "+"),
        }) {
            assertThat(KekText.decode(KekText.encode(kek))).isEqualTo(kek);
            assertThat(KekText.encode(kek)).matches("[ -~]+");
        }
    }

    private int size(KekReference kek, int wrapped) {
        ObjectSeal seal = ObjectSeal.of(
                Dek.generate(random),
                WrappingSecret.generate(random),
                new ObjectBinding("o", "p", "b", "k"),
                Layout.ALIGNED_PARTS,
                WrapScope.BUCKET,
                kek,
                new byte[wrapped],
                random);
        return seal.toMetadata().entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
    }
}
