package io.sealward.it.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A multipart upload, step by step. */
public final class Multipart {
    /** The smallest part that need not be the last. */
    public static final int SMALLEST_PART_BYTES = 5 << 20;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final String id;
    private final Map<Integer, String> etags = new TreeMap<>();

    private Multipart(S3Client client, String bucket, String key) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        id = client.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
    }

    public static Multipart begin(S3Client client, String bucket, String key) {
        return new Multipart(client, bucket, key);
    }

    /** Uploads parts 1, 2, ... and completes. */
    public static void upload(S3Client client, String bucket, String key, List<byte[]> parts) {
        Multipart upload = begin(client, bucket, key);
        for (int i = 0; i < parts.size(); i++) {
            upload.part(i + 1, parts.get(i));
        }
        upload.complete();
    }

    public String id() {
        return id;
    }

    public String part(int number, byte[] content) {
        String etag = client.uploadPart(
                        r -> r.bucket(bucket).key(key).uploadId(id).partNumber(number), RequestBody.fromBytes(content))
                .eTag();
        etags.put(number, etag);
        return etag;
    }

    /** Completes with all parts uploaded. */
    public CompleteMultipartUploadResponse complete() {
        return complete(etags);
    }

    /** Completes with these parts and ETags. */
    public CompleteMultipartUploadResponse complete(Map<Integer, String> chosen) {
        List<CompletedPart> parts = new ArrayList<>();
        new TreeMap<>(chosen)
                .forEach((number, etag) -> parts.add(
                        CompletedPart.builder().partNumber(number).eTag(etag).build()));
        return client.completeMultipartUpload(
                r -> r.bucket(bucket).key(key).uploadId(id).multipartUpload(u -> u.parts(parts)));
    }

    public static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static byte[] concat(List<byte[]> parts) {
        byte[] whole = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int position = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, position, part.length);
            position += part.length;
        }
        return whole;
    }
}
