package io.sealward.gateway.key;

import java.time.Duration;

/**
 * How long keys live in memory.
 *
 * @param cacheTtl from the unwrap, never prolonged by use; zero asks the KMS each time
 * @param maxSecrets most unwrapped secrets kept at once
 */
public record KeySettings(Duration cacheTtl, long maxSecrets) {}
