package io.sealward.it.chaos.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.Gateway;
import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.config.AuditConfig;
import io.sealward.gateway.config.CloudsConfig;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.gateway.config.ManagementConfig;
import io.sealward.gateway.config.MultipartConfig;
import io.sealward.gateway.config.NoticesConfig;
import io.sealward.gateway.config.RegistryConfig;
import io.sealward.gateway.config.S3Listener;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.gateway.config.StsConfig;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.RegistrySettings;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.NewAdminKey;
import io.sealward.it.cloud.aws.AwsFault;
import io.sealward.it.cloud.aws.AwsOperation;
import io.sealward.it.cloud.aws.AwsStandIn;
import io.sealward.it.cloud.aws.FakeAws;
import io.sealward.it.packaged.AdminApi;
import io.sealward.it.packaged.Folder;
import io.sealward.it.packaged.Resources;
import io.sealward.it.packaged.Tenant;
import io.sealward.it.store.EmbeddedS3Proxy;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.providers.OpenersByType;
import io.sealward.providers.aws.AwsEndpoints;
import io.sealward.providers.aws.AwsIdentity;
import io.sealward.providers.aws.AwsOpener;
import io.sealward.providers.aws.AwsSettings;
import io.sealward.providers.resilience.CallLimits;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.h2.tools.Server;
import software.amazon.awssdk.services.s3.S3Client;

/** A gateway in this process with a tenant, and all around it that can fail. */
final class World implements AutoCloseable {
    static final String BUCKET = "chaos";

    private static final String PASSWORD = "world-database-password";
    private static final String REGISTRY_KEY = "world-registry-key-of-the-chaos";
    private static final Duration KMS_ATTEMPT = Duration.ofSeconds(1);
    private static final CallLimits LIMITS = new CallLimits(16, 256, 2, Duration.ofSeconds(3), Duration.ofMillis(1));
    private static final int FARTHEST_HARM = 100_000;

    private final Resources resources = new Resources();
    private final Folder folder;
    private final AwsStandIn cloud = new AwsStandIn();
    private final EmbeddedS3Proxy store;
    private final FaultyLink link;
    private final FaultyKeks keks;
    private final Server database;
    private final Gateway gateway;
    private final AwsStandIn.Key key;
    private final S3Target project;

    private World() throws IOException, SQLException {
        folder = resources.own(() -> Folder.temporary("sealward-chaos-"));
        resources.own(() -> cloud);
        store = resources.own(EmbeddedS3Proxy::inMemory);
        link = resources.own(() -> new FaultyLink(store.target()));
        database = Server.createTcpServer(
                "-tcpPort", "0", "-ifNotExists", "-baseDir", folder.path().toString());
        database.start();
        resources.own(() -> database::stop);
        FakeAws aws = cloud.aws();
        AwsIdentity identity = AwsIdentity.of(aws.gatewayAccessKeyId(), aws.gatewaySecretAccessKey());
        keks = new FaultyKeks(new OpenersByType(Map.of(
                "aws",
                new AwsOpener(new AwsSettings(identity, AwsEndpoints.at(aws.endpoint()), LIMITS, KMS_ATTEMPT)))));
        RegistryConfig registry = RegistryConfig.of(
                "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/./registry",
                "sealward",
                new Secret(PASSWORD),
                new Secret(REGISTRY_KEY));
        NewAdminKey admin = bootstrap(registry);
        gateway = resources.own(() -> Gateway.start(config(registry), keks));
        String organization = admin.key().organizationId();
        key = cloud.createKey(organization);
        Tenant tenant = new Tenant(
                organization,
                "aws",
                key,
                new AdminApi(management(), admin.token()),
                at(gateway.s3Address().getPort()));
        project = tenant.createCredential(tenant.createProject(tenant.register()));
        try (S3Client client = SdkClients.sync(project)) {
            client.createBucket(r -> r.bucket(BUCKET));
        }
    }

