package io.sealward.it.demo;

import static io.sealward.it.demo.Script.expect;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.it.packaged.Stage;
import io.sealward.it.packaged.Tenant;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.it.store.SlowDownload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A tenant registers the key in its own cloud, uses it, takes it away and gives it back; each step is checked. */
final class CloudTour {
    private static final String BUCKET = "tour";
    private static final String KEY = "letters/hello.txt";
    private static final String LARGE_KEY = "films/large";
    private static final byte[] CONTENT =
            "The quick brown fox jumps over the lazy dog.\n".repeat(3_000).getBytes(UTF_8);
    private static final int MORE_THAN_SOCKETS_HOLD = 32 << 20;

    private final Stage stage;
    private final Script script;

    CloudTour(Stage stage, Script script) {
        this.stage = stage;
        this.script = script;
    }

    /**
     * The gateway as the tenant's clients see it, once every step has done what it should.
     *
     * @throws Script.Unexpected if a step showed something else
     */
    S3Target walk() throws IOException, InterruptedException {
        Tenant tenant = stage.tenant();
        S3Target project = onboard(tenant);
        try (S3Client client = SdkClients.sync(project);
                S3Client behind = SdkClients.sync(stage.store())) {
            upload(client, behind);
            withdraw(tenant, project, client);
            restore(tenant, client);
        } catch (SdkException e) {
            throw new Script.Unexpected(e.getMessage());
        }
        script.complete();
        return project;
    }

    private S3Target onboard(Tenant tenant) throws IOException {
        script.step("The tenant makes a key in its cloud, and registers it");
        new TreeMap<>(tenant.key().registration()).forEach((name, value) -> script.say(name + ": " + value));
        String externalKey = tenant.register();
        script.say("proved live and registered as " + externalKey + " of " + tenant.organizationId());
        script.step("It creates a project under the key, and an S3 credential");
        String projectId = tenant.createProject(externalKey);
        S3Target project = tenant.createCredential(projectId);
        script.say(projectId + ", access key " + project.accessKey());
        return project;
    }

    private void upload(S3Client client, S3Client behind) {
        script.step("Upload " + CONTENT.length + " bytes, and 32 MiB, with the AWS SDK for Java");
        client.createBucket(r -> r.bucket(BUCKET));
        client.putObject(r -> r.bucket(BUCKET).key(KEY), RequestBody.fromBytes(CONTENT));
        client.putObject(r -> r.bucket(BUCKET).key(LARGE_KEY), RequestBody.fromBytes(new byte[MORE_THAN_SOCKETS_HOLD]));
        expect(Arrays.equals(read(client), CONTENT), "other bytes");
        script.say("read back the same; the store has beside the sealed bytes:");
        Map<String, String> metadata =
                behind.headObject(r -> r.bucket(BUCKET).key(KEY)).metadata();
        new TreeMap<>(metadata).forEach((name, value) -> script.say("  x-amz-meta-" + name + ": " + value));
        expect(metadata.keySet().stream().anyMatch(name -> name.startsWith("sealward-")), "there is no seal");
    }

    private void withdraw(Tenant tenant, S3Target project, S3Client client) throws IOException, InterruptedException {
        script.step("Disable the key in the cloud, while a download of the 32 MiB is under way");
        try (SlowDownload download = new SlowDownload(project, BUCKET, LARGE_KEY)) {
            Instant disabled = Instant.now();
            tenant.key().disable();
            AwsErrorDetails details = refusal(client);
            script.say("a read: 403 " + details.errorCode() + ": " + details.errorMessage());
            expect(!download.completes(), "the download ran to its end");
            script.say("the download: cut, "
                    + Duration.between(disabled, Instant.now()).toMillis() + " ms after the key was disabled");
        }
        script.say("and still listed: "
                + client.listObjectsV2(r -> r.bucket(BUCKET)).contents().size() + " objects");
    }

    private static AwsErrorDetails refusal(S3Client client) {
        try {
            read(client);
        } catch (S3Exception e) {
            expect(e.statusCode() == 403, "the status is " + e.statusCode());
            return e.awsErrorDetails();
        }
        throw new Script.Unexpected("the object is still readable");
    }

    private void restore(Tenant tenant, S3Client client) {
        script.step("Enable the key and read again");
        tenant.key().enable();
        expect(Arrays.equals(read(client), CONTENT), "other bytes");
        script.say("the same " + CONTENT.length + " bytes");
    }

    private static byte[] read(S3Client client) {
        return client.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY)).asByteArray();
    }
}
