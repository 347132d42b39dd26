package io.sealward.it.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Reading;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a tenant is promised when its cloud has trouble: an outage is not a revocation. */
abstract class CloudContract extends TenantContract {
    private static final byte[] CONTENT = Multipart.random(1_000, 9);

    @Test
    void aSpentQuotaTellsClientsToSlowDownAndWithdrawsNothing() throws Exception {
        Tenant tenant = stack.tenant();
        assertOutage(tenant, tenant.key()::throttle, "over its quota");
    }

    @Test
    void aCloudThatDoesNotAnswerTellsClientsToSlowDownAndWithdrawsNothing() throws Exception {
        Tenant tenant = stack.tenant();
        assertOutage(tenant, tenant.key()::cutOff, "cannot be reached");
    }

    private static void assertOutage(Tenant tenant, Runnable trouble, String words) throws Exception {
        String bucket = tenant.bucket();
        try (S3Client client = tenant.client()) {
            client.putObject(r -> r.bucket(bucket).key("cached"), RequestBody.fromBytes(CONTENT));
            trouble.run();
            try {
                S3Exception refused = catchThrowableOfType(
                        S3Exception.class,
                        () -> client.putObject(r -> r.bucket(bucket).key("new"), RequestBody.fromBytes(CONTENT)));
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
                assertThat(refused).hasMessageContaining(words);
                assertThat(Reading.of(tenant.target(), bucket, "cached").body()).isEqualTo(CONTENT);
            } finally {
                tenant.key().recover();
            }
            client.putObject(r -> r.bucket(bucket).key("new"), RequestBody.fromBytes(CONTENT));
        }
    }
}
