package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that a gateway is started with.
 *
 * @param s3 where clients connect
 * @param store the S3 store behind the gateway
 * @param kek the KEK of projects that have none of their own; without it such projects are refused
 * @param projects all projects, if there is no registry
 * @param keyCache how long unwrapped keys are kept
 * @param multipart which part sizes are taken
 * @param drainDelay how long a stopping gateway goes on serving while it says that it is not ready, so that load balancers
 *     send no more to it; not waited for where nobody is told, as there is no management listener
 * @param drainTimeout how long it then waits for the requests it has begun
 * @param management where health, metrics and, with a registry, the management API are served, if anywhere
 * @param registry the database of organizations, projects and external keys, if any
 * @param notices who is told of changes of keys
 * @param audit how it is kept who did what with which key
 * @param clouds where external keys may be
 * @param sts how temporary credentials are given
 */
public record GatewayConfig(
        S3Listener s3,
        StoreConfig store,
        Optional<LocalKekConfig> kek,
        List<ProjectConfig> projects,
        KeyCacheConfig keyCache,
        MultipartConfig multipart,
        Duration drainDelay,
        Duration drainTimeout,
        Optional<ManagementConfig> management,
        Optional<RegistryConfig> registry,
        NoticesConfig notices,
        AuditConfig audit,
        CloudsConfig clouds,
        StsConfig sts) {
    /** A HAProxy with its own defaults has noticed after 6 s; an engine that kills after 10 s leaves 2 s for requests. */
    public static final Duration DEFAULT_DRAIN_DELAY = Duration.ofSeconds(8);

    public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

    public GatewayConfig {
        requireNonNull(s3, "s3");
        requireNonNull(store, "store");
        requireNonNull(kek, "kek");
        projects = List.copyOf(projects);
        requireNonNull(keyCache, "keyCache");
        requireNonNull(multipart, "multipart");
        requireNonNull(drainDelay, "drainDelay");
        requireNonNull(drainTimeout, "drainTimeout");
        requireNonNull(management, "management");
        requireNonNull(registry, "registry");
        requireNonNull(notices, "notices");
        requireNonNull(audit, "audit");
        requireNonNull(clouds, "clouds");
        requireNonNull(sts, "sts");
    }

    /** The defaults, with a local KEK and the projects given. */
    public static GatewayConfig of(S3Listener s3, StoreConfig store, LocalKekConfig kek, List<ProjectConfig> projects) {
        return new GatewayConfig(
                s3,
                store,
                Optional.of(kek),
                projects,
                KeyCacheConfig.DEFAULT,
                MultipartConfig.DEFAULT,
                DEFAULT_DRAIN_DELAY,
                DEFAULT_DRAIN_TIMEOUT,
                Optional.empty(),
                Optional.empty(),
                NoticesConfig.NONE,
                AuditConfig.NONE,
                CloudsConfig.NONE,
                StsConfig.NONE);
    }

    /** The same with another listener. */
    public GatewayConfig withS3(S3Listener other) {
        return with(draft -> draft.s3 = other);
    }

    /** The same in front of another store. */
    public GatewayConfig withStore(StoreConfig other) {
        return with(draft -> draft.store = other);
    }

    /** The same with another key cache. */
    public GatewayConfig withKeyCache(KeyCacheConfig other) {
        return with(draft -> draft.keyCache = other);
    }

    /** The same with another rule for parts. */
    public GatewayConfig withMultipart(MultipartConfig other) {
        return with(draft -> draft.multipart = other);
    }

    /** The same with other projects. */
    public GatewayConfig withProjects(List<ProjectConfig> other) {
        return with(draft -> draft.projects = other);
    }

    /** The same with another way to temporary credentials. */
    public GatewayConfig withSts(StsConfig other) {
        return with(draft -> draft.sts = other);
    }

    private GatewayConfig with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.whole();
    }

    /** A configuration of which something is about to be another. */
    private static final class Draft {
        private final GatewayConfig rest;
        private S3Listener s3;
        private StoreConfig store;
        private List<ProjectConfig> projects;
        private KeyCacheConfig keyCache;
        private MultipartConfig multipart;
        private StsConfig sts;

        Draft(GatewayConfig of) {
            this.rest = of;
            this.s3 = of.s3;
            this.store = of.store;
            this.projects = of.projects;
            this.keyCache = of.keyCache;
            this.multipart = of.multipart;
            this.sts = of.sts;
        }

        GatewayConfig whole() {
            return new GatewayConfig(
                    s3,
                    store,
                    rest.kek,
                    projects,
                    keyCache,
                    multipart,
                    rest.drainDelay,
                    rest.drainTimeout,
                    rest.management,
                    rest.registry,
                    rest.notices,
                    rest.audit,
                    rest.clouds,
                    sts);
        }
    }
}
