package io.sealward.gateway.key;

import java.time.Duration;

/**
 * How long keys live in memory.
 *
 * @param cacheTtl from the unwrap, never prolonged by use; zero asks the KMS each time
 * @param maxSecrets most unwrapped secrets kept at once
 * @param outageGrace from the last time that a KMS granted what is in use, after which it is dropped if the KMS has
 *     stopped to answer; zero drops it with the first question that is not answered
 */
public record KeySettings(Duration cacheTtl, long maxSecrets, Duration outageGrace) {}
