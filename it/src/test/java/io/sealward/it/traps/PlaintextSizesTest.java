package io.sealward.it.traps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Every size that a client sees is the size it sent. */
class PlaintextSizesTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    @Test
    void everyListingHeadAndReadSayTheSizeSent() {
        String bucket = STACK.bucket();
        Map<String, Long> sizes = Stream.of(0, 1, 47, 48, 65_535, 65_536, 65_537, 131_072, 1_000_000)
                .collect(Collectors.toMap(size -> "size-" + size, size -> (long) size));
        try (S3Client client = STACK.client()) {
            sizes.forEach((key, size) ->
                    client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(new byte[size.intValue()])));

            assertThat(listed(client.listObjectsV2(r -> r.bucket(bucket)).contents()))
                    .isEqualTo(sizes);
            assertThat(listed(client.listObjects(r -> r.bucket(bucket)).contents()))
                    .isEqualTo(sizes);
            assertThat(client.listObjectVersions(r -> r.bucket(bucket)).versions().stream()
                            .collect(Collectors.toMap(ObjectVersion::key, ObjectVersion::size)))
                    .isEqualTo(sizes);
            sizes.forEach((key, size) -> {
                assertThat(client.headObject(r -> r.bucket(bucket).key(key)).contentLength())
                        .isEqualTo(size);
                assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key(key))
                                .response()
                                .contentLength())
                        .isEqualTo(size);
            });
        }
    }

    @Test
    void partsAreListedAsTheyWereSentAndNothingBesideThem() {
        String bucket = STACK.bucket();
        int min = Multipart.SMALLEST_PART_BYTES;
        try (S3Client client = STACK.client()) {
            Multipart upload = Multipart.begin(client, bucket, "key");
            upload.part(1, new byte[min]);
            upload.part(2, new byte[min + 65_536]);
            upload.part(3, new byte[1_000]);

            assertThat(client.listParts(r -> r.bucket(bucket).key("key").uploadId(upload.id()))
                            .parts())
                    .extracting(Part::partNumber, Part::size)
                    .containsExactly(tuple(1, (long) min), tuple(2, min + 65_536L), tuple(3, 1_000L));
            upload.complete();
            assertThat(client.headObject(r -> r.bucket(bucket).key("key")).contentLength())
                    .isEqualTo(2L * min + 65_536 + 1_000);
        }
    }

    @Test
    void multipartObjectsAreListedWithTheSizeSent() {
        String bucket = STACK.bucket();
        int min = Multipart.SMALLEST_PART_BYTES;
        try (S3Client client = STACK.client()) {
            Multipart.upload(client, bucket, "short tail", List.of(new byte[min], new byte[1]));
            Multipart.upload(client, bucket, "long tail", List.of(new byte[min], new byte[min + 3]));
            Multipart.upload(client, bucket, "one part", List.of(new byte[min]));
            Multipart.upload(client, bucket, "one small part", List.of(new byte[10]));

            assertThat(listed(client.listObjectsV2(r -> r.bucket(bucket)).contents()))
                    .isEqualTo(Map.of(
                            "short tail",
                            min + 1L,
                            "long tail",
                            2L * min + 3,
                            "one part",
                            (long) min,
                            "one small part",
                            10L));
        }
    }

    private static Map<String, Long> listed(List<S3Object> objects) {
        return objects.stream().collect(Collectors.toMap(S3Object::key, S3Object::size));
    }
}
