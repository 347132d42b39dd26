package io.sealward.it.client;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.AttributeMap;

/** AWS SDK for Java 2, asynchronous, with multipart uploads and downloads switched on. */
final class AsyncSdk implements ObjectClient {
    private final SdkAsyncHttpClient http;
    private final S3AsyncClient s3;
    private final S3Presigner presigner;

    AsyncSdk(S3Target target) {
        // The CRT takes no trust manager; the certificate is checked by the other clients.
        http = AwsCrtAsyncHttpClient.builder()
                .buildWithDefaults(AttributeMap.builder()
                        .put(
                                SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES,
                                target.trustedCertificate().isPresent())
                        .build());
        s3 = S3AsyncClient.builder()
                .endpointOverride(target.address())
                .region(Region.of(S3Target.REGION))
                .credentialsProvider(SdkClients.credentials(target))
                .forcePathStyle(true)
                .multipartEnabled(true)
                .httpClient(http)
                .build();
        presigner = SdkClients.presigner(target);
    }

    @Override
    public void createBucket(String bucket) {
        s3.createBucket(r -> r.bucket(bucket)).join();
    }

    @Override
    public void put(String bucket, String key, byte[] content, Map<String, String> metadata) {
        s3.putObject(r -> r.bucket(bucket).key(key).metadata(metadata), AsyncRequestBody.fromBytes(content))
                .join();
    }

    @Override
    public void upload(String bucket, String key, Path file) {
        s3.putObject(r -> r.bucket(bucket).key(key), AsyncRequestBody.fromFile(file))
                .join();
    }

    @Override
    public byte[] get(String bucket, String key) {
        return s3.getObject(r -> r.bucket(bucket).key(key), AsyncResponseTransformer.toBytes())
                .join()
                .asByteArray();
    }

    @Override
    public void download(String bucket, String key, Path file) {
        s3.getObject(r -> r.bucket(bucket).key(key), AsyncResponseTransformer.toFile(file))
                .join();
    }

    @Override
    public byte[] range(String bucket, String key, long first, long last) {
        return s3.getObject(
                        r -> r.bucket(bucket).key(key).range("bytes=" + first + "-" + last),
                        AsyncResponseTransformer.toBytes())
                .join()
                .asByteArray();
    }

    @Override
    public Optional<Described> head(String bucket, String key) {
        try {
            HeadObjectResponse head =
                    s3.headObject(r -> r.bucket(bucket).key(key)).join();
            return Optional.of(new Described(head.contentLength(), head.eTag(), head.metadata()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof NoSuchKeyException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Map<String, Long> list(String bucket) {
        return s3.listObjectsV2(r -> r.bucket(bucket)).join().contents().stream()
                .collect(Collectors.toMap(S3Object::key, S3Object::size));
    }

    @Override
    public void delete(String bucket, String key) {
        s3.deleteObject(r -> r.bucket(bucket).key(key)).join();
    }

    @Override
    public void deleteBucket(String bucket) {
        s3.deleteBucket(r -> r.bucket(bucket)).join();
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
        http.close();
        presigner.close();
    }
}
