package io.sealward.gateway.audit;

import io.sealward.providers.KmsException;
import java.util.Map;
import java.util.Optional;

/**
 * What the audit log says, and nothing can be said that has no method here. Types that the published audit log has keep its
 * names; the others follow them. What an event carries is written down as it is, so none takes a secret. Immutable.
 */
public final class AuditEvent {
    private final String type;
    private final String resourceId;
    private final Optional<String> projectId;
    private final Map<String, Object> details;

    private AuditEvent(String type, String resourceId, Optional<String> projectId, Map<String, Object> details) {
        this.type = type;
        this.resourceId = resourceId;
        this.projectId = projectId;
        this.details = details;
    }

    private static AuditEvent ofOrganization(String type, String resourceId, Map<String, Object> details) {
        return new AuditEvent(type, resourceId, Optional.empty(), details);
    }

    private static AuditEvent ofProject(String type, String resourceId, String projectId, Map<String, Object> details) {
        return new AuditEvent(type, resourceId, Optional.of(projectId), details);
    }

    private static Map<String, Object> data(Map<String, ?> data) {
        return Map.of("data", data);
    }

    private static Map<String, Object> changes(Map<String, ?> requested) {
        return Map.of("changes_requested", requested);
    }

    public static AuditEvent adminKeyCreated(String keyId, String name) {
        return ofOrganization("admin_api_key.created", keyId, data(Map.of("name", name)));
    }

    public static AuditEvent adminKeyDeleted(String keyId) {
        return ofOrganization("admin_api_key.deleted", keyId, Map.of());
    }

    /** {@code registration} is what the administrator sent. */
    public static AuditEvent externalKeyRegistered(String keyId, Map<String, String> registration) {
        return ofOrganization("external_key.registered", keyId, data(registration));
    }

    /** The resource is the KEK as the cloud knows it, since nothing was stored. */
    public static AuditEvent externalKeyRefused(String kek, String provider, String reason) {
        return ofOrganization("external_key.refused", kek, data(Map.of("type", provider, "reason", reason)));
    }

    public static AuditEvent externalKeyRemoved(String keyId) {
        return ofOrganization("external_key.removed", keyId, Map.of());
    }

    /** The failure is the cloud's message, and empty if the key passed. */
    public static AuditEvent externalKeyValidated(String keyId, Optional<String> failure) {
        return ofOrganization(
                "external_key.validated",
                keyId,
                failure.<Map<String, Object>>map(reason -> Map.of("status", "failed", "reason", reason))
                        .orElseGet(() -> Map.of("status", "success")));
    }

    /** A KMS said no to wraps or unwraps, so many times since the last such event; {@code last} is the last denial. */
    public static AuditEvent keyUseDenied(String keyId, String projectId, Use use, KmsException last, long count) {
        return ofProject(
                use == Use.WRAP ? "external_key.wrap_denied" : "external_key.unwrap_denied",
                keyId,
                projectId,
                Map.of("error", last.error().name(), "reason", last.getMessage(), "count", count));
    }

    /** What was asked of a KMS. */
    public enum Use {
        WRAP,
        UNWRAP
    }

    /** All that a node had unwrapped with a key was wiped from its memory, and so many streams under it were cut. */
    public static AuditEvent keyPurged(String keyId, String reason, int streamsCut) {
        return ofOrganization("external_key.purged", keyId, Map.of("reason", reason, "streams_cut", streamsCut));
    }

    /**
     * A key has come to stand otherwise, as this gateway sees it.
     *
     * @param before {@code unknown} if nothing was known of it
     * @param reason the cloud's own; empty if the key is active
     */
    public static AuditEvent keyStateChanged(String keyId, String before, String now, String reason) {
        return ofOrganization(
                "external_key.state_changed", keyId, Map.of("before", before, "now", now, "reason", reason));
    }

    public static AuditEvent projectCreated(String projectId, Map<String, Object> data) {
        return ofProject("project.created", projectId, projectId, data(data));
    }

    public static AuditEvent projectUpdated(String projectId, Map<String, Object> requested) {
        return ofProject("project.updated", projectId, projectId, changes(requested));
    }

    public static AuditEvent projectArchived(String projectId) {
        return ofProject("project.archived", projectId, projectId, Map.of());
    }

    public static AuditEvent s3CredentialCreated(String accessKeyId, String projectId, Map<String, Object> data) {
        return ofProject("s3_credential.created", accessKeyId, projectId, data(data));
    }

    public static AuditEvent s3CredentialUpdated(String accessKeyId, String projectId, Map<String, Object> requested) {
        return ofProject("s3_credential.updated", accessKeyId, projectId, changes(requested));
    }

    public static AuditEvent s3CredentialRevoked(String accessKeyId, String projectId) {
        return ofProject("s3_credential.revoked", accessKeyId, projectId, Map.of());
    }

    public static AuditEvent s3RoleCreated(String roleId, String projectId, Map<String, Object> data) {
        return ofProject("s3_role.created", roleId, projectId, data(data));
    }

    public static AuditEvent s3RoleUpdated(String roleId, String projectId, Map<String, Object> requested) {
        return ofProject("s3_role.updated", roleId, projectId, changes(requested));
    }

    public static AuditEvent s3RoleDeleted(String roleId, String projectId) {
        return ofProject("s3_role.deleted", roleId, projectId, Map.of());
    }

    /** The project owns the bucket, or did until now. */
    public static AuditEvent bucketChanged(String bucket, String projectId, Change change) {
        return ofProject(change.type, bucket, projectId, change.details());
    }

    /** What became of a bucket. */
    public enum Change {
        CLAIMED("bucket.claimed"),
        RELEASED("bucket.released"),
        /** Objects without a seal are served as they are from now on. */
        MIXED("mixed", true),
        /** Objects without a seal are refused from now on. */
        SEALED("mixed", false),
        /** It has another policy. */
        POLICY_SET("policy", true),
        /** It has none any more. */
        POLICY_REMOVED("policy", false);

        private final String type;
        private final String setting;
        private final boolean value;

        Change(String type) {
            this.type = type;
            this.setting = "";
            this.value = false;
        }

        Change(String setting, boolean value) {
            this.type = "bucket.updated";
            this.setting = setting;
            this.value = value;
        }

        private Map<String, Object> details() {
            return setting.isEmpty() ? Map.of() : changes(Map.of(setting, value));
        }
    }

    public String type() {
        return type;
    }

    /** What it happened to. */
    public String resourceId() {
        return resourceId;
    }

    /** The project it belongs to; empty for what concerns the organization. */
    public Optional<String> projectId() {
        return projectId;
    }

    /** What else there is to know, as JSON values. */
    public Map<String, Object> details() {
        return details;
    }
}
