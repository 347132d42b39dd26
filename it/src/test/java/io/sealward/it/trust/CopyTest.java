package io.sealward.it.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.RawObject;
import io.sealward.it.stack.Stack;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What stores make of a copy: the bytes of one object, the metadata of the request, and nothing where that is refused. */
class CopyTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final int PART = Multipart.SMALLEST_PART_BYTES;

    private static byte[] get(S3Client client, String bucket, String key) {
        return client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
    }

    private static void copy(S3Client client, String bucket, String from, String to) {
        client.copyObject(r ->
                r.sourceBucket(bucket).sourceKey(from).destinationBucket(bucket).destinationKey(to));
    }

    @Test
    void theFramesStayAndTheMetadataGoesWithThem() {
        String bucket = STACK.bucket();
        String other = STACK.bucket();
        byte[] content = Multipart.random(200_000, 1);
        try (S3Client client = STACK.client();
                S3Client behind = STACK.behind()) {
            client.putObject(
                    r -> r.bucket(bucket)
                            .key("a b/ü+%")
                            .contentType("text/plain")
                            .cacheControl("no-cache")
                            .contentLanguage("de")
                            .metadata(Map.of("colour", "blue")),
                    RequestBody.fromBytes(content));
            client.copyObject(r -> r.sourceBucket(bucket)
                    .sourceKey("a b/ü+%")
                    .destinationBucket(other)
                    .destinationKey("to"));

            assertThat(get(client, other, "to")).isEqualTo(content);
            HeadObjectResponse head = client.headObject(r -> r.bucket(other).key("to"));
            assertThat(head.contentType()).isEqualTo("text/plain");
            assertThat(head.cacheControl()).isEqualTo("no-cache");
            assertThat(head.contentLanguage()).isEqualTo("de");
            assertThat(head.metadata()).isEqualTo(Map.of("colour", "blue"));
            assertThat(RawObject.read(behind, other, "to").bytes())
                    .isEqualTo(RawObject.read(behind, bucket, "a b/ü+%").bytes());

            client.copyObject(r -> r.sourceBucket(other)
                    .sourceKey("to")
                    .destinationBucket(other)
                    .destinationKey("to")
                    .metadataDirective(MetadataDirective.REPLACE)
                    .contentType("text/html")
                    .metadata(Map.of("shape", "round")));
            head = client.headObject(r -> r.bucket(other).key("to"));
            assertThat(head.contentType()).isEqualTo("text/html");
            assertThat(head.metadata()).isEqualTo(Map.of("shape", "round"));
            assertThat(get(client, other, "to")).isEqualTo(content);
        }
    }

    @Test
    void anObjectOfPartsKeepsItsPartsAndItsLength() {
        String bucket = STACK.bucket();
        List<byte[]> parts =
                List.of(Multipart.random(PART + 77, 1), Multipart.random(PART + 11, 2), Multipart.random(100_000, 3));
        byte[] content = Multipart.concat(parts);
        try (S3Client client = STACK.client()) {
            Multipart.upload(client, bucket, "a", parts);
            copy(client, bucket, "a", "b");
            copy(client, bucket, "b", "c");

            assertThat(client.headObject(r -> r.bucket(bucket).key("c")).contentLength())
                    .isEqualTo(content.length);
            assertThat(client.getObjectAsBytes(
                                    r -> r.bucket(bucket).key("c").range("bytes=" + (PART + 70) + "-" + (PART + 90)))
                            .asByteArray())
                    .isEqualTo(Arrays.copyOfRange(content, PART + 70, PART + 91));
            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("c").partNumber(2))
                            .asByteArray())
                    .isEqualTo(parts.get(1));
            assertThat(get(client, bucket, "c")).isEqualTo(content);
            assertThat(client.listObjectsV2(r -> r.bucket(bucket)).contents().stream()
                            .map(object -> object.size())
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void partsAreCopiedFromAnyPlace() {
        String bucket = STACK.bucket();
        byte[] content = Multipart.random(PART + 100_000, 1);
        try (S3Client client = STACK.client()) {
            client.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromBytes(content));
            String id =
                    client.createMultipartUpload(r -> r.bucket(bucket).key("b")).uploadId();
            List<CompletedPart> parts = List.of("bytes=77-" + (PART + 90_000), "bytes=0-0").stream()
                    .map(range -> {
                        int number = range.equals("bytes=0-0") ? 2 : 1;
                        String etag = client.uploadPartCopy(r -> r.sourceBucket(bucket)
                                        .sourceKey("a")
                                        .destinationBucket(bucket)
                                        .destinationKey("b")
                                        .uploadId(id)
                                        .partNumber(number)
                                        .copySourceRange(range))
                                .copyPartResult()
                                .eTag();
                        return CompletedPart.builder()
                                .partNumber(number)
                                .eTag(etag)
                                .build();
                    })
                    .toList();
            client.completeMultipartUpload(
                    r -> r.bucket(bucket).key("b").uploadId(id).multipartUpload(m -> m.parts(parts)));
            byte[] expected = Arrays.copyOf(Arrays.copyOfRange(content, 77, PART + 90_001), PART + 90_001 - 77 + 1);
            expected[expected.length - 1] = content[0];
            assertThat(get(client, bucket, "b")).isEqualTo(expected);
        }
    }

    @Test
    void foldersAndEmptyObjects() {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            for (String key : List.of("folder/", "empty")) {
                client.putObject(r -> r.bucket(bucket).key(key), RequestBody.empty());
            }
            copy(client, bucket, "folder/", "moved/");
            copy(client, bucket, "empty", "made/");
            copy(client, bucket, "empty", "other");
            for (String key : List.of("moved/", "made/", "other")) {
                assertThat(get(client, bucket, key)).isEmpty();
            }
        }
    }

    @Test
    void nobodyCopiesWhatIsAnothers() {
        String bucket = STACK.bucket();
        String other = STACK.otherBucket();
        try (S3Client client = STACK.client()) {
            client.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromString("mine"));
            assertThatThrownBy(() -> client.copyObject(r -> r.sourceBucket(other)
                            .sourceKey("a")
                            .destinationBucket(bucket)
                            .destinationKey("b")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
            assertThatThrownBy(() -> client.copyObject(r -> r.sourceBucket(bucket)
                            .sourceKey("a")
                            .destinationBucket(other)
                            .destinationKey("b")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        }
    }

    /** Whether or not the store holds to the ETag that it is given. */
    @Test
    void copiesOfWhatIsOverwrittenMeanwhileOpen() {
        String bucket = STACK.bucket();
        byte[] one = Multipart.random(100_000, 1);
        byte[] two = Multipart.random(150_000, 2);
        AtomicBoolean done = new AtomicBoolean();
        try (S3Client client = STACK.client();
                S3Client writer = STACK.client()) {
            writer.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromBytes(one));
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    writer.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromBytes(two));
                    writer.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromBytes(one));
                }
            });
            Random random = new Random(3);
            for (int i = 0; i < 50; i++) {
                String to = "b" + random.nextInt(2);
                try {
                    copy(client, bucket, "a", to);
                    assertThat(get(client, bucket, to)).isIn(one, two);
                } catch (S3Exception busy) { // overwritten three times: said, and not hidden
                    assertThat(busy.statusCode()).isEqualTo(503);
                }
            }
            done.set(true);
            writing.join();
        }
    }
}
