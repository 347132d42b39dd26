package io.sealward.it.client;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** AWS SDK for Java 2, synchronous. */
final class SyncSdk implements ObjectClient {
    private static final int PART_BYTES = 5 << 20;

    private final S3Client s3;
    private final S3Presigner presigner;

    SyncSdk(S3Target target) {
        s3 = SdkClients.sync(target);
        presigner = SdkClients.presigner(target);
    }

    @Override
    public void createBucket(String bucket) {
        s3.createBucket(r -> r.bucket(bucket));
    }

    @Override
    public void put(String bucket, String key, byte[] content, Map<String, String> metadata) {
        s3.putObject(r -> r.bucket(bucket).key(key).metadata(metadata), RequestBody.fromBytes(content));
    }

    @Override
    public void upload(String bucket, String key, Path file) {
        String id = s3.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] bytes = in.readNBytes(PART_BYTES); bytes.length > 0; bytes = in.readNBytes(PART_BYTES)) {
                int number = parts.size() + 1;
                String etag = s3.uploadPart(
                                r -> r.bucket(bucket).key(key).uploadId(id).partNumber(number),
                                RequestBody.fromBytes(bytes))
                        .eTag();
                parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        s3.completeMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(id).multipartUpload(u -> u.parts(parts)));
    }

    @Override
    public byte[] get(String bucket, String key) {
        return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
    }

    @Override
    public void download(String bucket, String key, Path file) {
        s3.getObject(r -> r.bucket(bucket).key(key), file);
    }

    @Override
    public byte[] range(String bucket, String key, long first, long last) {
        return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key).range("bytes=" + first + "-" + last))
                .asByteArray();
    }

    @Override
    public Optional<Described> head(String bucket, String key) {
        try {
            HeadObjectResponse head = s3.headObject(r -> r.bucket(bucket).key(key));
            return Optional.of(new Described(head.contentLength(), head.eTag(), head.metadata()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    @Override
    public Map<String, Long> list(String bucket) {
        return s3.listObjectsV2Paginator(r -> r.bucket(bucket)).contents().stream()
                .collect(Collectors.toMap(S3Object::key, S3Object::size));
    }

    @Override
    public void delete(String bucket, String key) {
        s3.deleteObject(r -> r.bucket(bucket).key(key));
    }

    @Override
    public void deleteBucket(String bucket) {
        s3.deleteBucket(r -> r.bucket(bucket));
    }

    @Override
    public URI presignedGet(String bucket, String key) {
        return URI.create(presigner
                .presignGetObject(r -> r.signatureDuration(Duration.ofMinutes(5))
                        .getObjectRequest(g -> g.bucket(bucket).key(key)))
                .url()
                .toString());
    }

    @Override
    public void close() {
        s3.close();
        presigner.close();
    }
}
