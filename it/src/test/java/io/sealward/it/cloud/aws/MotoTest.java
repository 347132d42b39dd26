package io.sealward.it.cloud.aws;

import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static io.sealward.it.cloud.aws.AwsTenant.CONTEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.aws.AwsEndpoints;
import io.sealward.providers.aws.AwsIdentity;
import io.sealward.providers.aws.AwsKek;
import io.sealward.providers.aws.AwsKeySpec;
import io.sealward.providers.aws.AwsSettings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The AWS KEK against moto, an AWS that others wrote: that the wire is right, and not only as our own fake understands
 * it. moto checks encryption contexts, but neither key states nor external ids.
 */
class MotoTest {
    private static final AwsBasicCredentials GATEWAY = AwsBasicCredentials.create("AKIAMOTO", "moto");

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    private final byte[] secret = "a secret of thirty-two bytes, ok".getBytes(UTF_8);
    private AwsKek kek;

    @BeforeEach
    void register() {
        kek = kek(createKey());
    }

    @AfterEach
    void close() {
        kek.close();
    }

    @Test
    void whatItWrapsItUnwraps() throws Exception {
        WrappedSecret wrapped = await(kek.wrap(secret, CONTEXT));
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(secret);
    }

    @Test
    void anotherContextDoesNotUnwrap() throws Exception {
        WrappedSecret wrapped = await(kek.wrap(secret, CONTEXT));
        KmsException failure = failureOf(kek.unwrap(wrapped, WrapContext.of(Map.of("other", "context"))));
        assertThat(failure.error()).isEqualTo(KmsError.CORRUPT);
    }

    @Test
    void changedBytesDoNotUnwrap() throws Exception {
        byte[] changed = await(kek.wrap(secret, CONTEXT)).ciphertext();
        changed[changed.length - 1] ^= 1;
        KmsException failure = failureOf(kek.unwrap(new WrappedSecret("", changed), CONTEXT));
        assertThat(failure.error()).isEqualTo(KmsError.CORRUPT);
    }

    @Test
    void aKeyThatIsNotThereIsGone() throws Exception {
        String never = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000";
        try (AwsKek missing = kek(never)) {
            assertThat(failureOf(missing.wrap(secret, CONTEXT)).error()).isEqualTo(KmsError.DESTROYED);
        }
    }

    @Test
    void registrationSeesThatTheExternalIdIsNotAskedFor() throws Exception {
        KmsException failure = failureOf(kek.registrationCheck(CONTEXT).run());
        assertThat(failure.error()).isEqualTo(KmsError.MISCONFIGURED);
        assertThat(failure).hasMessageContaining("without an ExternalId");
    }

    private static AwsKek kek(String keyArn) {
        AwsKeySpec spec = new AwsKeySpec("arn:aws:iam::123456789012:role/tenant", keyArn, "org-1");
        AwsIdentity identity = AwsIdentity.of(GATEWAY.accessKeyId(), GATEWAY.secretAccessKey());
        return new AwsKek(spec, AwsSettings.of(identity, AwsEndpoints.at(MOTO.endpoint())));
    }

    private static String createKey() {
        URI endpoint = MOTO.endpoint();
        try (KmsClient kms = KmsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(GATEWAY))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            return kms.createKey().keyMetadata().arn();
        }
    }
}
