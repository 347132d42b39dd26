package io.sealward.it.traps;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.RawObject;
import io.sealward.it.stack.Reading;
import io.sealward.it.stack.Stack;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The sealed DEK belongs to one object of one tenant: under any other name it must not open. */
class MovedSealTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final byte[] CONTENT = Multipart.random(1_000, 3);

    @Test
    void aSealMovedToAnotherKeyBucketOrTenantDoesNotOpen() {
        String bucket = STACK.bucket();
        String otherTenant = STACK.otherBucket();
        try (S3Client client = STACK.client();
                S3Client behind = STACK.behind()) {
            client.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromBytes(CONTENT));
            RawObject raw = RawObject.read(behind, bucket, "a");
            raw.write(behind, bucket, "b");
            raw.write(behind, otherTenant, "a");
        }
        assertThat(Reading.of(STACK.gateway(), bucket, "a").body()).isEqualTo(CONTENT);
        Reading.of(STACK.gateway(), bucket, "b").assertRefused(CONTENT, "InternalError");
        Reading.of(STACK.otherTenant(), otherTenant, "a").assertRefused(CONTENT, "InternalError");
    }

    @Test
    void theSealOfOneObjectOnTheBytesOfAnotherDoesNotOpen() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client();
                S3Client behind = STACK.behind()) {
            client.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromBytes(CONTENT));
            client.putObject(r -> r.bucket(bucket).key("b"), RequestBody.fromBytes(CONTENT));
            RawObject a = RawObject.read(behind, bucket, "a");
            RawObject b = RawObject.read(behind, bucket, "b");
            Map<String, String> seal = new HashMap<>(b.metadata());
            seal.putAll(a.metadata());
            new RawObject(b.bytes(), seal).write(behind, bucket, "a");
        }
        Reading.of(STACK.gateway(), bucket, "a").assertRefused(CONTENT, "InternalError");
    }
}
