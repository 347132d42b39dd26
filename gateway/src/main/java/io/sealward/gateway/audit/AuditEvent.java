package io.sealward.gateway.audit;

import io.sealward.providers.KmsError;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the audit log can say. Types that the published audit log has keep its names; the others follow them. What
 * an event carries is written down as it is, so no variant has room for a secret.
 */
public sealed interface AuditEvent {
    String type();

    /** What it happened to. */
    String resourceId();

    /** The project it belongs to; empty for what concerns the organization. */
    default Optional<String> projectId() {
        return Optional.empty();
    }

    /** What else there is to know, as JSON values. */
    default Map<String, Object> details() {
        return Map.of();
    }

    record AdminKeyCreated(String resourceId, String name) implements AuditEvent {
        @Override
        public String type() {
            return "admin_api_key.created";
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("data", Map.of("name", name));
        }
    }

    record AdminKeyDeleted(String resourceId) implements AuditEvent {
        @Override
        public String type() {
            return "admin_api_key.deleted";
        }
    }

    /** {@code data} is the registration as the administrator sent it. */
    record ExternalKeyRegistered(String resourceId, Map<String, String> data) implements AuditEvent {
        @Override
        public String type() {
            return "external_key.registered";
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("data", data);
        }
    }

    /** The resource is the KEK as the cloud knows it, since nothing was stored. */
    record ExternalKeyRefused(String resourceId, String provider, String reason) implements AuditEvent {
        @Override
        public String type() {
            return "external_key.refused";
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("data", Map.of("type", provider, "reason", reason));
        }
    }

    record ExternalKeyRemoved(String resourceId) implements AuditEvent {
        @Override
        public String type() {
            return "external_key.removed";
        }
    }

    /** The failure is the cloud's message, and empty if the key passed. */
    record ExternalKeyValidated(String resourceId, Optional<String> failure) implements AuditEvent {
        @Override
        public String type() {
            return "external_key.validated";
        }

        @Override
        public Map<String, Object> details() {
            return failure.<Map<String, Object>>map(reason -> Map.of("status", "failed", "reason", reason))
                    .orElseGet(() -> Map.of("status", "success"));
        }
    }

    /** A KMS said no to wraps or unwraps, so many times since the last such event; the reason is the last one's. */
    record KeyUseDenied(
            String resourceId, Optional<String> projectId, Use use, KmsError error, String reason, long count)
            implements AuditEvent {
        @Override
        public String type() {
            return use == Use.WRAP ? "external_key.wrap_denied" : "external_key.unwrap_denied";
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("error", error.name(), "reason", reason, "count", count);
        }
    }

    /** What was asked of a KMS. */
    enum Use {
        WRAP,
        UNWRAP
    }

    /** All that a node had unwrapped with a key was wiped from its memory. */
    record KeyPurged(String resourceId, String reason) implements AuditEvent {
        @Override
        public String type() {
            return "external_key.purged";
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("reason", reason);
        }
    }

    /**
     * A key has come to stand otherwise, as this gateway sees it.
     *
     * @param before empty if nothing was known of it
     * @param reason the cloud's own; empty if it is active
     */
    record KeyStateChanged(String resourceId, String before, String now, String reason) implements AuditEvent {
        @Override
        public String type() {
            return "external_key.state_changed";
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("before", before, "now", now, "reason", reason);
        }
    }

    record ProjectCreated(String resourceId, Map<String, Object> data) implements AuditEvent {
        @Override
        public String type() {
            return "project.created";
        }

        @Override
        public Optional<String> projectId() {
            return Optional.of(resourceId);
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("data", data);
        }
    }

    record ProjectUpdated(String resourceId, Map<String, Object> changesRequested) implements AuditEvent {
        @Override
        public String type() {
            return "project.updated";
        }

        @Override
        public Optional<String> projectId() {
            return Optional.of(resourceId);
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("changes_requested", changesRequested);
        }
    }

    record ProjectArchived(String resourceId) implements AuditEvent {
        @Override
        public String type() {
            return "project.archived";
        }

        @Override
        public Optional<String> projectId() {
            return Optional.of(resourceId);
        }
    }

    /** The project is the one the credential speaks for. */
    record S3CredentialCreated(String resourceId, String project, Map<String, Object> data) implements AuditEvent {
        @Override
        public String type() {
            return "s3_credential.created";
        }

        @Override
        public Optional<String> projectId() {
            return Optional.of(project);
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("data", data);
        }
    }

    /** The project is the one the credential speaks for. */
    record S3CredentialUpdated(String resourceId, String project, Map<String, Object> changes) implements AuditEvent {
        @Override
        public String type() {
            return "s3_credential.updated";
        }

        @Override
        public Optional<String> projectId() {
            return Optional.of(project);
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("changes_requested", changes);
        }
    }

    /** The project is the one the credential spoke for. */
    record S3CredentialRevoked(String resourceId, String project) implements AuditEvent {
        @Override
        public String type() {
            return "s3_credential.revoked";
        }

        @Override
        public Optional<String> projectId() {
            return Optional.of(project);
        }
    }

    /** The project is the one the role is in. */
    record S3RoleCreated(String resourceId, String project, Map<String, Object> data) implements AuditEvent {
        @Override
        public String type() {
            return "s3_role.created";
        }

        @Override
        public Optional<String> projectId() {
            return Optional.of(project);
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("data", data);
        }
    }

    /** The project is the one the role is in. */
    record S3RoleUpdated(String resourceId, String project, Map<String, Object> changes) implements AuditEvent {
        @Override
        public String type() {
            return "s3_role.updated";
        }

        @Override
        public Optional<String> projectId() {
            return Optional.of(project);
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("changes_requested", changes);
        }
    }

    /** The project is the one the role was in. */
    record S3RoleDeleted(String resourceId, String project) implements AuditEvent {
        @Override
        public String type() {
            return "s3_role.deleted";
        }

        @Override
        public Optional<String> projectId() {
            return Optional.of(project);
        }
    }

    /** The project owns the bucket, or did until now. */
    record BucketChanged(String resourceId, String project, Change change) implements AuditEvent {
        @Override
        public String type() {
            return switch (change) {
                case CLAIMED -> "bucket.claimed";
                case RELEASED -> "bucket.released";
                case MIXED, SEALED, POLICY_SET, POLICY_REMOVED -> "bucket.updated";
            };
        }

        @Override
        public Optional<String> projectId() {
            return Optional.of(project);
        }

        @Override
        public Map<String, Object> details() {
            return switch (change) {
                case CLAIMED, RELEASED -> Map.of();
                case MIXED -> Map.of("changes_requested", Map.of("mixed", true));
                case SEALED -> Map.of("changes_requested", Map.of("mixed", false));
                case POLICY_SET -> Map.of("changes_requested", Map.of("policy", true));
                case POLICY_REMOVED -> Map.of("changes_requested", Map.of("policy", false));
            };
        }
    }

    /** What became of a bucket. */
    enum Change {
        CLAIMED,
        RELEASED,
        /** Objects without a seal are served as they are from now on. */
        MIXED,
        /** Objects without a seal are refused from now on. */
        SEALED,
        /** It has another policy. */
        POLICY_SET,
        /** It has none any more. */
        POLICY_REMOVED
    }
}
