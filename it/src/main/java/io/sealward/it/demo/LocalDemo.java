package io.sealward.it.demo;

import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.gateway.config.LocalKekConfig;
import io.sealward.gateway.config.ProjectConfig;
import io.sealward.gateway.config.S3Listener;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.it.packaged.Folder;
import io.sealward.it.packaged.Resources;
import io.sealward.it.store.EmbeddedS3Proxy;
import io.sealward.it.store.S3Target;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A KEK in a keystore of the gateway's own; all in this process. */
record LocalDemo(Script script) implements DemoKind {
    private static final String ACCESS_KEY = "demo";
    private static final String SECRET_KEY = "demo-secret";
    private static final String KEYSTORE_PASSWORD = "demo-password";
    private static final String KEK = "demo-kek";

    @Override
    public S3Target show(Resources resources, int port) throws IOException, LocalKeystoreException {
        Path folder = resources.own(() -> Folder.temporary("sealward-demo-")).path();
        LocalKeystore keystore = resources.own(() -> keystore(folder));
        EmbeddedS3Proxy store = resources.own(() -> EmbeddedS3Proxy.inFolder(folder.resolve("store")));
        Gateway gateway = resources.own(() -> Gateway.start(config(folder, store.target(), port)));
        S3Target target =
                S3Target.of(URI.create("http://127.0.0.1:" + gateway.s3Address().getPort()), ACCESS_KEY, SECRET_KEY);
        PrintStream out = script.out();
        out.println("Everything of this demo is in " + folder);
        out.println("  store    " + store.target().endpoint() + "  (S3Proxy, objects are files)");
        out.println("  gateway  " + target.endpoint());
        out.println("  KEK      " + KEK + " in keystore.bcfks");
        new Tour(target, store.target(), keystore, KEK, script).walk();
        return target;
    }

    private static LocalKeystore keystore(Path folder) throws LocalKeystoreException {
        LocalKeystore keystore =
                LocalKeystore.openOrCreate(folder.resolve("keystore.bcfks"), KEYSTORE_PASSWORD.toCharArray());
        keystore.createKey(KEK);
        return keystore;
    }

    /** The defaults, but for a key cache of no time: the tour shows at once what a withdrawn KEK does. */
    private static GatewayConfig config(Path folder, S3Target store, int port) {
        return GatewayConfig.of(
                        S3Listener.loopback(port),
                        StoreConfig.of(store.endpoint(), store.accessKey(), store.secretKey()),
                        new LocalKekConfig(folder.resolve("keystore.bcfks"), new Secret(KEYSTORE_PASSWORD), KEK),
                        List.of(ProjectConfig.of("org-demo", "proj_demo", ACCESS_KEY, SECRET_KEY)))
                .withKeyCache(KeyCacheConfig.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMinutes(5)));
    }
}
