package io.sealward.it.hostile;

import io.sealward.it.store.S3Target;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gateway as a user starts it, with two tenants, in front of a store. */
final class GatewayProcess implements AutoCloseable {
    static final int HEAP_MIB = 256;
    static final int DIRECT_MIB = 128;

    private static final Duration START = Duration.ofSeconds(60);
    private static final String CONFIG = """
            s3:
              host: 127.0.0.1
              port: %d
            store:
              endpoint: %s
              access-key: %s
              secret-key: %s
              at-once: {listings: 2} # S3Proxy on these cores: one listing keeps one of them busy
            kek:
              keystore: keystore.bcfks
              password: ${ENV:SEALWARD_KEYSTORE_PASSWORD}
              key: default
            projects:
              - organization: org-hostile
                project: proj_hostile
                credentials:
                  - access-key: hostile
                    secret-key: secret-of-hostile
                buckets: ["hostile*"]
              - organization: org-good
                project: proj_good
                credentials:
                  - access-key: well-behaved
                    secret-key: secret-of-well-behaved
                buckets: ["well-behaved*"]
            management:
              host: 127.0.0.1
              port: %d
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final int managementPort;

    private GatewayProcess(Process process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param launcher {@code gateway/bin/sealward}
     * @param folder for its configuration, keystore and log; one after another may use the same
     */
    static GatewayProcess start(Path launcher, Path folder, S3Target store) throws IOException, InterruptedException {
        int port = freePort();
        int managementPort = freePort();
        Path config = folder.resolve("sealward.yaml");
        Files.writeString(
                config, CONFIG.formatted(port, store.endpoint(), store.accessKey(), store.secretKey(), managementPort));
        createKeystore(launcher, folder);
        GatewayProcess gateway = new GatewayProcess(
                command(folder, launcher, "serve", "--config", config.toString())
                        .start(),
                port,
                managementPort);
        long end = System.nanoTime() + START.toNanos();
        while (!gateway.ready()) {
            if (!gateway.alive() || System.nanoTime() > end) {
                gateway.close();
                throw new IOException("the gateway did not start; see " + folder.resolve("gateway.log"));
            }
            Thread.sleep(100);
        }
        return gateway;
    }

    private static void createKeystore(Path launcher, Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("keystore.bcfks");
        if (!Files.exists(file)) {
            Process keystore = command(folder, launcher, "keystore", "create", "--keystore", file.toString(), "default")
                    .start();
            if (keystore.waitFor() != 0) {
                throw new IOException("the keystore could not be created; see " + folder.resolve("gateway.log"));
            }
        }
    }

    private static ProcessBuilder command(Path folder, Path launcher, String... arguments) {
        ProcessBuilder command = new ProcessBuilder(launcher.toString());
        command.command().addAll(List.of(arguments));
        command.environment()
                .putAll(Map.of(
                        "SEALWARD_KEYSTORE_PASSWORD",
                        "password-of-the-keystore",
                        "SEALWARD_JAVA_OPTS",
                        "-Xms64m -Xmx" + HEAP_MIB + "m -XX:MaxDirectMemorySize=" + DIRECT_MIB + "m"));
        return command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("gateway.log").toFile()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    S3Target target(String tenant) {
        return S3Target.of(URI.create("http://127.0.0.1:" + port), tenant, "secret-of-" + tenant);
    }

    int port() {
        return port;
    }

    boolean alive() {
        return process.isAlive();
    }

    private boolean ready() throws InterruptedException {
        try {
            return get("/readyz").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** @param direct as Netty's allocator counts it */
    record Memory(long heap, long direct) {}

    /** What it uses now, garbage included. */
    Memory memory() throws IOException, InterruptedException {
        String metrics = get("/metrics").body();
        return new Memory(
                sum(metrics, "jvm_memory_used_bytes{area=\"heap\""),
                sum(metrics, "netty_allocator_memory_used{") - sum(metrics, "netty_allocator_memory_used{", "heap"));
    }

    /** Whether nobody is connected, and the store owes nothing. */
    boolean idle() throws IOException, InterruptedException {
        String metrics = get("/metrics").body();
        return Stream.of("connections", "exchanges", "store_requests", "store_waiting")
                .allMatch(name -> sum(metrics, "sealward_" + name + " ") == 0);
    }

    private static long sum(String metrics, String... parts) {
        return (long) metrics.lines()
                .filter(line -> !line.startsWith("#"))
                .filter(line -> List.of(parts).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
