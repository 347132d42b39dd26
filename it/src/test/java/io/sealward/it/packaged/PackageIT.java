package io.sealward.it.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sealward.it.cloud.pkcs11.SoftHsm;
import io.sealward.it.stack.Multipart;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.it.store.SlowDownload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is shipped does what is promised: a gateway from its package, and a tenant's key in each cloud. */
class PackageIT {
    private static final byte[] CONTENT = Multipart.random(200_000, 11);
    private static final int MORE_THAN_SOCKETS_HOLD = 32 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"local", "aws", "gcp", "azure", "vault", "pkcs11"})
    void aTenantUsesItsKeyTakesItAwayGivesItBackAndReadsWithoutTheGateway(String cloud, @TempDir Path folder)
            throws IOException {
        assumeInstalled(cloud);
        try (Resources resources = new Resources()) {
            Launcher launcher = Launcher.of(resources);
            Stage stage = Stage.set(launcher, cloud, folder, StagePlan.of(0, 2));
            Tenant tenant = stage.tenant();
            String project = tenant.createProject(tenant.register());
            try (S3Client client = SdkClients.sync(tenant.createCredential(project));
                    S3Client other = SdkClients.sync(projectOf(stage.tenant()))) {
                store(client, "tenant-bucket", CONTENT);
                store(other, "other-bucket", CONTENT);
                assertThat(read(client, "tenant-bucket")).isEqualTo(CONTENT);
                try (S3Client behind = SdkClients.sync(stage.store())) {
                    assertThat(read(behind, "tenant-bucket")).isNotEqualTo(CONTENT);
                }

                tenant.key().disable();
                S3Exception refused = catchThrowableOfType(S3Exception.class, () -> read(client, "tenant-bucket"));
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("KMS.DisabledException");
                assertThat(read(other, "other-bucket")).isEqualTo(CONTENT);

                assertThat(catchThrowableOfType(
                                IOException.class, () -> open(launcher, stage, tenant, project, folder)))
                        .hasMessageContaining("0 opened, 0 were there already, 1 failed");

                tenant.key().enable();
                assertThat(read(client, "tenant-bucket")).isEqualTo(CONTENT);
                assertThat(open(launcher, stage, tenant, project, folder)).hasBinaryContent(CONTENT);
            }
        }
    }

    /** As the tenant, who needs no gateway: the opened file. */
    private static Path open(Launcher launcher, Stage stage, Tenant tenant, String project, Path folder)
            throws IOException {
        Map<String, String> environment = new HashMap<>(stage.ownAccess(tenant));
        environment.put("SEALWARD_STORE_ACCESS_KEY", stage.store().accessKey());
        environment.put("SEALWARD_STORE_SECRET_KEY", stage.store().secretKey());
        String key = tenant.cloud().equals("local")
                ? "--keystore=" + folder.resolve("keystore.bcfks")
                : "--kek=" + tenant.cloud() + ":" + tenant.key().keyId();
        launcher.run(
                environment,
                "open",
                key,
                "--organization=" + tenant.organizationId(),
                "--project=" + project,
                "--store=" + stage.store().endpoint(),
                "--output=" + folder.resolve("opened"),
                "s3://tenant-bucket/");
        return folder.resolve("opened").resolve("k");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws"})
    void aRunningDownloadEndsWithTheKey(String cloud, @TempDir Path folder) throws Exception {
        try (Resources resources = new Resources()) {
            Stage stage = Stage.set(Launcher.of(resources), cloud, folder, StagePlan.of(0, 1));
            Tenant tenant = stage.tenant();
            S3Target target = projectOf(tenant);
            try (S3Client client = SdkClients.sync(target)) {
                store(client, "large", new byte[MORE_THAN_SOCKETS_HOLD]);
                try (SlowDownload download = new SlowDownload(target, "large", "k")) {
                    tenant.key().disable();
                    assertThat(catchThrowableOfType(S3Exception.class, () -> read(client, "large")))
                            .isNotNull();
                    assertThat(download.completes()).isFalse();
                }
            }
        }
    }

    private static void assumeInstalled(String cloud) {
        if (cloud.equals("pkcs11")) {
            SoftHsm.missing().ifPresent(tool -> abort("SoftHSM 2 is not installed: there is no " + tool));
        }
    }

    private static S3Target projectOf(Tenant tenant) throws IOException {
        return tenant.createCredential(tenant.createProject(tenant.register()));
    }

    private static void store(S3Client client, String bucket, byte[] content) {
        client.createBucket(r -> r.bucket(bucket));
        client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(content));
    }

    private static byte[] read(S3Client client, String bucket) {
        return client.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asByteArray();
    }
}
