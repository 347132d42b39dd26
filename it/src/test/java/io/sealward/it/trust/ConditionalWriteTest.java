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
            client.putObject(r -> r.bucket(bucket).key("k").ifMatch(etag), TWO);
            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("k")).asUtf8String())
                    .isEqualTo("two");
        }
    }

    private static void isFailedCondition(S3Exception refused) {
        assertThat(refused.statusCode()).isEqualTo(412);
    }
}
