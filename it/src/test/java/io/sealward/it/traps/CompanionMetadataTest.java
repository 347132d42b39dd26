package io.sealward.it.traps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Stack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What describes an object changes with the object and never apart from it. */
class CompanionMetadataTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final byte[] FIRST = Multipart.random(Multipart.SMALLEST_PART_BYTES, 1);
    private static final byte[] SECOND = Multipart.random(Multipart.SMALLEST_PART_BYTES, 2);
    private static final byte[] THIRD = Multipart.random(1_000, 3);

    @Test
    void anUploadedPartThatCompleteLeavesOutIsNotInTheObject() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            Multipart upload = Multipart.begin(client, bucket, "key");
            String first = upload.part(1, FIRST);
            String second = upload.part(2, SECOND);
            upload.part(3, THIRD);
            upload.complete(Map.of(1, first, 2, second));

            assertThat(read(client, bucket)).isEqualTo(Multipart.concat(List.of(FIRST, SECOND)));
        }
    }

    @Test
    void aCompleteThatFailsLeavesTheObjectBeforeItReadable() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            client.putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromBytes(THIRD));
            Multipart upload = Multipart.begin(client, bucket, "key");
            String first = upload.part(1, FIRST);
            upload.part(2, SECOND);

            assertThatThrownBy(() -> upload.complete(Map.of(1, first, 2, "\"0123456789abcdef0123456789abcdef\"")))
                    .isInstanceOf(S3Exception.class)
                    .extracting(e -> ((S3Exception) e).awsErrorDetails().errorCode())
                    .isEqualTo("InvalidPart");
            assertThat(read(client, bucket)).isEqualTo(THIRD);

            upload.complete();
            assertThat(read(client, bucket)).isEqualTo(Multipart.concat(List.of(FIRST, SECOND)));
        }
    }

    @Test
    void ofTwoUploadsToOneKeyTheLastToCompleteIsThereWhole() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            Multipart one = Multipart.begin(client, bucket, "key");
            Multipart other = Multipart.begin(client, bucket, "key");
            one.part(1, FIRST);
            other.part(1, SECOND);
            one.part(2, THIRD);
            other.part(2, THIRD);
            other.complete();
            assertThat(read(client, bucket)).isEqualTo(Multipart.concat(List.of(SECOND, THIRD)));
            one.complete();
            assertThat(read(client, bucket)).isEqualTo(Multipart.concat(List.of(FIRST, THIRD)));
        }
    }

    @Test
    void theStoreHoldsTheObjectsAndNothingBesideThem() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client();
                S3Client behind = STACK.behind()) {
            client.putObject(r -> r.bucket(bucket).key("single"), RequestBody.fromBytes(THIRD));
            Multipart.upload(client, bucket, "parts", List.of(FIRST, THIRD));

            assertThat(behind.listObjectsV2(r -> r.bucket(bucket)).contents())
                    .extracting(S3Object::key)
                    .containsExactlyInAnyOrder("single", "parts");
        }
    }

    private static byte[] read(S3Client client, String bucket) {
        return client.getObjectAsBytes(r -> r.bucket(bucket).key("key")).asByteArray();
    }
}
