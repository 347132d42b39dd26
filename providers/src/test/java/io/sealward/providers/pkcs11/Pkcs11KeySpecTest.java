package io.sealward.providers.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.providers.InvalidKeySpecException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs11KeySpecTest {
    private final Pkcs11Provider provider = new Pkcs11Provider();

    @ParameterizedTest
    @CsvSource({"org-a--kek, org-a", "org-a-b--kek-2, org-a-b"})
    void theLabelSaysWhoseItIs(String label, String owner) {
        Pkcs11KeySpec spec = provider.parse(Map.of("key_label", label));

        assertThat(spec.owner().id()).isEqualTo(owner);
        assertThat(spec.kek()).isEqualTo("pkcs11:" + label);
        assertThat(spec.project()).isEmpty();
        assertThat(provider.parse(spec.fields())).isEqualTo(spec);
    }

    /** In the last ones it could be read in two ways whose it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kek",
                "org-a",
                "org---kek",
                "proj_a--kek",
                "org-a--k k",
                "org-a--k\n",
                "org-a--b--c",
                "org-a---c"
            })
    void aLabelOfAnotherFormIsRefused(String label) {
        assertThatThrownBy(() -> provider.parse(Map.of("key_label", label)))
                .isInstanceOfSatisfying(InvalidKeySpecException.class, e -> assertThat(e.field())
                        .isEqualTo("key_label"));
    }

    @Test
    void nothingElseCanBeNamed() {
        assertThatThrownBy(() -> provider.parse(Map.of("key_label", "org-a--kek", "library", "/tmp/mine.so")))
                .isInstanceOfSatisfying(InvalidKeySpecException.class, e -> assertThat(e.field())
                        .isEqualTo("library"));
    }
}
