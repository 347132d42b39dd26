package io.sealward.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code sealward.yaml}. What each key means is told in {@code conf/sealward.yaml} and on the records. */
public final class ConfigFile {
    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final int MAX_AT_ONCE = 1_000_000;
    private static final int MAX_QUOTA = 1_000_000;
    private static final int MIN_SECRET_BYTES = 16;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]+");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern JDBC_URL = Pattern.compile("jdbc:(h2|postgresql):.+");

    private ConfigFile() {}

    /**
     * Reads a file, with the process's environment for its secrets. Relative paths in it start at the file's own folder.
     *
     * @throws ConfigException with one line that says where and what is wrong
     */
    public static GatewayConfig read(Path file) {
        return read(file, System.getenv());
    }

    static GatewayConfig read(Path file, Map<String, String> environment) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new ConfigException(file + ": is larger than 1 MiB");
            }
            Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
            return parse(Files.readString(file), new ConfigSource(file.toString(), folder, environment));
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read");
        }
    }

    private static GatewayConfig parse(String yaml, ConfigSource source) {
        try {
            Node root = new Compose(LoadSettings.builder()
                            .setLabel(source.name())
                            .setMaxAliasesForCollections(0)
                            .build())
                    .composeString(yaml)
                    .orElseThrow(() -> new ConfigException(source.name() + ":1: the file is empty"));
            return gateway(new Section(source, root, ""));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConfigException(source.name() + ":" + line + ": is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ConfigException(source.name() + ":1: is not YAML");
        }
    }

    private static GatewayConfig gateway(Section top) {
        GatewayConfig config = new GatewayConfig(
                s3(top.section("s3")),
                store(top.section("store").orElseThrow(() -> top.missing("store"))),
                top.section("kek").map(ConfigFile::kek),
                ProjectsSection.read(top),
                keyCache(top.section("key-cache")),
                multipart(top.section("multipart")),
                top.duration("drain-delay", Duration.ZERO, HOUR).orElse(GatewayConfig.DEFAULT_DRAIN_DELAY),
                top.duration("drain-timeout", Duration.ZERO, HOUR).orElse(GatewayConfig.DEFAULT_DRAIN_TIMEOUT),
                top.section("management").map(ConfigFile::management),
                top.section("registry").map(ConfigFile::registry),
                top.section("notices").map(NoticesSection::read).orElse(NoticesConfig.NONE),
                top.section("audit").map(AuditSection::read).orElse(AuditConfig.NONE),
                top.section("clouds").map(CloudsConfig::read).orElse(CloudsConfig.NONE),
                top.section("sts").map(StsSection::read).orElse(StsConfig.NONE));
        top.end();
        StsSection.check(top, config.sts(), config.projects());
        if (config.projects().isEmpty() && config.registry().isEmpty()) {
            throw top.error("projects", "is missing, and there is no registry: nobody could sign in");
        }
        if (!config.projects().isEmpty() && config.registry().isPresent()) {
            throw top.error("projects", "cannot be combined with a registry: make them with the management API");
        }
        return config;
    }

    private static S3Listener s3(Optional<Section> given) {
        if (given.isEmpty()) {
            return new S3Listener(
                    S3Listener.DEFAULT_HOST,
                    S3Listener.DEFAULT_PORT,
                    Optional.empty(),
                    List.of(),
                    S3Listener.AnonymousReads.REFUSED,
                    LimitsConfig.DEFAULT);
        }
        Section s3 = given.get();
        S3Listener listener = new S3Listener(
                s3.text("host", HOST, "a host name or an IP address").orElse(S3Listener.DEFAULT_HOST),
                s3.integer("port", 0, 65535).orElse(S3Listener.DEFAULT_PORT),
                s3.section("tls").map(ConfigFile::tls),
                s3.texts("domains", DOMAIN, "a domain name in lower case"),
                s3.choice("anonymous-reads", S3Listener.AnonymousReads.class).orElse(S3Listener.AnonymousReads.REFUSED),
                s3.section("limits").map(ConfigFile::limits).orElse(LimitsConfig.DEFAULT));
        s3.end();
        return listener;
    }

    private static LimitsConfig limits(Section limits) {
        LimitsConfig standard = LimitsConfig.DEFAULT;
        LimitsConfig config = new LimitsConfig(
                limits.size("header-size", 4 << 10, 1 << 20).orElse(standard.headerSize()),
                limits.duration("idle-timeout", SECOND, HOUR).orElse(standard.idleTimeout()),
                limits.size("body-rate", 0, 1 << 30).orElse(standard.bodyRate()),
                limits.integer("connections", 16, 1_000_000),
                limits.integer("connections-per-address", 1, 1_000_000),
                limits.size("documents", 1 << 20, 1 << 30).orElse(standard.documents()));
        limits.end();
        return config;
    }

    private static TlsConfig tls(Section tls) {
        TlsConfig config = new TlsConfig(
                tls.file("certificate").orElseThrow(() -> tls.missing("certificate")),
                tls.file("private-key").orElseThrow(() -> tls.missing("private-key")));
        tls.end();
        return config;
    }

    private static StoreConfig store(Section store) {
        StoreConfig config = new StoreConfig(
                store.endpoint("endpoint").orElseThrow(() -> store.missing("endpoint")),
                store.text("region", REGION, "a region such as us-east-1").orElse(StoreConfig.DEFAULT_REGION),
                store.secret("access-key").map(Secret::value).orElseThrow(() -> store.missing("access-key")),
                store.secret("secret-key").orElseThrow(() -> store.missing("secret-key")),
                store.choice("addressing", StoreConfig.Addressing.class).orElse(StoreConfig.Addressing.PATH),
                store.file("trusted-certificates"),
                store.duration("connect-timeout", Duration.ofMillis(100), HOUR)
                        .orElse(StoreConfig.DEFAULT_CONNECT_TIMEOUT),
                store.duration("response-timeout", SECOND, HOUR).orElse(StoreConfig.DEFAULT_RESPONSE_TIMEOUT),
                store.choice("folder-keys", StoreConfig.FolderKeys.class).orElse(StoreConfig.FolderKeys.MARKERS),
                store.section("at-once").map(ConfigFile::atOnce).orElse(StoreConfig.AtOnce.DEFAULT));
        store.end();
        return config;
    }

    private static StoreConfig.AtOnce atOnce(Section atOnce) {
        StoreConfig.AtOnce standard = StoreConfig.AtOnce.DEFAULT;
        StoreConfig.AtOnce config = new StoreConfig.AtOnce(
                atOnce.integer("requests", 2, MAX_AT_ONCE).orElse(standard.requests()),
                atOnce.integer("listings", 2, MAX_AT_ONCE).orElse(standard.listings()));
        atOnce.end();
        return config;
    }

    private static LocalKekConfig kek(Section kek) {
        LocalKekConfig config = new LocalKekConfig(
                kek.path("keystore").orElseThrow(() -> kek.missing("keystore")),
                kek.secret("password").orElseThrow(() -> kek.missing("password")),
                kek.text("key", KEY_NAME, "1 to 64 letters, digits, dots, dashes or underscores")
                        .orElse(LocalKekConfig.DEFAULT_KEY));
        kek.end();
        return config;
    }

    private static KeyCacheConfig keyCache(Optional<Section> given) {
        if (given.isEmpty()) {
            return KeyCacheConfig.DEFAULT;
        }
        Section cache = given.get();
        KeyCacheConfig config = new KeyCacheConfig(
                cache.duration("ttl", Duration.ZERO, Duration.ofMinutes(5)).orElse(KeyCacheConfig.DEFAULT.ttl()),
                cache.duration("canary-interval", SECOND, Duration.ofMinutes(5))
                        .orElse(KeyCacheConfig.DEFAULT.canaryInterval()),
                cache.duration("outage-grace", Duration.ZERO, Duration.ofHours(1))
                        .orElse(KeyCacheConfig.DEFAULT.outageGrace()),
                cache.duration("unused-interval", Duration.ZERO, Duration.ofDays(1))
                        .orElse(KeyCacheConfig.DEFAULT.unusedInterval()),
                cache.integer("proven-wraps", 0, MAX_AT_ONCE).orElse(KeyCacheConfig.DEFAULT.provenWraps()));
        cache.end();
        return config;
    }

    private static MultipartConfig multipart(Optional<Section> given) {
        if (given.isEmpty()) {
            return MultipartConfig.DEFAULT;
        }
        Section multipart = given.get();
        MultipartConfig config = multipart
                .choice("part-sizes", MultipartConfig.PartSizes.class)
                .map(MultipartConfig::new)
                .orElse(MultipartConfig.DEFAULT);
        multipart.end();
        return config;
    }

    private static ManagementConfig management(Section management) {
        ManagementConfig config = new ManagementConfig(
                management.text("host", HOST, "a host name or an IP address").orElse(ManagementConfig.DEFAULT_HOST),
                management.integer("port", 0, 65535).orElse(ManagementConfig.DEFAULT_PORT),
                management.section("tls").map(ConfigFile::tls),
                management.integer("metrics-projects", 0, 10_000).orElse(ManagementConfig.DEFAULT_METRICS_PROJECTS),
                management.secret("metrics-token", MIN_SECRET_BYTES));
        management.end();
        return config;
    }

    private static RegistryConfig registry(Section registry) {
        RegistryConfig config = new RegistryConfig(
                registry.jdbcUrl("jdbc-url", JDBC_URL, "jdbc:h2:... or jdbc:postgresql:...")
                        .orElseThrow(() -> registry.missing("jdbc-url")),
                registry.secret("user").map(Secret::value).orElse(""),
                registry.secret("password").orElseThrow(() -> registry.missing("password")),
                registry.secret("encryption-key", MIN_SECRET_BYTES)
                        .orElseThrow(() -> registry.missing("encryption-key")),
                registry.secrets("former-encryption-keys", MIN_SECRET_BYTES),
                registry.section("quotas").map(ConfigFile::quotas).orElse(QuotasConfig.DEFAULT),
                registry.duration("lease", Duration.ofSeconds(10), Duration.ofDays(1))
                        .orElse(RegistryConfig.DEFAULT_LEASE));
        registry.end();
        return config;
    }

    private static QuotasConfig quotas(Section quotas) {
        QuotasConfig standard = QuotasConfig.DEFAULT;
        QuotasConfig config = new QuotasConfig(
                quotas.integer("external-keys", 0, MAX_QUOTA).orElse(standard.externalKeys()),
                quotas.integer("projects", 0, MAX_QUOTA).orElse(standard.projects()),
                quotas.integer("credentials", 0, MAX_QUOTA).orElse(standard.credentials()));
        quotas.end();
        return config;
    }
}
