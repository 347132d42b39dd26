package io.sealward.providers.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.Kek;
import io.sealward.providers.KeySpec;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.OpenersByType;
import io.sealward.providers.WrapContext;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalOpener;
import io.sealward.providers.local.QuickKeystore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenersByTypeTest {
    private static final WrapContext CONTEXT = WrapContext.of(Map.of("sealward:org_id", "org-1"));

    @TempDir
    Path directory;

    private LocalKeystore keystore;
    private OpenersByType keks;

    @BeforeEach
    void open() throws Exception {
        char[] password = "password".toCharArray();
        keystore = LocalKeystore.open(QuickKeystore.at(directory.resolve("k.bcfks"), password), password);
        keks = new OpenersByType(Map.of("local", new LocalOpener(keystore)));
    }

    @AfterEach
    void close() {
        keystore.close();
    }

    @Test
    void aLocalKeyIsProvedByARoundTrip() throws Exception {
        KeySpec spec = Providers.parse("local", Map.of("key_name", "org-1--k"));
        assertThatThrownBy(() -> keks.check("org-1", spec, CONTEXT)
                        .run()
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.error()).isEqualTo(KmsError.DESTROYED));
        keystore.createKey("org-1--k");
        keks.check("org-1", spec, CONTEXT).run().toCompletableFuture().join();
        try (Kek kek = keks.open("org-1", spec)) {
            assertThat(kek.provider()).isEqualTo("local");
        }
    }

    @Test
    void aProviderThatTheGatewayHasNoIdentityWithIsAnInvalidType() {
        KeySpec spec = Providers.parse(
                "aws",
                Map.of(
                        "role_arn", "arn:aws:iam::123456789012:role/r",
                        "kms_arn", "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000",
                        "external_id", "org-1"));
        assertThatThrownBy(() -> keks.check("org-1", spec, CONTEXT))
                .isInstanceOfSatisfying(InvalidKeySpecException.class, e -> assertThat(e.field())
                        .isEqualTo("type"));
    }
}
