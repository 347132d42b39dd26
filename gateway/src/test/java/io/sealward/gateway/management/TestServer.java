package io.sealward.gateway.management;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.config.CloudsConfig;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.management.externalkey.KeyControl;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.registry.KeystoreOpener;
import io.sealward.gateway.registry.Polls;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.TestDatabase;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.NewAdminKey;
import io.sealward.providers.KmsException;
import io.sealward.providers.aws.AwsSetup;
import io.sealward.providers.azure.AzureEnvironment;
import io.sealward.providers.azure.AzureIdentity;
import io.sealward.providers.azure.AzureSetup;
import io.sealward.providers.gcp.GcpSetup;
import io.sealward.providers.gcp.GcpSubject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One gateway's management side, on the real listener. */
final class TestServer implements AutoCloseable {
    static final CloudsConfig CLOUDS = new CloudsConfig(Map.of(
            "aws",
            AwsSetup.of("arn:aws:iam::123456789012:role/sealward-gateway"),
            "gcp",
            GcpSetup.of(GcpSubject.serviceAccount("105900137572174660365")),
            "azure",
            AzureSetup.of(
                    new AzureIdentity.Secret("20a14814-5ab7-4612-a671-1382b412bf93", "unused"),
                    AzureEnvironment.PUBLIC)));

    final Registry registry;
    final Metrics metrics = new Metrics();
    final Map<String, KeyState> states = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<String> removed = new ConcurrentLinkedQueue<>();
    volatile Optional<String> obstacle = Optional.empty();
    volatile Optional<String> notice = Optional.empty();

    private final TestDatabase database;
    private final ManagementServer server;

    TestServer(TestDatabase database, KeystoreOpener opener) {
        this.database = database;
        registry = Registry.open(database.settings(), opener, Clock.systemUTC());
        KeyControl control = new KeyControl() {
            @Override
            public Optional<KeyState> state(String externalKeyId) {
                return Optional.ofNullable(states.get(externalKeyId));
            }

            @Override
            public void proved(KeyStands.Key key, Optional<KmsException> failure) {
                states.put(
                        key.externalKeyId(),
                        KeyState.first(failure, Clock.systemUTC().instant()));
            }
        };
        registry.whenKeyRemoved(removed::add);
        server = ManagementServer.start(
                new ManagementSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.empty(),
                        List.of(
                                new ReadinessCheck("store", true, () -> obstacle),
                                new ReadinessCheck("registry", false, () -> notice)),
                        Optional.empty()),
                Optional.of(new Api(registry, opener, control, new Onboarding(CLOUDS))),
                metrics);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.address().getPort());
    }

    /** What the operator does before anybody can use the API. */
    NewAdminKey bootstrap(String organizationName) {
        return registry.adminKeys()
                .create(
                        registry.organizations().create(organizationName).id(),
                        "first admin key",
                        AdminKey.Scope.WRITE,
                        new Actor.Gateway());
    }

    /** Sees what the other gateways have changed. */
    void catchUp() {
        Polls.poll(registry);
    }

    /** The database, past the registry. */
    Connection connection() throws SQLException {
        return DriverManager.getConnection(
                database.settings().database().jdbcUrl(),
                database.settings().database().user(),
                "");
    }

    @Override
    public void close() {
        server.close();
        registry.close();
        metrics.close();
    }
}
