package io.sealward.it.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealward.it.packaged.AdminApi;
import io.sealward.it.packaged.Launcher;
import io.sealward.it.packaged.PackagedGateway;
import io.sealward.it.packaged.Resources;
import io.sealward.it.packaged.Stage;
import io.sealward.it.packaged.StagePlan;
import io.sealward.it.packaged.Tenant;
import io.sealward.it.stack.Eventually;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.RawObject;
import io.sealward.it.store.EmbeddedS3Proxy;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** RUNBOOK.md does what it says: its commands, word for word, beside packaged gateways that end and start again. */
class RunbookIT {
    private static final byte[] CONTENT = Multipart.random(200_000, 7);

    private final Resources resources = new Resources();
    private final Launcher launcher = Launcher.of(resources);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        resources.close();
    }

    @Test
    void aCopyOfTheRegistryServesAndWhatItLacksIsClaimed() throws Exception {
        Stage stage = Stage.set(launcher, "local", folder, StagePlan.of(0, 1));
        Tenant tenant = stage.tenant();
        String key = tenant.register();
        String project = tenant.createProject(key);
        S3Target credential = tenant.createCredential(project);
        String archived = tenant.createProject(key);
        S3Target takenAway = tenant.createCredential(archived);
        store(credential, "older");
        end(stage.gateway());
        Files.createDirectory(folder.resolve("backup"));

        assertThat(follow("registry-backup", Map.of()).status()).isZero();

        PackagedGateway lost = serve();
        new AdminApi(lost.management(), tenant.api().token())
                .post("/v1/organization/projects/" + archived + "/archive", Map.of());
        store(at(lost, credential), "younger");
        store(at(lost, credential), "forgotten");
        end(lost);
        Files.delete(folder.resolve("registry.mv.db"));

        Program restored = follow("registry-restore", Map.of());
        assertThat(restored.status()).as(restored.output()).isZero();
        Program claimed = follow(
                "registry-claim",
                Map.of("ORGANIZATION", tenant.organizationId(), "PROJECT", project, "BUCKET", "younger"));
        assertThat(claimed.status()).as(claimed.output()).isZero();

        PackagedGateway gateway = serve();
        S3Target again = at(gateway, credential);
        assertThat(read(again, "older")).isEqualTo(CONTENT);
        assertThat(read(again, "younger")).isEqualTo(CONTENT);
        assertThat(refusal(() -> read(again, "forgotten"))).isEqualTo("NoSuchBucket");
        assertThat(refusal(() -> store(again, "forgotten"))).isEqualTo("BucketAlreadyExists");
        store(at(gateway, takenAway), "of-an-archived-project");
    }

    /** The cloud is a stand-in, and takes its owner's orders from the test. */
    @Test
    void serviceReturnsWithTheKeyAndItsStateIsTold() throws Exception {
        Stage stage = Stage.set(launcher, "aws", folder, StagePlan.of(0, 1));
        Tenant tenant = stage.tenant();
        S3Target credential = tenant.createCredential(tenant.createProject(tenant.register()));
        store(credential, "bucket");
        Map<String, String> environment = Map.of(
                "MANAGEMENT",
                stage.gateway().management().toString(),
                "SEALWARD_ADMIN_KEY",
                tenant.api().token());

        tenant.key().destroy(); // aws kms schedule-key-deletion
        assertThat(refusal(() -> read(credential, "bucket"))).isEqualTo("KMS.DisabledException");
        Eventually.holds("it is told", () -> stands(" destroyed ", 1, environment));

        tenant.key().disable(); // what aws kms cancel-key-deletion leaves
        assertThat(refusal(() -> read(credential, "bucket"))).isEqualTo("KMS.DisabledException");
        Eventually.holds("it is told", () -> stands(" revoked ", 1, environment));

        tenant.key().enable(); // aws kms enable-key
        assertThat(read(credential, "bucket")).isEqualTo(CONTENT);
        Eventually.holds("it is told", () -> stands(" active ", 0, environment));
    }

    private boolean stands(String words, int status, Map<String, String> environment) throws Exception {
        Program told = follow("key", environment);
        return told.output().contains(words) && told.status() == status;
    }

    @Test
    void aReplicaThatKeptMetadataServes() throws Exception {
        Stage stage = Stage.set(launcher, "local", folder, StagePlan.of(0, 1));
        Tenant tenant = stage.tenant();
        S3Target credential = tenant.createCredential(tenant.createProject(tenant.register()));
        store(credential, "bucket");
        EmbeddedS3Proxy replica = resources.own(() -> EmbeddedS3Proxy.inFolder(folder.resolve("replica")));
        try (S3Client there = SdkClients.sync(stage.store());
                S3Client here = SdkClients.sync(replica.target())) {
            here.createBucket(r -> r.bucket("bucket"));
            RawObject sealed = RawObject.read(there, "bucket", "k");
            sealed.write(here, "bucket", "k");
            new RawObject(sealed.bytes(), Map.of()).write(here, "bucket", "bare");
            there.deleteObject(r -> r.bucket("bucket").key("k"));
        }
        end(stage.gateway());

        Program moved =
                follow("region", Map.of("REPLICA", replica.target().endpoint().toString()));

        assertThat(moved.status()).as(moved.output()).isZero();
        S3Target again = at(serve(), credential);
        assertThat(read(again, "bucket")).isEqualTo(CONTENT);
        assertThat(refusal(() -> read(again, "bucket", "bare"))).isEqualTo("InvalidObjectState");
    }

    private Program follow(String name, Map<String, String> environment) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PATH", launcher.home().resolve("gateway/bin") + ":" + System.getenv("PATH"));
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.put("SEALWARD_BUILD", "no");
        return Program.run(folder, all, "bash", "-euc", Runbook.block(name));
    }

    private PackagedGateway serve() throws IOException {
        return PackagedGateway.serve(launcher, Map.of(), folder.resolve("sealward.yaml"));
    }

    private static void end(PackagedGateway gateway) {
        gateway.process().destroy();
        gateway.process().onExit().join();
    }

    private static S3Target at(PackagedGateway gateway, S3Target credential) {
        return S3Target.of(gateway.s3(), credential.accessKey(), credential.secretKey());
    }

    private static void store(S3Target target, String bucket) {
        try (S3Client client = SdkClients.sync(target)) {
            client.createBucket(r -> r.bucket(bucket));
            client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(CONTENT));
        }
    }

    private static byte[] read(S3Target target, String bucket) {
        return read(target, bucket, "k");
    }

    private static byte[] read(S3Target target, String bucket, String key) {
        try (S3Client client = SdkClients.sync(target)) {
            return client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
        }
    }

    private static String refusal(Runnable request) {
        return catchThrowableOfType(S3Exception.class, request::run)
                .awsErrorDetails()
                .errorCode();
    }
}