    static World start() throws IOException {
        try {
            return new World();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private NewAdminKey bootstrap(RegistryConfig config) {
        RegistrySettings settings =
                RegistrySettings.at(config.jdbcUrl(), config.user(), PASSWORD, REGISTRY_KEY.getBytes(UTF_8));
        try (Registry registry = Registry.open(settings, keks, Clock.systemUTC())) {
            return registry.adminKeys()
                    .create(
                            registry.organizations().create("chaos").id(),
                            "chaos",
                            AdminKey.Scope.WRITE,
                            new Actor.Gateway());
        }
    }

    private GatewayConfig config(RegistryConfig registry) {
        S3Target through = link.target();
        return new GatewayConfig(
                S3Listener.loopback(0),
                StoreConfig.of(through.endpoint(), through.accessKey(), through.secretKey()),
                Optional.empty(),
                List.of(),
                new KeyCacheConfig(
                        Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ZERO, 1),
                MultipartConfig.DEFAULT,
                Duration.ZERO,
                Duration.ofSeconds(1),
                Optional.of(new ManagementConfig("127.0.0.1", 0, Optional.empty(), 100, Optional.empty())),
                Optional.of(registry),
                NoticesConfig.NONE,
                AuditConfig.NONE,
                CloudsConfig.NONE,
                StsConfig.NONE);
    }

    /** The gateway, as the tenant's clients see it. */
    S3Target project() {
        return project;
    }

    /** The store, past the gateway and all faults. */
    S3Target store() {
        return store.target();
    }

    URI management() {
        return at(gateway.managementAddress().orElseThrow().getPort());
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Begins a fault; those of clients are the clients' own. */
    void begin(Fault fault, Random random) {
        switch (fault) {
            case KMS_THROTTLED -> key.throttle();
            case KMS_DEAD -> key.cutOff();
            case KMS_GARBAGE -> kms(AwsFault.garbage());
            case KMS_EXPIRED_TOKEN -> kms(AwsFault.refuse("ExpiredTokenException", 400));
            case KMS_DENIED -> key.disable();
            case KMS_SLOW -> keks.set(FaultyKeks.Trouble.SLOW);
            case KMS_WRONG_PLAINTEXT -> keks.set(FaultyKeks.Trouble.WRONG_PLAINTEXT);
            case KMS_WRONG_CIPHERTEXT -> keks.set(FaultyKeks.Trouble.WRONG_CIPHERTEXT);
            case STORE_REFUSES -> harm(FaultyLink.Kind.REFUSE, random);
            case STORE_RESETS_REQUEST -> harm(FaultyLink.Kind.RESET_REQUEST, random);
            case STORE_RESETS_ANSWER -> harm(FaultyLink.Kind.RESET_ANSWER, random);
            case STORE_TRUNCATES -> harm(FaultyLink.Kind.TRUNCATE, random);
            case STORE_SLOW -> harm(FaultyLink.Kind.SLOW, random);
            case STORE_LIES -> harm(FaultyLink.Kind.FLIP, random);
            case REGISTRY_DOWN -> database.stop();
            case CLIENT_RESETS, CLIENT_CLOCK_JUMPS -> {}
        }
    }

    private void kms(AwsFault fault) {
        key.key().faults().always(AwsOperation.ENCRYPT, fault);
        key.key().faults().always(AwsOperation.DECRYPT, fault);
    }

    /** Early bytes, where heads are, as often as late ones. */
    private void harm(FaultyLink.Kind kind, Random random) {
        link.harm(new FaultyLink.Harm(kind, (long) Math.exp(random.nextDouble() * Math.log(FARTHEST_HARM))));
    }

    /** Ends all faults. */
    void heal() {
        link.heal();
        keks.set(FaultyKeks.Trouble.NONE);
        key.recover();
        key.enable();
        if (!database.isRunning(false)) {
            try {
                database.start();
            } catch (SQLException e) {
                throw new IllegalStateException("the registry does not start again", e);
            }
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
