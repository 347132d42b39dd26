package io.sealward.gateway.registry.table;

import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.database.RegistryException.Reason;
import org.jdbi.v3.core.Handle;

/**
 * How much one organization may have, so that none fills the memory and the database of all. Counted where nothing else
 * changes: within a change.
 *
 * @param externalKeys registered at a time
 * @param projects archived ones included, as they are never deleted
 * @param credentials of S3, and roles, at a time, over all projects
 */
public record Quotas(int externalKeys, int projects, int credentials) {
    public static final Quotas DEFAULT = new Quotas(1_000, 5_000, 5_000);

    /** Of all policies of an organization: what each node holds of them is many times more. */
    private static final long POLICY_CHARACTERS = 1 << 20;

    void requireExternalKey(Handle handle, String organizationId) {
        require(
                handle,
                "SELECT COUNT(*) FROM external_key WHERE organization_id = :organization",
                organizationId,
                externalKeys,
                "external keys");
    }

    void requireProject(Handle handle, String organizationId) {
        require(
                handle,
                "SELECT COUNT(*) FROM project WHERE organization_id = :organization",
                organizationId,
                projects,
                "projects, archived ones included");
    }

    void requireCredential(Handle handle, String organizationId) {
        require(
                handle,
                "SELECT COUNT(*) FROM project JOIN (SELECT project_id FROM s3_credential"
                        + " UNION ALL SELECT project_id FROM s3_role) AS given ON project.id = given.project_id"
                        + " WHERE project.organization_id = :organization",
                organizationId,
                credentials,
                "S3 credentials and roles");
    }

    /** To be asked behind a change, which it undoes. */
    void requirePolicies(Handle handle, String organizationId) {
        long characters = handle.createQuery("SELECT COALESCE(SUM(CHAR_LENGTH(given.policy)), 0) FROM project JOIN"
                        + " (SELECT project_id, policy FROM s3_credential"
                        + " UNION ALL SELECT project_id, policy FROM bucket"
                        + " UNION ALL SELECT project_id, policy FROM s3_role"
                        + " UNION ALL SELECT project_id, trust FROM s3_role) AS given ON project.id = given.project_id"
                        + " WHERE project.organization_id = :organization")
                .bind("organization", organizationId)
                .mapTo(Long.class)
                .one();
        if (characters > POLICY_CHARACTERS) {
            throw new RegistryException(
                    Reason.QUOTA_EXCEEDED,
                    "The policies of an organization may have " + POLICY_CHARACTERS
                            + " characters together, and would have " + characters + ".");
        }
    }

    private static void require(Handle handle, String count, String organizationId, int limit, String what) {
        long present = handle.createQuery(count)
                .bind("organization", organizationId)
                .mapTo(Long.class)
                .one();
        if (present >= limit) {
            throw new RegistryException(
                    Reason.QUOTA_EXCEEDED,
                    "The organization has " + present + " " + what + ", and may have " + limit
                            + ". The gateway's operator can raise the quota.");
        }
    }
}
