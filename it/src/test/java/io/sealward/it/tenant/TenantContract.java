package io.sealward.it.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.it.cloud.LoggedText;
import io.sealward.it.stack.Eventually;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.RawObject;
import io.sealward.it.stack.Reading;
import io.sealward.it.store.SlowDownload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a tenant is promised, whatever the cloud its key is in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TenantContract {
    /** Cached keys outlive the test, so that only the canary can have dropped them. */
    private static final KeyCacheConfig CACHE =
            KeyCacheConfig.of(Duration.ofMinutes(5), Duration.ofMillis(300), Duration.ofMinutes(5));

    private static final byte[] CONTENT = Multipart.random(200_000, 7);
    private static final int MORE_THAN_SOCKETS_HOLD = 32 << 20;

    TenantStack stack;

    private LoggedText logged;

    abstract TestCloud cloud(Path folder) throws Exception;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        logged = new LoggedText();
        stack = new TenantStack(cloud(folder), folder, CACHE, 20);
    }

    @AfterAll
    void stop() {
        stack.close();
        logged.close();
    }

    @Test
    void aRegisteredKeySealsWhatItsProjectStores() throws Exception {
        Tenant tenant = stack.tenant();
        String bucket = tenant.bucket();
        List<byte[]> parts = List.of(Multipart.random(Multipart.SMALLEST_PART_BYTES, 1), Multipart.random(70_000, 2));
        try (S3Client client = tenant.client();
                S3Client behind = stack.behind()) {
            client.putObject(r -> r.bucket(bucket).key("single"), RequestBody.fromBytes(CONTENT));
            Multipart.upload(client, bucket, "parts", parts);

            assertThat(read(client, bucket, "single")).isEqualTo(CONTENT);
            assertThat(read(client, bucket, "parts")).isEqualTo(Multipart.concat(parts));
            assertThat(Reading.of(tenant.target(), bucket, "single", "bytes=65530-131080")
                            .body())
                    .isEqualTo(Arrays.copyOfRange(CONTENT, 65_530, 131_081));
            assertSealedUnder(tenant, RawObject.read(behind, bucket, "single"));
            assertSealedUnder(tenant, RawObject.read(behind, bucket, "parts"));
        }
    }

    private static void assertSealedUnder(Tenant tenant, RawObject raw) throws Exception {
        ObjectSeal seal = ObjectSeal.fromMetadata(raw.metadata().entrySet()).orElseThrow();
        KekReference kek = seal.kek();
        assertThat(kek.externalKeyId()).isEqualTo(tenant.externalKeyId());
        assertThat(kek.provider())
                .isEqualTo(tenant.admin()
                        .client()
                        .get("/v1/organization/external_keys/" + tenant.externalKeyId())
                        .ok()
                        .path("type")
                        .asText());
        assertThat(kek.keyId()).isEqualTo(tenant.key().keyId());
        assertThat(seal.wrappedSecret()).isNotEmpty();
        assertThat(seal.sealedDek()).isNotEmpty();
        assertThat(new String(raw.bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(CONTENT, 70_000, 16, StandardCharsets.ISO_8859_1));
    }

    @Test
    void anotherTenantIsDeniedTheBucket() throws Exception {
        Tenant owner = stack.tenant();
        Tenant other = stack.tenant();
        String bucket = owner.bucket();
        try (S3Client client = owner.client();
                S3Client stranger = other.client()) {
            client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(CONTENT));

            assertDenied(() -> read(stranger, bucket, "k"));
            assertDenied(() -> stranger.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(CONTENT)));
            assertDenied(() -> stranger.listObjectsV2(r -> r.bucket(bucket)));
            assertDenied(() -> stranger.deleteObject(r -> r.bucket(bucket).key("k")));
            assertThat(stranger.listBuckets().buckets()).isEmpty();
            assertThat(read(client, bucket, "k")).isEqualTo(CONTENT);
        }
    }

    private static void assertDenied(Runnable call) {
        S3Exception refused = catchThrowableOfType(S3Exception.class, call::run);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
    }

    @Test
    void aRawCopyInAnotherTenantsBucketDoesNotOpen() throws Exception {
        Tenant owner = stack.tenant();
        Tenant other = stack.tenant();
        String bucket = owner.bucket();
        String otherBucket = other.bucket();
        try (S3Client client = owner.client();
                S3Client behind = stack.behind()) {
            client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(CONTENT));
            RawObject.read(behind, bucket, "k").write(behind, otherBucket, "k");
        }
        Reading.of(other.target(), otherBucket, "k").assertRefused(CONTENT, "KMS.DisabledException");
    }

    @Test
    void theAwsCliStoresUnderTheTenantsKeyAndNoOtherTenantReadsIt(@TempDir Path home) throws Exception {
        AwsCli.assumeInstalled();
        Tenant owner = stack.tenant();
        Tenant other = stack.tenant();
        String bucket = owner.bucket();
        String otherBucket = other.bucket();
        AwsCli aws = new AwsCli(owner.target(), home);
        AwsCli stranger = new AwsCli(other.target(), home);
        byte[] content = Multipart.random(20 << 20, 5); // more than the cli sends in one piece
        Path file = Files.write(home.resolve("file"), content);
        Path back = home.resolve("back");

        aws.succeeds("s3", "cp", file.toString(), "s3://" + bucket + "/k");
        aws.succeeds("s3", "cp", "s3://" + bucket + "/k", back.toString());
        assertThat(back).hasBinaryContent(content);
        stranger.failsWith("403", "s3", "cp", "s3://" + bucket + "/k", back.toString());
        try (S3Client behind = stack.behind()) {
            RawObject raw = RawObject.read(behind, bucket, "k");
            assertSealedUnder(owner, raw);
            raw.write(behind, otherBucket, "k");
        }
        stranger.failsWith("KMS.DisabledException", "s3", "cp", "s3://" + otherBucket + "/k", back.toString());
    }

    @Test
    void aDisabledKeyStopsReadsWritesAndStreamsUntilItIsEnabled() throws Exception {
        Tenant tenant = stack.tenant();
        assertWithdrawn(tenant, tenant.key()::disable, tenant.key()::enable);
    }

    @Test
    void aPermissionTakenAwayStopsReadsWritesAndStreamsUntilItIsGivenBack() throws Exception {
        Tenant tenant = stack.tenant();
        assertWithdrawn(tenant, tenant.key()::deny, tenant.key()::allow);
    }

    private void assertWithdrawn(Tenant tenant, Runnable withdraw, Runnable restore) throws Exception {
        String bucket = tenant.bucket();
        try (S3Client client = tenant.client()) {
            client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(CONTENT));
            client.putObject(r -> r.bucket(bucket).key("gone"), RequestBody.fromBytes(CONTENT));
            client.putObject(
                    r -> r.bucket(bucket).key("large"), RequestBody.fromBytes(new byte[MORE_THAN_SOCKETS_HOLD]));
            try (SlowDownload download = new SlowDownload(tenant.target(), bucket, "large")) {
                withdraw.run();

                Eventually.holds(
                        "the canary notices",
                        () -> Reading.of(tenant.target(), bucket, "k").status() == 403);
                assertThat(download.completes()).as("the stream under way").isFalse();
            }
            assertThat(Reading.of(tenant.target(), bucket, "k").body())
                    .asString()
                    .contains("KMS.DisabledException");
            S3Exception refused = catchThrowableOfType(
                    S3Exception.class,
                    () -> client.putObject(r -> r.bucket(bucket).key("new"), RequestBody.fromBytes(CONTENT)));
            assertThat(refused.statusCode()).isEqualTo(403);
            client.deleteObject(r -> r.bucket(bucket).key("gone"));
            assertThat(client.headObject(r -> r.bucket(bucket).key("k")).contentLength())
                    .isEqualTo(CONTENT.length);
            assertThat(client.listObjectsV2(r -> r.bucket(bucket)).contents())
                    .extracting(S3Object::key)
                    .containsExactly("k", "large");
            assertThat(health(tenant)).isEqualTo("revoked");

            restore.run();

            assertThat(Reading.of(tenant.target(), bucket, "k").body()).isEqualTo(CONTENT);
            client.putObject(r -> r.bucket(bucket).key("new"), RequestBody.fromBytes(CONTENT));
            assertThat(health(tenant)).isEqualTo("active");
        }
        Eventually.holds("the audit log tells of it", () -> eventTypes(tenant)
                .containsAll(List.of("external_key.registered", "external_key.unwrap_denied", "external_key.purged")));
    }

    private static String health(Tenant tenant) throws IOException {
        return tenant.admin()
                .client()
                .get("/v1/organization/external_keys/" + tenant.externalKeyId() + "/health")
                .ok()
                .path("status")
                .asText();
    }

    private static List<String> eventTypes(Tenant tenant) throws IOException {
        return tenant.admin()
                .client()
                .get("/v1/organization/audit_logs?limit=100")
                .ok()
                .path("data")
                .findValuesAsText("type");
    }

    @Test
    void anotherTenantsKeyIsNotTouchedByAWithdrawal() throws Exception {
        Tenant one = stack.tenant();
        Tenant other = stack.tenant();
        String bucket = one.bucket();
        String otherBucket = other.bucket();
        try (S3Client client = one.client();
                S3Client otherClient = other.client()) {
            client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(CONTENT));
            otherClient.putObject(r -> r.bucket(otherBucket).key("k"), RequestBody.fromBytes(CONTENT));
            one.key().disable();
            Eventually.holds(
                    "the canary notices",
                    () -> Reading.of(one.target(), bucket, "k").status() == 403);
            assertThat(read(otherClient, otherBucket, "k")).isEqualTo(CONTENT);
        }
    }

    @Test
    void validationOfAWithdrawnKeyFailsWithTheCloudsWordsAndThatOfAGoodOneSucceeds() throws Exception {
        Tenant tenant = stack.tenant();
        String validate = "/v1/organization/external_keys/" + tenant.externalKeyId() + "/validate";
        assertThat(tenant.admin()
                        .client()
                        .post(validate, Map.of())
                        .ok()
                        .path("status")
                        .asText())
                .isEqualTo("success");
        tenant.key().disable();
        JsonNode error = tenant.admin().client().post(validate, Map.of()).error(400);
        assertThat(error.path("code").asText()).isEqualTo("external_key_revoked");
        assertThat(error.path("message").asText()).isNotEmpty();
    }

    @Test
    void aKeyThatFailsItsProofIsRefusedWithTheCureAndNotStored() throws Exception {
        TenantStack.Admin admin = stack.organization();
        TestCloud.Refusal refusal = refusal(admin.organizationId());
        JsonNode error = admin.register(refusal.key()).error(400);
        assertThat(error.path("message").asText()).contains(refusal.words());
        assertThat(admin.client().get("/v1/organization/external_keys").ok().path("data"))
                .isEmpty();
    }

    private TestCloud.Refusal refusal(String organizationId) {
        return stack.cloud().refusal(organizationId);
    }

    @Test
    void aKeySetUpForAnotherOrganizationIsRefusedBeforeAnyCloudIsAsked() throws Exception {
        TenantStack.Admin admin = stack.organization();
        TenantStack.Admin other = stack.organization();
        JsonNode error =
                admin.register(stack.cloud().createKey(other.organizationId())).error(400);
        assertThat(error.path("param").asText()).isIn("external_id", "audience", "key_name", "key_label");
        assertThat(error.path("message").asText()).contains(admin.organizationId());
        assertThat(admin.client().get("/v1/organization/external_keys").ok().path("data"))
                .isEmpty();
    }

    @Test
    void noSecretIsEverShown() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Level quiet = root.getLevel();
        root.setLevel(Level.INFO);
        try {
            assertNoSecretIsShown();
        } finally {
            root.setLevel(quiet);
        }
    }

    private void assertNoSecretIsShown() throws Exception {
        Tenant tenant = stack.tenant();
        String bucket = tenant.bucket();
        try (S3Client client = tenant.client()) {
            client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(CONTENT));
            tenant.key().disable();
            Eventually.holds(
                    "the canary notices",
                    () -> Reading.of(tenant.target(), bucket, "k").status() == 403);
        }
        AdminClient admin = tenant.admin().client();
        aKeyThatFailsItsProofIsRefusedWithTheCureAndNotStored();
        admin.get("/v1/organization/audit_logs?limit=100").ok();
        admin.get("/metrics");
        admin.get("/readyz");
        for (String list : List.of("external_keys", "projects", "audit_logs")) {
            admin.get("/v1/organization/" + list).ok();
        }
        String shown = logged.text() + stack.transcript();
        assertThat(shown).contains("external_key.purged", "sealward_kms");
        assertThat(logged.text()).contains("external_key.wrapped");
        assertThat(shown).as("a refusal is no stack trace").doesNotContain("\tat io.sealward");
        assertThat(stack.secrets()).isNotEmpty().allSatisfy(secret -> assertThat(shown)
                .doesNotContain(secret));
    }

    static byte[] read(S3Client client, String bucket, String key) {
        return client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
    }
}
