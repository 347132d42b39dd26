package io.sealward.gateway.tenant;

import java.util.Optional;

/** Looks up access keys in memory; called on event loops, never blocks. */
@FunctionalInterface
public interface Credentials {
    Optional<S3Credential> find(String accessKeyId);
}
