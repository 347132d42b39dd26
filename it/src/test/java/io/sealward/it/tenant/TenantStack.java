package io.sealward.it.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.sealward.gateway.registry.table.Organization;
import io.sealward.it.cloud.TenantKey;
import io.sealward.it.store.EmbeddedS3Proxy;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.providers.OpenersByType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** A store, a cloud, and a gateway with a registry between them. */
final class TenantStack implements AutoCloseable {
    private static final String DATABASE_PASSWORD = "planted-database-password";
    private static final String REGISTRY_KEY = "planted-registry-key-of-the-test";

    private final TestCloud cloud;
    private final GatewayConfig config;
    private final EmbeddedS3Proxy store = EmbeddedS3Proxy.inMemory();
    private final StringBuilder transcript = new StringBuilder();
    private final List<String> secrets = new ArrayList<>();
    private final Deque<NewAdminKey> organizations = new ArrayDeque<>();
    private Gateway gateway;

    /** @param organizations how many there are, each with an admin key */
    TenantStack(TestCloud cloud, Path folder, KeyCacheConfig cache, int organizations) {
        this.cloud = cloud;
        RegistryConfig registry = RegistryConfig.of(
                "jdbc:h2:file:" + folder.resolve("registry"),
                "sealward",
                new Secret(DATABASE_PASSWORD),
                new Secret(REGISTRY_KEY));
        config = new GatewayConfig(
                S3Listener.loopback(0),
                StoreConfig.of(
                        store.target().endpoint(),
                        store.target().accessKey(),
                        store.target().secretKey()),
                Optional.empty(),
                List.of(),
                cache,
                MultipartConfig.DEFAULT,
                Duration.ZERO,
                Duration.ofSeconds(10),
                Optional.of(new ManagementConfig("127.0.0.1", 0, Optional.empty(), 100, Optional.empty())),
                Optional.of(registry),
                NoticesConfig.NONE,
                AuditConfig.NONE,
                CloudsConfig.NONE,
                StsConfig.NONE);
        secrets.addAll(cloud.secrets());
        secrets.addAll(List.of(DATABASE_PASSWORD, REGISTRY_KEY, store.target().secretKey()));
        bootstrap(registry, organizations);
        gateway = start();
    }

    private void bootstrap(RegistryConfig config, int count) {
        RegistrySettings settings = RegistrySettings.at(
                config.jdbcUrl(),
                config.user(),
                config.password().value(),
                config.encryptionKey().value().getBytes(UTF_8));
        try (Registry registry = Registry.open(settings, keks(), Clock.systemUTC())) {
            for (int i = 0; i < count; i++) {
                Organization organization = registry.organizations().create("organization " + i);
                organizations.add(registry.adminKeys()
                        .create(organization.id(), "bootstrap", AdminKey.Scope.WRITE, new Actor.Gateway()));
            }
        }
    }

    private OpenersByType keks() {
        return new OpenersByType(Map.of(cloud.type(), cloud.opener()));
    }

    private Gateway start() {
        return Gateway.start(config, keks());
    }

    /** The same registry and store, and nothing of the old gateway's memory. */
    void restart() {
        gateway.close();
        gateway = start();
    }

    /** A second gateway on the same registry and store; the caller closes it. */
    Gateway another() {
        return start();
    }

    /** An organization without a key. */
    Admin organization() {
        NewAdminKey key = organizations.remove();
        secrets.add(key.token());
        return new Admin(key.key().organizationId(), key.token());
    }

    /** An organization with a key, a project on it, and its S3 credential. */
    Tenant tenant(Map<String, String> projectOptions) throws IOException {
        Admin admin = organization();
        TenantKey key = cloud.createKey(admin.organizationId());
        String keyId = admin.register(key).ok().path("id").asText();
        Map<String, String> project = new HashMap<>(projectOptions);
        project.put("name", "project");
        project.put("external_key_id", keyId);
        String projectId = admin.client()
                .post("/v1/organization/projects", project)
                .ok()
                .path("id")
                .asText();
        JsonNode credential = admin.client()
                .post("/v1/organization/projects/" + projectId + "/s3_credentials", Map.of("name", "test"))
                .ok();
        String secret = credential.path("secret_access_key").asText();
        // The one answer that must show it.
        int shown = transcript.indexOf(secret);
        transcript.delete(shown, shown + secret.length());
        secrets.add(secret);
        return new Tenant(
                this, admin, key, keyId, credential.path("access_key_id").asText(), secret);
    }

    Tenant tenant() throws IOException {
        return tenant(Map.of());
    }

    /** The same tenant through a credential more. */
    Tenant anotherCredential(Tenant tenant, String project) throws IOException {
        JsonNode credential = tenant.admin()
                .client()
                .post(project + "/s3_credentials", Map.of("name", "more"))
                .ok();
        return new Tenant(
                this,
                tenant.admin(),
                tenant.key(),
                tenant.externalKeyId(),
                credential.path("access_key_id").asText(),
                credential.path("secret_access_key").asText());
    }

    /** All bucket names that were given back have rested from now on, as if their time had passed. */
    void letNamesRest() throws SQLException {
        RegistryConfig registry = config.registry().orElseThrow();
        try (Connection direct = DriverManager.getConnection(registry.jdbcUrl(), registry.user(), DATABASE_PASSWORD);
                Statement statement = direct.createStatement()) {
            statement.executeUpdate("UPDATE released_bucket SET released_at = 0");
        }
    }

    TestCloud cloud() {
        return cloud;
    }

    /** A client of the store, past the gateway. */
    S3Client behind() {
        return SdkClients.sync(store.target());
    }

    S3Target s3(String accessKey, String secretKey) {
        return s3(gateway, accessKey, secretKey);
    }

    static S3Target s3(Gateway gateway, String accessKey, String secretKey) {
        return S3Target.of(URI.create("http://127.0.0.1:" + gateway.s3Address().getPort()), accessKey, secretKey);
    }

    /** All that the management API ever answered, admin keys' and credentials' own announcements aside. */
    String transcript() {
        return transcript.toString();
    }

    /** All that must stay unseen. */
    List<String> secrets() {
        return List.copyOf(secrets);
    }

    @Override
    public void close() {
        gateway.close();
        store.close();
        cloud.close();
    }

    /** Who may call the management API for an organization. */
    final class Admin {
        private final String organizationId;
        private final String token;

        private Admin(String organizationId, String token) {
            this.organizationId = organizationId;
            this.token = token;
        }

        String organizationId() {
            return organizationId;
        }

        AdminClient client() {
            return client(gateway);
        }

        AdminClient client(Gateway gateway) {
            int port = gateway.managementAddress().orElseThrow().getPort();
            return new AdminClient(URI.create("http://127.0.0.1:" + port), token, transcript);
        }

        AdminClient.Answer register(TenantKey key) throws IOException {
            Map<String, String> body = new HashMap<>(key.registration());
            body.put("type", cloud.type());
            body.put("name", "kek");
            return client().post("/v1/organization/external_keys", body);
        }
    }
}
