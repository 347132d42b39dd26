package io.sealward.gateway.store;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.StoreCredential;
import java.time.Clock;
import java.time.Duration;

/**
 * Finds who signs requests to the store: a project's own credential, or the gateway's for a project without one. Each
 * signer keeps its key of the day, so the signers in use are kept. Thread-safe.
 */
public final class StoreSigners {
    private static final long MAX_KEPT = 10_000;
    private static final Duration KEPT_UNUSED = Duration.ofHours(1);

    private final String region;
    private final Clock clock;
    private final RequestSigner gateways;
    private final LoadingCache<StoreCredential, RequestSigner> projects = Caffeine.newBuilder()
            .maximumSize(MAX_KEPT)
            .expireAfterAccess(KEPT_UNUSED)
            .executor(Runnable::run)
            .build(this::signer);

    public StoreSigners(StoreCredential gateways, String region, Clock clock) {
        this.region = requireNonNull(region, "region");
        this.clock = requireNonNull(clock, "clock");
        this.gateways = signer(gateways);
    }

    /** Where the gateway says the store is. */
    String region() {
        return region;
    }

    RequestSigner of(Project project) {
        return project.storeCredential().map(projects::get).orElse(gateways);
    }

    private RequestSigner signer(StoreCredential credential) {
        return new RequestSigner(credential.accessKeyId(), credential.secretAccessKey(), region, clock);
    }
}
