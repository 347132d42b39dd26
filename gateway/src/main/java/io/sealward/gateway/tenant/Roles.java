package io.sealward.gateway.tenant;

import java.util.Optional;

/** Looks up roles in memory; called on any thread, never blocks. */
@FunctionalInterface
public interface Roles {
    /**
     * The role of that name in an active project.
     *
     * @throws io.sealward.gateway.s3.S3Exception ServiceUnavailable if the gateway cannot know any more
     */
    Optional<Role> find(String projectId, String name);
}
