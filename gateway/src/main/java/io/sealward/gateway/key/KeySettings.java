package io.sealward.gateway.key;

import java.time.Duration;

/**
 * How long keys live in memory.
 *
 * @param cacheTtl from the unwrap, never prolonged by use; zero asks the KMS each time
 * @param maxSecrets most unwrapped secrets kept at once
 * @param outageGrace from the last time that a KMS granted what is in use, after which it is dropped if the KMS has
 *     stopped to answer; zero drops it with the first question that is not answered
 * @param unusedInterval how often keys are tried of which nothing is in use; zero: only when there is a suspicion
 * @param provenWraps of so many wraps under one key and version one is unwrapped before it is used, and the first in any
 *     case; 0: none
 */
public record KeySettings(
        Duration cacheTtl, long maxSecrets, Duration outageGrace, Duration unusedInterval, int provenWraps) {}
