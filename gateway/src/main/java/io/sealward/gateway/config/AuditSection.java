package io.sealward.gateway.config;

import java.time.Duration;

/** Reads {@code audit}. */
final class AuditSection {
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int MIN_SECRET_BYTES = 32;
    private static final int MIN_FILE_BYTES = 64 << 10;
    private static final int MAX_FILE_BYTES = 1 << 30;
    private static final int FILE_BYTES = 64 << 20;

    private AuditSection() {}

    static AuditConfig read(Section audit) {
        AuditConfig config = new AuditConfig(
                audit.duration("keep-rows", Duration.ZERO, LONGEST).orElse(AuditConfig.NONE.keepRows()),
                audit.section("trail").map(AuditSection::trail));
        audit.end();
        return config;
    }

    private static TrailConfig trail(Section trail) {
        TrailConfig config = new TrailConfig(
                trail.path("folder").orElseThrow(() -> trail.missing("folder")),
                trail.secretKeptElsewhere("key").orElseThrow(() -> trail.missing("key")),
                trail.choice("objects", TrailConfig.Objects.class).orElse(TrailConfig.Objects.HASH),
                trail.size("file-size", MIN_FILE_BYTES, MAX_FILE_BYTES).orElse(FILE_BYTES),
                trail.duration("keep", Duration.ZERO, LONGEST).orElse(Duration.ZERO),
                trail.duration("head-interval", Duration.ofSeconds(1), Duration.ofHours(1))
                        .orElse(Duration.ofSeconds(10)));
        if (config.key().value().length() < MIN_SECRET_BYTES) {
            throw trail.error("key", "must have at least " + MIN_SECRET_BYTES + " bytes");
        }
        trail.end();
        return config;
    }
}
