package io.sealward.it.client;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.crt.S3CrtHttpConfiguration;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** The SDK's transfer manager over the CRT client: parallel parts up, parallel ranges down. All else as {@link AsyncSdk}. */
final class TransferManagerSdk implements ObjectClient {
    private final AsyncSdk rest;
    private final S3AsyncClient crt;
    private final S3TransferManager transfers;

    TransferManagerSdk(S3Target target) {
        rest = new AsyncSdk(target);
        crt = S3AsyncClient.crtBuilder()
                .endpointOverride(target.address())
                .region(Region.of(S3Target.REGION))
                .credentialsProvider(SdkClients.credentials(target))
                .forcePathStyle(true)
                .httpConfiguration(S3CrtHttpConfiguration.builder()
                        .trustAllCertificatesEnabled(target.trustedCertificate().isPresent())
                        .build())
                .build();
        transfers = S3TransferManager.builder().s3Client(crt).build();
    }

    @Override
    public void createBucket(String bucket) {
        rest.createBucket(bucket);
    }

    @Override
    public void put(String bucket, String key, byte[] content, Map<String, String> metadata) {
        rest.put(bucket, key, content, metadata);
    }

    @Override
    public void upload(String bucket, String key, Path file) {
        transfers
                .uploadFile(u ->
                        u.source(file).putObjectRequest(r -> r.bucket(bucket).key(key)))
                .completionFuture()
                .join();
    }

    @Override
    public byte[] get(String bucket, String key) {
        return rest.get(bucket, key);
    }

    @Override
    public void download(String bucket, String key, Path file) {
        transfers
                .downloadFile(d -> d.destination(file)
                        .getObjectRequest(r -> r.bucket(bucket).key(key)))
                .completionFuture()
                .join();
    }

    @Override
    public byte[] range(String bucket, String key, long first, long last) {
        return rest.range(bucket, key, first, last);
    }

    @Override
    public Optional<Described> head(String bucket, String key) {
        return rest.head(bucket, key);
    }

    @Override
    public Map<String, Long> list(String bucket) {
        return rest.list(bucket);
    }

    @Override
    public void delete(String bucket, String key) {
        rest.delete(bucket, key);
    }

    @Override
    public void deleteBucket(String bucket) {
        rest.deleteBucket(bucket);
    }

    @Override
    public URI presignedGet(String bucket, String key) {
        return rest.presignedGet(bucket, key);
    }

    @Override
    public void close() {
        transfers.close();
        crt.close();
        rest.close();
    }
}
