package io.sealward.it.demo;

import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.gateway.config.LocalKekConfig;
import io.sealward.gateway.config.ProjectConfig;
import io.sealward.gateway.config.S3Listener;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.it.store.EmbeddedS3Proxy;
import io.sealward.it.store.S3Target;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Starts a store, a KEK and a gateway on this machine, gives the tour, and keeps serving until Ctrl-C. */
public final class Demo {
    private static final int FRIENDLY_PORT = 8080;
    private static final String ACCESS_KEY = "demo";
    private static final String SECRET_KEY = "demo-secret";
    private static final String KEYSTORE_PASSWORD = "demo-password";
    private static final String KEK = "demo-kek";

    private Demo() {}

    /**
     * With {@code --once} the program ends after the tour. Exit status: 0 the tour went well, 1 a step failed, 2 unknown
     * argument.
     */
    public static void main(String[] args) throws Exception {
        List<String> arguments = List.of(args);
        if (!List.of("--once").containsAll(arguments)) {
            System.err.println("usage: sealward demo [--once]");
            System.exit(2);
        }
        System.exit(run(!arguments.isEmpty(), System.out) ? 0 : 1);
    }

    private static boolean run(boolean once, PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory("sealward-demo-");
        try (LocalKeystore keystore = keystore(folder);
                EmbeddedS3Proxy store = EmbeddedS3Proxy.inFolder(folder.resolve("store"));
                Gateway gateway = Gateway.start(config(folder, store.target()))) {
            S3Target target = S3Target.of(
                    URI.create("http://127.0.0.1:" + gateway.s3Address().getPort()), ACCESS_KEY, SECRET_KEY);
            out.println("Everything of this demo is in " + folder);
            out.println("  store    " + store.target().endpoint() + "  (S3Proxy, objects are files)");
            out.println("  gateway  " + target.endpoint());
            out.println("  KEK      " + KEK + " in keystore.bcfks");
            boolean shown = new Tour(target, store.target(), keystore, KEK, out).walk();
            if (shown && !once) {
                out.println(PasteLines.of(target));
                out.println("Serving until Ctrl-C.");
                Thread.currentThread().join();
            }
            return shown;
        } finally {
            delete(folder);
        }
    }

    private static LocalKeystore keystore(Path folder) throws LocalKeystoreException {
        LocalKeystore keystore =
                LocalKeystore.openOrCreate(folder.resolve("keystore.bcfks"), KEYSTORE_PASSWORD.toCharArray());
        keystore.createKey(KEK);
        return keystore;
    }

    /** The defaults, but for a key cache of no time: the tour shows at once what a withdrawn KEK does. */
    private static GatewayConfig config(Path folder, S3Target store) throws IOException {
        return GatewayConfig.of(
                        S3Listener.loopback(port()),
                        StoreConfig.of(store.endpoint(), store.accessKey(), store.secretKey()),
                        new LocalKekConfig(folder.resolve("keystore.bcfks"), new Secret(KEYSTORE_PASSWORD), KEK),
                        List.of(ProjectConfig.of("org-demo", "proj_demo", ACCESS_KEY, SECRET_KEY)))
                .withKeyCache(new KeyCacheConfig(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMinutes(5)));
    }

    private static int port() throws IOException {
        for (int port = FRIENDLY_PORT; port < FRIENDLY_PORT + 20; port++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                // taken; the next one may be free
            }
        }
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
