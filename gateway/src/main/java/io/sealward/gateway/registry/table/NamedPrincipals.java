package io.sealward.gateway.registry.table;

import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.policy.Caller;
import org.jdbi.v3.core.Handle;

/** Whom a policy may name: projects and credentials of the bucket's organization. Of others it does not tell whether they exist. */
final class NamedPrincipals {
    private NamedPrincipals() {}

    /** @throws io.sealward.gateway.policy.MalformedPolicyException if it names another */
    static void require(Handle handle, String organizationId, BucketPolicy policy) {
        policy.requireKnown(
                project -> isKnown(handle, organizationId, project),
                credential -> isKnown(handle, organizationId, credential));
    }

    private static boolean isKnown(Handle handle, String organizationId, String project) {
        return handle.createQuery("SELECT COUNT(*) FROM project WHERE id = :id AND organization_id = :organization")
                        .bind("id", project)
                        .bind("organization", organizationId)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static boolean isKnown(Handle handle, String organizationId, Caller credential) {
        return isKnown(handle, organizationId, credential.project())
                && handle.createQuery(
                                        "SELECT COUNT(*) FROM s3_credential WHERE access_key_id = :id AND project_id = :project")
                                .bind("id", credential.accessKeyId())
                                .bind("project", credential.project())
                                .mapTo(Long.class)
                                .one()
                        > 0;
    }
}
