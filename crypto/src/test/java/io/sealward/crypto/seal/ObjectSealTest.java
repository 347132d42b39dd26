package io.sealward.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.WrappingSecret;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectSealTest {
    private static final ObjectBinding PLACE = new ObjectBinding("org-1", "proj_1", "photos", "a/ü b.jpg");
    private static final KekReference KEK = new KekReference("extkey_1", "aws", "arn:aws:kms:eu-west-1:1:key/2", "");

    private static final byte[] NONE = {};

    private final SecureRandom random = new SecureRandom();
    private final Dek dek = Dek.generate(random);
    private final WrappingSecret secret = WrappingSecret.generate(random);
    private final ObjectSeal seal =
            ObjectSeal.of(dek, secret, PLACE, Layout.SINGLE, WrapScope.OBJECT, KEK, new byte[] {1, 2, 3}, random);

    @Test
    void opensInItsPlaceFromItsMetadata() throws Exception {
        ObjectSeal read = ObjectSeal.fromMetadata(seal.toMetadata().entrySet()).orElseThrow();

        assertThat(read.commitsTo(read.open(secret, PLACE), PLACE)).isTrue();
        assertThat(read.kek()).isEqualTo(KEK);
        assertThat(read.wrappedSecret()).containsExactly(1, 2, 3);
    }

    @Test
    void opensInNoOtherPlace() {
        List.of(
                        new ObjectBinding("org-2", "proj_1", "photos", "a/ü b.jpg"),
                        new ObjectBinding("org-1", "proj_2", "photos", "a/ü b.jpg"),
                        new ObjectBinding("org-1", "proj_1", "photo", "sa/ü b.jpg"),
                        new ObjectBinding("org-1", "proj_1", "photos", "a/ü b.jpg "))
                .forEach(other ->
                        assertThatThrownBy(() -> seal.open(secret, other)).isInstanceOf(SealException.WrongKey.class));
    }

    @Test
    void opensWithNoOtherSecret() {
        assertThatThrownBy(() -> seal.open(WrappingSecret.generate(random), PLACE))
                .isInstanceOf(SealException.WrongKey.class);
    }

    @ParameterizedTest
    @CsvSource({
        "sealward-format, v1 parts object, WrongKey",
        "sealward-format, v1 single bucket, WrongKey",
        "sealward-format, v2 single object, UnknownVersion",
        "sealward-format, v2, UnknownVersion",
        "sealward-format, v10 anything goes here, UnknownVersion",
        "sealward-format, v01 single object, Malformed",
        "sealward-format, v0 single object, Malformed",
        "sealward-format, V1 single object, Malformed",
        "sealward-format, v single object, Malformed",
        "sealward-format, v1 single, Malformed",
        "sealward-format, v1 single object x, Malformed",
        "sealward-format, v1  object, Malformed",
        "sealward-kek, extkey_2 aws arn:aws:kms:eu-west-1:1:key/2 -, WrongKey",
        "sealward-kek, extkey_1 gcp arn:aws:kms:eu-west-1:1:key/2 -, WrongKey",
        "sealward-kek, extkey_1 aws arn:aws:kms:eu-west-1:1:key/3 -, WrongKey",
        "sealward-kek, extkey_1 aws arn:aws:kms:eu-west-1:1:key/2 2, WrongKey",
        "sealward-kek, extkey_1 aws arn:aws:kms:eu-west-1:1:key/2, Malformed",
        "sealward-kek, extkey_1 aws arn:aws:kms:eu-west-1:1:key/2 %2, Malformed",
        "sealward-kek, extkey_1 aws arn:aws:kms:eu-west-1:1:key/2 %41, Malformed",
        "sealward-dek, AAAA, Malformed",
        "sealward-dek, ===, Malformed",
        "sealward-wrapped, '', Malformed",
        "sealward-commit, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, WrongKey",
        "sealward-commit, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB, Malformed",
    })
    void changedMetadataDoesNotOpen(String name, String value, String error) {
        Map<String, String> metadata = new HashMap<>(seal.toMetadata());
        metadata.put(name, value);

        assertThatThrownBy(() -> ObjectSeal.fromMetadata(metadata.entrySet())
                        .orElseThrow()
                        .open(secret, PLACE))
                .isInstanceOf(SealException.class)
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(error));
    }

    @Test
    void partialMetadataIsNeverTakenForNone() throws Exception {
        for (String name : seal.toMetadata().keySet()) {
            Map<String, String> metadata = new HashMap<>(seal.toMetadata());
            metadata.remove(name);
            assertThatThrownBy(() -> ObjectSeal.fromMetadata(metadata.entrySet()))
                    .isInstanceOf(SealException.Malformed.class);
        }
        assertThat(ObjectSeal.fromMetadata(Map.of("color", "red").entrySet())).isEmpty();
    }

    @Test
    void theVersionIsReadBeforeAnythingElse() {
        assertThatThrownBy(() -> ObjectSeal.fromMetadata(Map.of("sealward-format", "v2", "sealward-kek", "garbled")
                        .entrySet()))
                .isInstanceOf(SealException.UnknownVersion.class);
    }

    @Test
    void aNameSaidTwiceIsRefusedInAnyCaseAndAlsoWithOneValue() throws Exception {
        for (Map.Entry<String, String> said : seal.toMetadata().entrySet()) {
            for (String name : List.of(said.getKey(), said.getKey().toUpperCase(Locale.ROOT))) {
                List<Map.Entry<String, String>> metadata =
                        new ArrayList<>(seal.toMetadata().entrySet());
                metadata.add(Map.entry(name, said.getValue()));
                assertThatThrownBy(() -> ObjectSeal.fromMetadata(metadata)).isInstanceOf(SealException.Malformed.class);
            }
        }
        List<Map.Entry<String, String>> upper = seal.toMetadata().entrySet().stream()
                .map(entry -> Map.entry(entry.getKey().toUpperCase(Locale.ROOT), entry.getValue()))
                .toList();
        assertThat(ObjectSeal.fromMetadata(upper)).isPresent();
    }

    @Test
    void aCopyIsResealedForItsNewPlaceUnderTheSameKey() throws Exception {
        ObjectBinding copy = new ObjectBinding("org-1", "proj_1", "photos", "copy");
        Dek opened = seal.open(secret, PLACE);
        ObjectSeal resealed =
                ObjectSeal.of(opened, secret, copy, Layout.SINGLE, WrapScope.OBJECT, KEK, seal.wrappedSecret(), random);

        assertThat(resealed.open(secret, copy).commitment(NONE)).isEqualTo(dek.commitment(NONE));
        assertThat(resealed.commitsTo(dek, copy)).isTrue();
        assertThat(resealed.commitsTo(dek, PLACE)).isFalse();
        assertThat(resealed.sealedDek()).isNotEqualTo(seal.sealedDek());
    }
}
