package io.sealward.it.tenant;

import io.sealward.it.cloud.TenantKey;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.util.UUID;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** One organization with its key, and one project's way to its data. */
record Tenant(
        TenantStack stack,
        TenantStack.Admin admin,
        TenantKey key,
        String externalKeyId,
        String accessKey,
        String secretKey) {
    S3Target target() {
        return stack.s3(accessKey, secretKey);
    }

    /** Without retries: each call is one request. */
    S3Client client() {
        return SdkClients.builder(target())
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    String bucket() {
        String bucket = "b-" + UUID.randomUUID();
        try (S3Client client = client()) {
            client.createBucket(r -> r.bucket(bucket));
        }
        return bucket;
    }
}
