package io.sealward.it.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What every S3 client can do, whatever it calls it. */
interface ObjectClient extends AutoCloseable {
    /** What HEAD tells of an object. */
    record Described(long size, String etag, Map<String, String> metadata) {}

    void createBucket(String bucket);

    void put(String bucket, String key, byte[] content, Map<String, String> metadata);

    /** In parts, as the client chooses to do it with its default options. */
    void upload(String bucket, String key, Path file);

    byte[] get(String bucket, String key);

    void download(String bucket, String key, Path file);

    byte[] range(String bucket, String key, long first, long last);

    /** Empty if there is no such object. */
    Optional<Described> head(String bucket, String key);

    /** Keys and sizes. */
    Map<String, Long> list(String bucket);

    void delete(String bucket, String key);

    void deleteBucket(String bucket);

    URI presignedGet(String bucket, String key);

    @Override
    void close();
}
