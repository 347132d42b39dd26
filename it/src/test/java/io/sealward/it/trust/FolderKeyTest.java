package io.sealward.it.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.it.stack.Stack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Keys that end in a slash, with which clients make folders: whatever a store drops of them, nothing is taken for another. */
class FolderKeyTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    private String bucket;

    @BeforeEach
    void bucket() {
        bucket = STACK.bucket();
    }

    @Test
    void aMarkerIsMadeReadListedAndDeleted() {
        try (S3Client client = STACK.client()) {
            for (int time = 0; time < 2; time++) { // clients make them again and again
                client.putObject(r -> r.bucket(bucket).key("a/b/"), RequestBody.empty());
            }
            client.putObject(r -> r.bucket(bucket).key("a/b/file"), RequestBody.fromBytes(CONTENT));

            HeadObjectResponse head = client.headObject(r -> r.bucket(bucket).key("a/b/"));
            assertThat(head.contentLength()).isZero();
            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("a/b/"))
                            .asByteArray())
                    .isEmpty();
            assertThat(client.listObjectsV2(r -> r.bucket(bucket).prefix("a/b/"))
                            .contents())
                    .extracting(each -> each.key() + " " + each.size())
                    .containsExactly("a/b/ 0", "a/b/file " + CONTENT.length);
            assertThat(client.listObjectsV2(r -> r.bucket(bucket).delimiter("/"))
                            .commonPrefixes())
                    .extracting(each -> each.prefix())
                    .containsExactly("a/");

            client.deleteObject(r -> r.bucket(bucket).key("a/b/"));
            client.deleteObject(r -> r.bucket(bucket).key("a/b/file"));
            assertThat(client.listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
        }
    }

    @Test
    void contentUnderSuchAKeyIsRefusedAndChangesNothing() {
        try (S3Client client = STACK.client()) {
            client.putObject(r -> r.bucket(bucket).key("a/"), RequestBody.empty());
            for (String key : new String[] {"a/", "new/"}) {
                assertThatThrownBy(
                                () -> client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(CONTENT)))
                        .isInstanceOfSatisfying(S3Exception.class, this::isNotImplemented);
                assertThatThrownBy(() -> client.createMultipartUpload(
                                r -> r.bucket(bucket).key(key)))
                        .isInstanceOfSatisfying(S3Exception.class, this::isNotImplemented);
            }
            assertThat(client.listObjectsV2(r -> r.bucket(bucket)).contents())
                    .extracting(each -> each.key() + " " + each.size())
                    .containsExactly("a/ 0");
            assertThat(client.headObject(r -> r.bucket(bucket).key("a/")).contentLength())
                    .isZero();
        }
    }

    private void isNotImplemented(S3Exception refused) {
        assertThat(refused.statusCode()).isEqualTo(501);
        assertThat(refused.getMessage()).contains("store.folder-keys");
    }
}
