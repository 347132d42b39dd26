package io.sealward.it.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.it.stack.Eventually;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Reading;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SlowDownload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What is done on one gateway reaches the data path of another on the same registry. */
class SeveralGatewaysTest {
    /** The canary never comes, and nothing ends with its time to live. */
    private static final KeyCacheConfig CACHE =
            KeyCacheConfig.of(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofHours(1));

    private static final byte[] CONTENT = Multipart.random(1_000, 7);
    private static final int MORE_THAN_SOCKETS_HOLD = 32 << 20;

    private TenantStack stack;
    private Gateway other;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        stack = new TenantStack(new LocalTestCloud(folder), folder, CACHE, 1);
        other = stack.another();
    }

    @AfterEach
    void stop() {
        other.close();
        stack.close();
    }

    @Test
    void theRemovalOfAKeyCutsItsStreamsAndEndsItsSeriesOnTheOther() throws Exception {
        Tenant tenant = stack.tenant();
        String bucket = large(tenant);
        S3Target elsewhere = TenantStack.s3(other, tenant.accessKey(), tenant.secretKey());
        Eventually.holds(
                "the other knows the bucket",
                () -> Reading.of(elsewhere, bucket, "k").status() == 200);
        AdminClient otherAdmin = tenant.admin().client(other);
        assertThat(otherAdmin.get("/metrics").text()).contains(tenant.externalKeyId());
        try (SlowDownload download = new SlowDownload(elsewhere, bucket, "large")) {
            AdminClient admin = tenant.admin().client();
            String project =
                    admin.get("/v1/organization/projects").ok().at("/data/0/id").asText();
            admin.post("/v1/organization/projects/" + project + "/archive", Map.of())
                    .ok();
            admin.delete("/v1/organization/external_keys/" + tenant.externalKeyId())
                    .ok();

            Eventually.holds(
                    "the other forgets the key",
                    () -> !otherAdmin.get("/metrics").text().contains(tenant.externalKeyId()));
            assertThat(download.completes()).as("the stream under way").isFalse();
        }
        assertThat(Reading.of(elsewhere, bucket, "k").status()).isEqualTo(403);
    }

    @Test
    void aGatewayIsNotReadyFromTheBeginningOfItsEnd() throws Exception {
        Tenant tenant = stack.tenant();
        String bucket = large(tenant);
        AdminClient admin = tenant.admin().client();
        assertThat(admin.get("/readyz").ok().at("/checks/serving").asText()).isEqualTo("ok");
        CompletableFuture<Void> restarted;
        try (SlowDownload download = new SlowDownload(tenant.target(), bucket, "large")) {
            restarted = CompletableFuture.runAsync(stack::restart);
            Eventually.holds("it says so", () -> admin.get("/readyz").status() == 503);
            assertThat(admin.get("/healthz").status()).isEqualTo(200);
            assertThat(download.completes()).as("the request under way").isTrue();
        }
        restarted.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aStoreCredentialIsGivenAndTakenOnBoth() throws Exception {
        Tenant tenant = stack.tenant();
        String bucket = large(tenant);
        S3Target elsewhere = TenantStack.s3(other, tenant.accessKey(), tenant.secretKey());
        Eventually.holds(
                "the other knows the bucket",
                () -> Reading.of(elsewhere, bucket, "k").status() == 200);
        AdminClient admin = tenant.admin().client();
        String project = "/v1/organization/projects/"
                + admin.get("/v1/organization/projects").ok().at("/data/0/id").asText();

        Map<String, String> wrong = Map.of("access_key_id", "tenant-user", "secret_access_key", "guessed");
        admin.post(project, Map.of("store_credential", wrong)).ok();
        assertThat(Reading.of(tenant.target(), bucket, "k").status()).isEqualTo(503);
        Eventually.holds(
                "the other signs with it",
                () -> Reading.of(elsewhere, bucket, "k").status() == 503);

        admin.post(project, Collections.singletonMap("store_credential", null)).ok();
        assertThat(Reading.of(tenant.target(), bucket, "k").status()).isEqualTo(200);
        Eventually.holds(
                "the other signs with its own",
                () -> Reading.of(elsewhere, bucket, "k").status() == 200);
    }

    @Test
    void whatOneIsDeniedTheOtherTriesAtOnceAndCuts() throws Exception {
        Tenant tenant = stack.tenant();
        String bucket = large(tenant);
        S3Target elsewhere = TenantStack.s3(other, tenant.accessKey(), tenant.secretKey());
        Eventually.holds(
                "the other knows the bucket",
                () -> Reading.of(elsewhere, bucket, "k").status() == 200);
        try (SlowDownload download = new SlowDownload(elsewhere, bucket, "large");
                S3Client client = tenant.client()) {
            tenant.key().disable();
            assertThat(Reading.of(elsewhere, bucket, "k").status())
                    .as("from the other's memory, and its canary is minutes away")
                    .isEqualTo(200);
            assertThatThrownBy(() -> client.putObject(r -> r.bucket(bucket).key("new"), RequestBody.fromBytes(CONTENT)))
                    .hasMessageContaining("403");

            Eventually.holds(
                    "the other has cut",
                    () -> Reading.of(elsewhere, bucket, "k").status() == 403);
            assertThat(download.completes()).as("the stream under way").isFalse();
            Eventually.holds("it says so", () -> health(tenant, tenant.admin().client(other))
                    .equals("revoked"));
        }
        tenant.key().enable();
        assertThat(Reading.of(elsewhere, bucket, "k").body()).isEqualTo(CONTENT);
        assertThat(health(tenant, tenant.admin().client(other))).isEqualTo("active");
    }

    @Test
    void aKeyThatNobodyUsesIsKnownSoonOnEachGateway() throws Exception {
        Tenant tenant = stack.tenant();
        assertThat(health(tenant, tenant.admin().client()))
                .as("where it was registered")
                .isEqualTo("active");
        Eventually.holds(
                "the other has tried it",
                () -> health(tenant, tenant.admin().client(other)).equals("active"));
    }

    private static String health(Tenant tenant, AdminClient admin) throws IOException {
        return admin.get("/v1/organization/external_keys/" + tenant.externalKeyId() + "/health")
                .ok()
                .path("status")
                .asText();
    }

    private static String large(Tenant tenant) {
        String bucket = tenant.bucket();
        try (S3Client client = tenant.client()) {
            client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(CONTENT));
            client.putObject(
                    r -> r.bucket(bucket).key("large"), RequestBody.fromBytes(new byte[MORE_THAN_SOCKETS_HOLD]));
        }
        return bucket;
    }
}
