package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How it is kept who did what with which key.
 *
 * @param keepRows how long the registry's audit log keeps an entry; zero is for ever
 * @param trail files that show tampering, if any
 */
public record AuditConfig(Duration keepRows, Optional<TrailConfig> trail) {
    public static final AuditConfig NONE = new AuditConfig(Duration.ZERO, Optional.empty());

    public AuditConfig {
        requireNonNull(keepRows, "keepRows");
        requireNonNull(trail, "trail");
    }
}
