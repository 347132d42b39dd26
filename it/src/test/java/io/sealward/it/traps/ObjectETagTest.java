package io.sealward.it.traps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Stack;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One ETag for one object, wherever it is told; nobody takes it for an MD5; conditions on it hold. */
class ObjectETagTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final byte[] CONTENT = Multipart.random(1_000, 7);
    private static final String QUOTED_AND_NO_MD5 = "\"(?![0-9a-f]{32}\")[^\"]+\"";

    @Test
    void theSameETagEverywhereAndNotAnMd5() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            String put = client.putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromBytes(CONTENT))
                    .eTag();

            assertThat(put).matches(QUOTED_AND_NO_MD5);
            assertThat(client.headObject(r -> r.bucket(bucket).key("key")).eTag())
                    .isEqualTo(put);
            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("key"))
                            .response()
                            .eTag())
                    .isEqualTo(put);
            assertThat(client.listObjectsV2(r -> r.bucket(bucket))
                            .contents()
                            .get(0)
                            .eTag())
                    .isEqualTo(put);
            assertThat(client.listObjects(r -> r.bucket(bucket))
                            .contents()
                            .get(0)
                            .eTag())
                    .isEqualTo(put);
        }
    }

    @Test
    void partsAndTheirObjectToo() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            Multipart upload = Multipart.begin(client, bucket, "key");
            String part = upload.part(1, CONTENT);
            assertThat(part).matches(QUOTED_AND_NO_MD5);
            String listed = client.listParts(r -> r.bucket(bucket).key("key").uploadId(upload.id()))
                    .parts()
                    .get(0)
                    .eTag();
            assertThat(listed).matches(QUOTED_AND_NO_MD5);
            // the receipt behind it is the client's alone
            assertThat(part).startsWith(listed.substring(0, listed.lastIndexOf('-') + 1));

            String completed = upload.complete().eTag();
            assertThat(client.headObject(r -> r.bucket(bucket).key("key")).eTag())
                    .isEqualTo(completed);
            assertThat(client.listObjectsV2(r -> r.bucket(bucket))
                            .contents()
                            .get(0)
                            .eTag())
                    .isEqualTo(completed);
        }
    }

    @Test
    void readsAreConditionalOnIt() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            String etag = client.putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromBytes(CONTENT))
                    .eTag();
            String bare = etag.substring(1, etag.length() - 1);

            for (String match : List.of(etag, bare, "*", "\"other\", " + etag)) {
                assertThat(client.getObjectAsBytes(
                                        r -> r.bucket(bucket).key("key").ifMatch(match))
                                .asByteArray())
                        .as("If-Match: %s", match)
                        .isEqualTo(CONTENT);
                assertStatus(
                        304,
                        () -> client.getObjectAsBytes(
                                r -> r.bucket(bucket).key("key").ifNoneMatch(match)));
                assertStatus(
                        304,
                        () -> client.headObject(r -> r.bucket(bucket).key("key").ifNoneMatch(match)));
            }
            assertStatus(
                    412,
                    () -> client.getObjectAsBytes(
                            r -> r.bucket(bucket).key("key").ifMatch("\"other\"")));
            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("key").ifNoneMatch("\"other\""))
                            .asByteArray())
                    .isEqualTo(CONTENT);
        }
    }

    @Test
    void anIfNoneMatchIsNeverIgnoredOnAWrite() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            client.putObject(r -> r.bucket(bucket).key("lock"), RequestBody.fromBytes(CONTENT));

            assertThatThrownBy(() -> client.putObject(
                            r -> r.bucket(bucket).key("lock").ifNoneMatch("*"), RequestBody.fromString("overwritten")))
                    .isInstanceOf(S3Exception.class);
            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("lock"))
                            .asByteArray())
                    .isEqualTo(CONTENT);
        }
    }

    private static void assertStatus(int status, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOf(S3Exception.class)
                .extracting(e -> ((S3Exception) e).statusCode())
                .isEqualTo(status);
    }
}
