package io.sealward.it.client;

import io.minio.DownloadObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveBucketArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.sealward.it.store.PemTrust;
import io.sealward.it.store.S3Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** MinIO's client for Java. */
final class MinioSdk implements ObjectClient {
    private final MinioClient minio;

    MinioSdk(S3Target target) {
        MinioClient.Builder builder = MinioClient.builder()
                .endpoint(target.address().toString())
                .region(S3Target.REGION)
                .credentials(target.accessKey(), target.secretKey());
        target.trustedCertificate().ifPresent(pem -> builder.httpClient(trusting(pem)));
        minio = builder.build();
    }

    private static OkHttpClient trusting(Path pem) {
        return new OkHttpClient.Builder()
                .sslSocketFactory(
                        PemTrust.context(pem).getSocketFactory(), (X509TrustManager) PemTrust.managers(pem)[0])
                .build();
    }

    @Override
    public void createBucket(String bucket) {
        call(() -> {
            minio.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            return bucket;
        });
    }

    @Override
    public void put(String bucket, String key, byte[] content, Map<String, String> metadata) {
        call(() -> minio.putObject(PutObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .userMetadata(metadata)
                .data(content, content.length)
                .build()));
    }

    @Override
    public void upload(String bucket, String key, Path file) {
        call(() -> minio.uploadObject(UploadObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .filename(file.toString(), 5 << 20)
                .build()));
    }

    @Override
    public byte[] get(String bucket, String key) {
        return read(GetObjectArgs.builder().bucket(bucket).object(key).build());
    }

    @Override
    public void download(String bucket, String key, Path file) {
        call(() -> {
            minio.downloadObject(DownloadObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .filename(file.toString())
                    .overwrite(true)
                    .build());
            return file;
        });
    }

    @Override
    public byte[] range(String bucket, String key, long first, long last) {
        return read(GetObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .offset(first)
                .length(last - first + 1)
                .build());
    }

    private byte[] read(GetObjectArgs request) {
        return call(() -> {
            try (InputStream in = minio.getObject(request)) {
                return in.readAllBytes();
            }
        });
    }

    @Override
    public Optional<Described> head(String bucket, String key) {
        return call(() -> {
            try {
                StatObjectResponse head = minio.statObject(
                        StatObjectArgs.builder().bucket(bucket).object(key).build());
                Map<String, String> metadata = new HashMap<>();
                head.headers().forEach(header -> {
                    if (header.getFirst().startsWith("x-amz-meta-")) {
                        metadata.put(header.getFirst().substring("x-amz-meta-".length()), header.getSecond());
                    }
                });
                return Optional.of(new Described(head.size(), head.etag(), metadata));
            } catch (ErrorResponseException e) {
                if (e.errorResponse().code().equals("NoSuchKey")) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public Map<String, Long> list(String bucket) {
        return call(() -> {
            Map<String, Long> sizes = new HashMap<>();
            for (Result<Item> item : minio.listObjects(
                    ListObjectsArgs.builder().bucket(bucket).recursive(true).build())) {
                sizes.put(item.get().objectName(), item.get().size());
            }
            return sizes;
        });
    }

    @Override
    public void delete(String bucket, String key) {
        call(() -> {
            minio.removeObject(
                    RemoveObjectArgs.builder().bucket(bucket).object(key).build());
            return key;
        });
    }

    @Override
    public void deleteBucket(String bucket) {
        call(() -> {
            minio.removeBucket(RemoveBucketArgs.builder().bucket(bucket).build());
            return bucket;
        });
    }

    @Override
    public URI presignedGet(String bucket, String key) {
        return call(() -> URI.create(minio.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                .method(Http.Method.GET)
                .bucket(bucket)
                .object(key)
                .build())));
    }

    @Override
    public void close() {
        try {
            minio.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T call(Callable<T> request) {
        try {
            return request.call();
        } catch (MinioException | IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
