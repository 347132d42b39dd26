package io.sealward.it.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** S3Proxy inside this process, on a loopback port of the system's choice. */
public final class EmbeddedS3Proxy implements AutoCloseable {
    private static final String ACCESS_KEY = "store-user";
    private static final String SECRET_KEY = "store-secret";
    private static final long LARGEST_OBJECT_BYTES = 5L << 30;

    private final S3Proxy server;
    private final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of(ACCESS_KEY, SECRET_KEY));

    private final Arrivals arrivals = new Arrivals();

    private EmbeddedS3Proxy(BlobStore kept) {
        BlobStore blobs = new AtomicConditions(arrivals.watching(kept));
        server = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .v4MaxNonChunkedRequestSize(LARGEST_OBJECT_BYTES)
                .maxSinglePartObjectSize(LARGEST_OBJECT_BYTES)
                .ignoreUnknownHeaders(true)
                .build();
        server.setBlobStoreLocator((accessKey, bucket, key) ->
                secrets.containsKey(accessKey) ? new AccessGrant(secrets.get(accessKey), blobs) : null);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded store does not start", e);
        }
    }

    /** Keeps its objects in memory, and forgets them when it is closed. */
    public static EmbeddedS3Proxy inMemory() {
        return new EmbeddedS3Proxy(new TransientNio2BlobStore());
    }

    /** Keeps its objects as files: one folder for each bucket. */
    public static EmbeddedS3Proxy inFolder(Path folder) {
        try {
            return new EmbeddedS3Proxy(
                    new FilesystemNio2BlobStore(Files.createDirectories(folder).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When content last arrived. */
    public Arrivals arrivals() {
        return arrivals;
    }

    public S3Target target() {
        return target(ACCESS_KEY, SECRET_KEY);
    }

    /** Lets another access key do what the first may, and hands it out. */
    public S3Target grant(String accessKey, String secretKey) {
        secrets.put(accessKey, secretKey);
        return target(accessKey, secretKey);
    }

    private S3Target target(String accessKey, String secretKey) {
        return S3Target.of(URI.create("http://127.0.0.1:" + server.getPort()), accessKey, secretKey);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded store does not stop", e);
        }
    }
}
