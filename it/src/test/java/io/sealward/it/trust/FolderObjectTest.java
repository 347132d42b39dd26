package io.sealward.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.config.StoreConfig;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Stack;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Keys that end in a slash as objects like any others: what the store does not keep as it was sent is not acknowledged. */
class FolderObjectTest {
    @RegisterExtension
    static final Stack STACK =
            Stack.http(config -> config.withStore(config.store().withFolderKeys(StoreConfig.FolderKeys.OBJECTS)));

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 100_000})
    void anObjectIsKeptOrRefused(int length) {
        String bucket = STACK.bucket();
        byte[] content = Multipart.random(length, 3);
        try (S3Client client = STACK.client()) {
            try {
                client.putObject(r -> r.bucket(bucket).key("a/"), RequestBody.fromBytes(content));
            } catch (S3Exception refused) {
                assertThat(refused.statusCode()).isEqualTo(501);
                assertThat(refused.getMessage()).contains("store.folder-keys");
                return;
            }
            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("a/")).asByteArray())
                    .isEqualTo(content);
        }
    }
}
