package io.sealward.it.store;

import java.nio.file.Path;

/**
 * The embedded store as a process of its own, for clients and benchmarks outside this JVM. Its first line of output is
 * {@code endpoint access-key secret-key}; it serves until it is killed.
 */
final class StoreServer {
    private StoreServer() {}

    /** With an argument the objects are kept in that folder, without one in memory. */
    public static void main(String[] args) throws InterruptedException {
        try (EmbeddedS3Proxy store =
                args.length == 0 ? EmbeddedS3Proxy.inMemory() : EmbeddedS3Proxy.inFolder(Path.of(args[0]))) {
            S3Target target = store.target();
            System.out.println(target.endpoint() + " " + target.accessKey() + " " + target.secretKey());
            Thread.currentThread().join();
        }
    }
}
