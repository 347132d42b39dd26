package io.sealward.it.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sealward.it.cloud.pkcs11.SoftHsm;
import io.sealward.it.cloud.pkcs11.SoftToken;
import io.sealward.it.stack.Eventually;
import io.sealward.it.stack.Multipart;
import io.sealward.it.store.SdkClients;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A gateway from its package, and keys in a token of a real PKCS#11 library. */
class PackagedTokenIT {
    private static final byte[] CONTENT = Multipart.random(200_000, 12);

    @Test
    void aDeletedKeyEndsItsTenantsReadsAndARemovedTokenEverybodysUntilItIsBack(@TempDir Path folder) throws Exception {
        SoftHsm.missing().ifPresent(tool -> abort("SoftHSM 2 is not installed: there is no " + tool));
        SoftToken token = SoftToken.create(SoftHsm.with(folder.resolve("softhsm2.conf")), "the token", "a-pin");
        try (Resources resources = new Resources()) {
            Stage stage = Stage.set(Launcher.of(resources), "pkcs11", token, folder, StagePlan.of(0, 2));
            Tenant tenant = stage.tenant();
            try (S3Client client = clientOf(tenant);
                    S3Client other = clientOf(stage.tenant())) {
                store(client, "tenant-bucket");
                store(other, "other-bucket");
                assertThat(read(client, "tenant-bucket")).isEqualTo(CONTENT);

                token.delete(tenant.key().keyId());
                assertRefused(client, "tenant-bucket", 403, "KMS.DisabledException");
                assertThat(read(other, "other-bucket")).isEqualTo(CONTENT);

                token.remove();
                assertRefused(other, "other-bucket", 503, "SlowDown");
                token.putBack();
                Eventually.holds("the token is used again", () -> reads(other, "other-bucket"));
                assertRefused(client, "tenant-bucket", 403, "KMS.DisabledException");
            }
        }
    }

    private static S3Client clientOf(Tenant tenant) throws IOException {
        return SdkClients.sync(tenant.createCredential(tenant.createProject(tenant.register())));
    }

    private static void store(S3Client client, String bucket) {
        client.createBucket(r -> r.bucket(bucket));
        client.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(CONTENT));
    }

    private static void assertRefused(S3Client client, String bucket, int status, String code) {
        S3Exception refused = catchThrowableOfType(S3Exception.class, () -> read(client, bucket));
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
    }

    private static boolean reads(S3Client client, String bucket) {
        try {
            return Arrays.equals(read(client, bucket), CONTENT);
        } catch (S3Exception refused) {
            assertThat(refused.statusCode()).isEqualTo(503);
            return false;
        }
    }

    private static byte[] read(S3Client client, String bucket) {
        return client.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asByteArray();
    }
}
