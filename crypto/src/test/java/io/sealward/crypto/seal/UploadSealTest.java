package io.sealward.crypto.seal;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.WrappingSecret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadSealTest {
    private static final ObjectBinding PLACE = new ObjectBinding("org-1", "proj_1", "photos", "a.jpg");
    private static final KekReference KEK = new KekReference("extkey_1", "azure", "https://v/keys/k", "1");

    private static final byte[] NONE = {};

    private final SecureRandom random = new SecureRandom();
    private final Dek dek = Dek.generate(random);
    private final WrappingSecret secret = WrappingSecret.generate(random);
    private final UploadSeal seal =
            UploadSeal.of("2~store/id", dek, secret, PLACE, Layout.PARTS, WrapScope.OBJECT, KEK, new byte[512], random);

    @Test
    void comesBackFromTheUploadId() throws Exception {
        UploadSeal read = UploadSeal.parse(seal.toUploadId()).orElseThrow();

        assertThat(read.storeUploadId()).isEqualTo("2~store/id");
        assertThat(read.kek()).isEqualTo(KEK);
        assertThat(read.open(secret, PLACE).commitment(NONE)).isEqualTo(dek.commitment(NONE));
        assertThat(seal.toUploadId()).matches("[A-Za-z0-9._-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2~store/id", "sealward1.", "sealward1.AAAA", "sealward1.====", "sealward2.AAAA"})
    void anIdOfTheStoreIsNotOurs(String id) {
        assertThat(UploadSeal.parse(id)).isEmpty();
    }

    @Test
    void everyChangedByteIsRefusedOrOnlyTouchesTheWrappedSecret() {
        String id = seal.toUploadId();
        byte[] raw = Base64.getUrlDecoder().decode(id.substring("sealward1.".length()));
        for (int i = 0; i < raw.length; i++) {
            byte[] changed = raw.clone();
            changed[i] ^= 1;
            String other =
                    "sealward1." + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            UploadSeal.parse(other).filter(read -> read.wrappedSecret()[0] == 0).ifPresent(read -> {
                boolean onlyWrapped = Arrays.equals(read.sealedDek(), seal.sealedDek())
                        && Arrays.equals(read.commitment(), seal.commitment())
                        && read.kek().equals(KEK)
                        && read.storeUploadId().equals("2~store/id")
                        && read.layout() == Layout.PARTS
                        && read.scope() == WrapScope.OBJECT;
                if (!onlyWrapped) {
                    assertThatThrownBy(() -> read.open(secret, PLACE)).isInstanceOf(SealException.WrongKey.class);
                }
            });
        }
    }

    @Test
    void anUploadIdAndAnObjectsMetadataDoNotStandForEachOther() {
        ObjectSeal object = new ObjectSeal(
                V1, seal.layout(), seal.scope(), seal.kek(), seal.wrappedSecret(), seal.sealedDek(), seal.commitment());
        assertThatThrownBy(() -> object.open(secret, PLACE)).isInstanceOf(SealException.WrongKey.class);
        UploadSeal other = new UploadSeal(
                V1,
                "another",
                seal.layout(),
                seal.scope(),
                seal.kek(),
                seal.wrappedSecret(),
                seal.sealedDek(),
                seal.commitment());
        assertThatThrownBy(() -> other.open(secret, PLACE)).isInstanceOf(SealException.WrongKey.class);
    }
}
