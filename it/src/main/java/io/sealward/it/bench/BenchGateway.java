package io.sealward.it.bench;

import io.sealward.crypto.frame.CipherWarmUp;
import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.gateway.config.LocalKekConfig;
import io.sealward.gateway.config.ProjectConfig;
import io.sealward.gateway.config.S3Listener;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is measured, as a child process. Arguments: {@code relay}, or the key mode of the gateway, then the port of the store. Prints
 * its own port, then for each line of input its {@link MemoryPeak}, and ends with the input.
 */
final class BenchGateway {
    static final String ACCESS_KEY = "bench";
    static final String SECRET_KEY = "bench-secret";
    static final String REGION = "us-east-1";
    static final String RELAY = "relay";

    private static final String KEK = "bench-kek";
    private static final String KEYSTORE_PASSWORD = "bench-password";

    private BenchGateway() {}

    public static void main(String[] args) throws IOException, LocalKeystoreException {
        MemoryPeak peak = MemoryPeak.watch();
        int storePort = Integer.parseInt(args[1]);
        if (args[0].equals(RELAY)) {
            System.out.println(RelayServer.start(storePort).getPort());
            serve(peak);
            return;
        }
        Path folder = Files.createTempDirectory("sealward-bench-");
        Path file = folder.resolve("keystore.bcfks");
        try (LocalKeystore keystore = LocalKeystore.openOrCreate(file, KEYSTORE_PASSWORD.toCharArray())) {
            keystore.createKey(KEK);
        }
        CipherWarmUp.run();
        try (Gateway gateway = Gateway.start(config(file, storePort, KeyMode.valueOf(args[0])))) {
            System.out.println(gateway.s3Address().getPort());
            serve(peak);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /** The defaults, with a cache that outlives a run: what is measured is the data path, not the keystore. */
    private static GatewayConfig config(Path keystore, int storePort, KeyMode keyMode) {
        return GatewayConfig.of(
                        S3Listener.loopback(0),
                        StoreConfig.of(URI.create("http://127.0.0.1:" + storePort), "store", "store-secret"),
                        new LocalKekConfig(keystore, new Secret(KEYSTORE_PASSWORD), KEK),
                        List.of(ProjectConfig.of("org-bench", "proj_bench", ACCESS_KEY, SECRET_KEY)
                                .withKeyMode(keyMode)))
                .withKeyCache(KeyCacheConfig.of(
                        Duration.ofHours(1),
                        KeyCacheConfig.DEFAULT.canaryInterval(),
                        KeyCacheConfig.DEFAULT.outageGrace()));
    }

    private static void serve(MemoryPeak peak) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (commands.readLine() != null) {
            System.out.println(peak.line());
        }
    }
}
