package io.sealward.it.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.it.stack.Stack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Conditions of writes, which only the store can hold to at once with the write. */
class ConditionalWriteTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final RequestBody ONE = RequestBody.fromBytes("one".getBytes(UTF_8));
    private static final RequestBody TWO = RequestBody.fromBytes("two".getBytes(UTF_8));

    @Test
    void anObjectIsReplacedOnlyUnderItsETagAndMadeOnlyOnce() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            client.putObject(r -> r.bucket(bucket).key("k").ifNoneMatch("*"), ONE);
            assertThatThrownBy(() ->
                            client.putObject(r -> r.bucket(bucket).key("k").ifNoneMatch("*"), TWO))
                    .isInstanceOfSatisfying(S3Exception.class, ConditionalWriteTest::isFailedCondition);
            assertThatThrownBy(() ->
                            client.putObject(r -> r.bucket(bucket).key("k").ifMatch("\"other\""), TWO))
                    .isInstanceOfSatisfying(S3Exception.class, ConditionalWriteTest::isFailedCondition);
            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asUtf8String())
                    .isEqualTo("one");

            String etag = client.headObject(r -> r.bucket(bucket).key("k")).eTag();
            assertThat(replaced(client, bucket, etag))
                    .isEqualTo(client.getObjectAsBytes(r -> r.bucket(bucket).key("k"))
                            .asUtf8String());
        }
    }

    /** What must be there now: Ceph 16 compares the ETag with its quotes, and refuses a right one. */
    private static String replaced(S3Client client, String bucket, String etag) {
        try {
            client.putObject(r -> r.bucket(bucket).key("k").ifMatch(etag), TWO);
            return "two";
        } catch (S3Exception refused) {
            isFailedCondition(refused);
            return "one";
        }
    }

    private static void isFailedCondition(S3Exception refused) {
        assertThat(refused.statusCode()).isEqualTo(412);
    }
}
