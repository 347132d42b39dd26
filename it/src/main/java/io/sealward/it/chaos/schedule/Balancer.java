package io.sealward.it.chaos.schedule;

import io.sealward.it.packaged.PackagedGateway;
import io.sealward.it.store.S3Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** HAProxy before some gateways, as its defaults are, but that it tries another one where it cannot connect. */
final class Balancer implements AutoCloseable {
    private static final int PORTS_TRIED = 10;
    private static final int PATIENCE = 600;
    private static final long PAUSE_MILLIS = 50;
    private static final String CONFIG = """
            defaults
              mode http
              option redispatch
              timeout connect 5s
              timeout client 60s
              timeout server 60s
            frontend s3
              bind 127.0.0.1:%d
              default_backend nodes
            backend nodes
            %s
            """;

    private final Process process;
    private final URI address;

    private Balancer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "haproxy")));
    }

    /** @param folder for its configuration and what it says */
    static Balancer start(List<PackagedGateway> gateways, Path folder) throws IOException, InterruptedException {
        String servers = IntStream.range(0, gateways.size())
                .mapToObj(i -> "  server node" + i + " " + gateways.get(i).s3().getAuthority())
                .collect(Collectors.joining("\n"));
        Path config = folder.resolve("haproxy.cfg");
        for (int tries = 1; tries <= PORTS_TRIED; tries++) { // a port that was free may be another's by now
            int port = freePort();
            Files.writeString(config, CONFIG.formatted(port, servers));
            Process process = new ProcessBuilder("haproxy", "-f", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("haproxy.log").toFile())
                    .start();
            if (serves(process, port)) {
                return new Balancer(process, URI.create("http://127.0.0.1:" + port));
            }
            process.destroyForcibly();
        }
        throw new IOException("HAProxy does not start: " + Files.readString(folder.resolve("haproxy.log")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean serves(Process process, int port) throws InterruptedException {
        for (int tries = 1; process.isAlive() && tries < PATIENCE; tries++) {
            try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return connected.isConnected() && process.isAlive();
            } catch (IOException notYet) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return false;
    }

    S3Target target(S3Target gateway) {
        return S3Target.of(address, gateway.accessKey(), gateway.secretKey());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
