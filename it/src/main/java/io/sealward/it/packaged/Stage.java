package io.sealward.it.packaged;

import io.sealward.it.cloud.StandIn;
import io.sealward.it.cloud.TenantKey;
import io.sealward.it.cloud.pkcs11.SoftHsm;
import io.sealward.it.cloud.pkcs11.SoftToken;
import io.sealward.it.store.Arrivals;
import io.sealward.it.store.EmbeddedS3Proxy;
import io.sealward.it.store.S3Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A store, a cloud in a process of its own, and between them a packaged gateway with organizations. */
public final class Stage {
    private static final Pattern ORGANIZATION = Pattern.compile("(?m)^organization: (.+)$");
    private static final Pattern TOKEN = Pattern.compile("(?m)^token: (.+)$");

    private final String cloudName;
    private final StandIn cloud;
    private final EmbeddedS3Proxy store;
    private final PackagedGateway gateway;
    private final Deque<Admin> admins;

    /** An organization without a key, and who administers it. */
    private record Admin(String organizationId, String token) {}

    private Stage(
            String cloudName, StandIn cloud, EmbeddedS3Proxy store, PackagedGateway gateway, Deque<Admin> admins) {
        this.cloudName = cloudName;
        this.cloud = cloud;
        this.store = store;
        this.gateway = gateway;
        this.admins = admins;
    }

    /**
     * Returns when the gateway serves. All that it starts belongs to the launcher's resources.
     *
     * @param cloudName {@code aws}, {@code gcp}, {@code azure} or {@code vault}; {@code local} for the gateway's own keystore, and
     *     {@code pkcs11} for a token of SoftHSM, if that is installed
     * @param folder for all that is kept
     */
    public static Stage set(Launcher launcher, String cloudName, Path folder, StagePlan plan) throws IOException {
        return set(launcher, cloudName, standIn(launcher, cloudName, folder), folder, plan);
    }

    /** The same, around a cloud that is there. */
    public static Stage set(Launcher launcher, String cloudName, StandIn cloud, Path folder, StagePlan plan)
            throws IOException {
        EmbeddedS3Proxy server = launcher.resources().own(() -> EmbeddedS3Proxy.inFolder(folder.resolve("store")));
        Path config = Files.writeString(
                folder.resolve("sealward.yaml"), configuration(server.target(), plan) + cloud.configuration());
        Deque<Admin> admins = new ArrayDeque<>();
        for (int i = 1; i <= plan.organizations(); i++) {
            admins.add(admin(launcher, config, "Organization " + i));
        }
        PackagedGateway gateway = PackagedGateway.serve(launcher, cloud.environment(), config);
        return new Stage(cloudName, cloud, server, gateway, admins);
    }

    private static StandIn standIn(Launcher launcher, String cloudName, Path folder) throws IOException {
        return switch (cloudName) {
            case "local" -> Keystore.create(launcher, folder);
            case "pkcs11" -> SoftToken.create(SoftHsm.with(folder.resolve("softhsm2.conf")), "sealward", "stage-pin");
            default -> CloudProcess.start(cloudName, folder, launcher.resources());
        };
    }

    private static String configuration(S3Target store, StagePlan plan) {
        return """
                s3:
                  host: 127.0.0.1
                  port: %d
                store:
                  endpoint: %s
                  access-key: %s
                  secret-key: %s
                key-cache:
                  ttl: %ds
                  canary-interval: %ds
                drain-delay: 0s
                drain-timeout: 1s
                management:
                  host: 127.0.0.1
                  port: 0
                registry:
                  jdbc-url: jdbc:h2:file:./registry
                  user: sealward
                  password: stage-database
                  encryption-key: stage-encryption-key
                """.formatted(
                        plan.port(),
                        store.endpoint(),
                        store.accessKey(),
                        store.secretKey(),
                        plan.cached().toSeconds(),
                        plan.canary().toSeconds());
    }

    private static Admin admin(Launcher launcher, Path config, String name) throws IOException {
        String said =
                launcher.run(Map.of(), "admin-key", "create", "--config", config.toString(), "--organization", name);
        return new Admin(first(ORGANIZATION, said), first(TOKEN, said));
    }

    private static String first(Pattern pattern, String text) throws IOException {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IOException("not found: " + pattern + " in " + text);
        }
        return found.group(1).strip();
    }

    /** The next organization, which gets a key in its cloud; nothing of it is registered yet. */
    public Tenant tenant() {
        Admin admin = admins.remove();
        TenantKey key = cloud.createKey(admin.organizationId());
        return new Tenant(
                admin.organizationId(),
                cloudName,
                key,
                new AdminApi(gateway.management(), admin.token()),
                gateway.s3());
    }

    /** The organization's people, without a gateway: as {@link StandIn#ownAccess}. */
    public Map<String, String> ownAccess(Tenant tenant) {
        return cloud.ownAccess(tenant.key().registration());
    }

    /** The store behind the gateway. */
    public S3Target store() {
        return store.target();
    }

    /** When content last arrived at the store. */
    public Arrivals arrivals() {
        return store.arrivals();
    }

    public PackagedGateway gateway() {
        return gateway;
    }
}
