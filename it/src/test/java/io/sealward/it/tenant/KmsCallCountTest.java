package io.sealward.it.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.config.KeyCacheConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What the tenant's cloud is asked, counted where it arrives. */
class KmsCallCountTest {
    private static final int PROVEN_WRAPS = 20;

    /** No canary runs into the count, nor does anything that is not asked for, and no window ends in it. */
    private static final KeyCacheConfig CACHE = new KeyCacheConfig(
            Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO, PROVEN_WRAPS);

    private static final byte[] CONTENT = {1, 2, 3};

    @SuppressWarnings("ImmutableEnumChecker") // constructors, which hold nothing
    private enum Cloud {
        AWS(folder -> new AwsTestCloud()),
        GCP(GcpTestCloud::new),
        AZURE(folder -> new AzureTestCloud());

        private final Function<Path, TestCloud> start;

        Cloud(Function<Path, TestCloud> start) {
            this.start = start;
        }
    }

    @ParameterizedTest
    @EnumSource
    void perObjectModeAsksOnceForEachPutAndAtMostOnceForEachGet(Cloud cloud, @TempDir Path folder) throws Exception {
        try (TenantStack stack = new TenantStack(cloud.start.apply(folder), folder, CACHE, 1)) {
            Tenant tenant = stack.tenant();
            String bucket = tenant.bucket();
            int objects = 25;
            put(tenant, bucket, "first", 1); // sets up the session, and is proven
            assertThat(calls(tenant, () -> put(tenant, bucket, "k", objects)))
                    .as("and one wrap of twenty is proven")
                    .isEqualTo(objects + objects / PROVEN_WRAPS);
            assertThat(calls(tenant, () -> get(tenant, bucket, "k", objects)))
                    .as("still in the memory of the node that wrote them")
                    .isZero();
            stack.restart();
            get(tenant, bucket, "first", 1);
            assertThat(calls(tenant, () -> get(tenant, bucket, "k", objects))).isEqualTo(objects);
            assertThat(calls(tenant, () -> get(tenant, bucket, "k", objects))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void bucketKeyModeAsksLessThanOnceForAThousandObjects(Cloud cloud, @TempDir Path folder) throws Exception {
        try (TenantStack stack = new TenantStack(cloud.start.apply(folder), folder, CACHE, 1)) {
            Tenant tenant = stack.tenant(Map.of("key_mode", "bucket_key"));
            String bucket = tenant.bucket();
            put(tenant, tenant.bucket(), "first", 1);
            int objects = 1_001;
            assertThat(calls(tenant, () -> put(tenant, bucket, "k", objects)))
                    .as("wrapped, and proven")
                    .isEqualTo(2);
            stack.restart();
            get(tenant, bucket, "k", 1);
            assertThat(calls(tenant, () -> get(tenant, bucket, "k", objects))).isZero();
        }
    }

    private static long calls(Tenant tenant, Runnable work) {
        long before = tenant.key().calls();
        work.run();
        return tenant.key().calls() - before;
    }

    private static void put(Tenant tenant, String bucket, String prefix, int count) {
        try (S3Client client = tenant.client()) {
            for (int i = 0; i < count; i++) {
                String key = prefix + i;
                client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(CONTENT));
            }
        }
    }

    private static void get(Tenant tenant, String bucket, String prefix, int count) {
        try (S3Client client = tenant.client()) {
            for (int i = 0; i < count; i++) {
                assertThat(TenantContract.read(client, bucket, prefix + i)).isEqualTo(CONTENT);
            }
        }
    }
}
