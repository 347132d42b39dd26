package io.sealward.it.stack;

import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.LocalKekConfig;
import io.sealward.gateway.config.ProjectConfig;
import io.sealward.gateway.config.S3Listener;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.it.store.EmbeddedS3Proxy;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.providers.Kek;
import io.sealward.providers.local.LocalKeystore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A store, a KEK and a gateway in front of the store, for one test class. The store is an embedded one, or the one that
 * the system properties {@code sealward.it.store}, {@code sealward.it.access-key} and {@code sealward.it.secret-key}
 * name.
 */
public final class Stack implements BeforeAllCallback, AfterAllCallback {
    public static final String KEYSTORE_PASSWORD = "stack-password";

    private static final String KEK = "stack-kek";
    private static final String MAIN_PROJECT = "main";
    private static final String OTHER_PROJECT = "other";

    private final UnaryOperator<GatewayConfig> change;
    private final Transport transport;
    private Optional<EmbeddedS3Proxy> embedded = Optional.empty();
    private Path folder;
    private S3Target store;
    private LocalKeystore keystore;
    private Gateway gateway;

    private enum Transport {
        HTTP,
        HTTPS
    }

    private Stack(Transport transport, UnaryOperator<GatewayConfig> change) {
        this.transport = transport;
        this.change = change;
    }

    public static Stack http() {
        return http(config -> config);
    }

    public static Stack http(UnaryOperator<GatewayConfig> change) {
        return new Stack(Transport.HTTP, change);
    }

    public static Stack https() {
        return new Stack(Transport.HTTPS, config -> config);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        start();
    }

    /** For a test that no extension is asked about. */
    public void start() throws Exception {
        folder = Files.createTempDirectory("sealward-it-");
        store = external().orElseGet(() -> {
            embedded = Optional.of(EmbeddedS3Proxy.inMemory());
            return embedded.orElseThrow().target();
        });
        char[] password = KEYSTORE_PASSWORD.toCharArray();
        keystore = LocalKeystore.open(QuickKeystore.at(keystoreFile(), password), password);
        keystore.createKey(KEK);
        gateway = Gateway.start(change.apply(config()));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
    }

    public void stop() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
        if (keystore != null) {
            keystore.close();
        }
        embedded.ifPresent(EmbeddedS3Proxy::close);
        embedded = Optional.empty(); // its objects are in memory, and this is in a static field
    }

    /** The gateway, as the main project sees it. */
    public S3Target gateway() {
        return gateway(MAIN_PROJECT);
    }

    /** The gateway, as a project of another organization sees it. */
    public S3Target otherTenant() {
        return gateway(OTHER_PROJECT);
    }

    public boolean isEmbedded() {
        return embedded.isPresent();
    }

    /** The store itself, as whoever runs it sees it. */
    public S3Target store() {
        return store;
    }

    public S3Client client() {
        return SdkClients.sync(gateway());
    }

    /** A client of the store, to look at what it holds and to tamper with it. Older stores know no trailing checksums. */
    public S3Client behind() {
        return SdkClients.builder(store)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .build();
    }

    /** A new bucket of the main project. */
    public String bucket() {
        return bucketOf(MAIN_PROJECT, gateway());
    }

    /** A new bucket of the other tenant. */
    public String otherBucket() {
        return bucketOf(OTHER_PROJECT, otherTenant());
    }

    /** The KEK that both tenants' objects are sealed under. */
    public Kek kek() {
        return keystore.kek(KEK);
    }

    public void disableKek() throws Exception {
        keystore.disable(KEK);
    }

    public void enableKek() throws Exception {
        keystore.enable(KEK);
    }

    private static String bucketOf(String project, S3Target target) {
        String bucket = project + "-" + UUID.randomUUID();
        try (S3Client client = SdkClients.sync(target)) {
            client.createBucket(r -> r.bucket(bucket));
        }
        return bucket;
    }

    /** Another gateway of the same configuration, as the main project sees it. The caller closes it. */
    public S3Target mainProjectAt(Gateway other) {
        return at(other, MAIN_PROJECT);
    }

    private S3Target gateway(String project) {
        return at(gateway, project);
    }

    private S3Target at(Gateway gateway, String project) {
        return new S3Target(
                URI.create((transport == Transport.HTTPS ? "https" : "http") + "://127.0.0.1:"
                        + gateway.s3Address().getPort()),
                project,
                project + "-secret",
                Optional.empty(),
                transport == Transport.HTTPS ? Optional.of(folder.resolve("tls.crt")) : Optional.empty());
    }

    /** What the gateway was started with, but for what the test changes of it. */
    public GatewayConfig config() throws IOException {
        S3Listener listener = S3Listener.loopback(0);
        return GatewayConfig.of(
                transport == Transport.HTTPS ? listener.withTls(TestCertificate.in(folder)) : listener,
                StoreConfig.of(store.endpoint(), store.accessKey(), store.secretKey()),
                new LocalKekConfig(keystoreFile(), new Secret(KEYSTORE_PASSWORD), KEK),
                List.of(project(MAIN_PROJECT), project(OTHER_PROJECT)));
    }

    private static ProjectConfig project(String name) {
        return ProjectConfig.of("org-" + name, "proj_" + name, name, name + "-secret")
                .withBuckets(List.of(name + "-*"));
    }

    /** The keystore of the KEK. */
    public Path keystoreFile() {
        return folder.resolve("keystore.bcfks");
    }

    private static Optional<S3Target> external() {
        return Optional.ofNullable(System.getProperty("sealward.it.store"))
                .map(endpoint -> S3Target.of(
                        URI.create(endpoint),
                        System.getProperty("sealward.it.access-key"),
                        System.getProperty("sealward.it.secret-key")));
    }
}
