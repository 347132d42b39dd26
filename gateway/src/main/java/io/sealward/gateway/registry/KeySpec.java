package io.sealward.gateway.registry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where one external key lives and how to reach it; nothing in it is secret. Made by {@link KeyType#spec}. */
public sealed interface KeySpec {
    KeyType type();

    /** The values as the management API names them. */
    SortedMap<String, String> fields();

    /** The same for two registrations of the same KEK, however they spell it. */
    String kek();

    /** Whom the key was set up for: an organization or, on AWS and Google Cloud, one of its projects. */
    Owner owner();

    /** The one project that the key was set up for; empty if it is for a whole organization. */
    default Optional<String> project() {
        return Optional.of(owner().id()).filter(id -> id.startsWith("proj_"));
    }

    /**
     * Whom the registration itself names.
     *
     * @param field the field that does
     * @param id an {@code org-...} or {@code proj_...}
     */
    record Owner(String field, String id) {}

    /** AWS KMS, reached through a role of the tenant's account. */
    record Aws(String roleArn, String kmsArn, String externalId) implements KeySpec {
        static Aws of(Map<String, String> values) {
            return new Aws(values.get("role_arn"), values.get("kms_arn"), values.get("external_id"));
        }

        @Override
        public KeyType type() {
            return KeyType.AWS;
        }

        @Override
        public SortedMap<String, String> fields() {
            return new TreeMap<>(Map.of("role_arn", roleArn, "kms_arn", kmsArn, "external_id", externalId));
        }

        /** Replicas of a multi-Region key are one key. */
        @Override
        public String kek() {
            String[] parts = kmsArn.split(":", 6);
            String region = parts[5].startsWith("key/mrk-") ? "" : parts[3];
            return "aws:" + parts[1] + ":" + region + ":" + parts[4] + ":" + parts[5];
        }

        @Override
        public Owner owner() {
            return new Owner("external_id", externalId);
        }
    }

    /** Google Cloud KMS, reached through workload identity federation. */
    record Gcp(
            String workloadIdentityProjectNumber,
            String workloadIdentityPoolId,
            String workloadIdentityProviderId,
            String audience,
            String kmsProjectId,
            String kmsKeyRingName,
            String kmsKeyName,
            String kmsKeyLocation,
            Optional<String> kmsKeyVersion)
            implements KeySpec {
        static Gcp of(Map<String, String> values) {
            return new Gcp(
                    values.get("workload_identity_project_number"),
                    values.get("workload_identity_pool_id"),
                    values.get("workload_identity_provider_id"),
                    values.get("audience"),
                    values.get("kms_project_id"),
                    values.get("kms_key_ring_name"),
                    values.get("kms_key_name"),
                    values.get("kms_key_location"),
                    Optional.ofNullable(values.get("kms_key_version")));
        }

        @Override
        public KeyType type() {
            return KeyType.GCP;
        }

        @Override
        public SortedMap<String, String> fields() {
            SortedMap<String, String> fields = new TreeMap<>();
            fields.put("workload_identity_project_number", workloadIdentityProjectNumber);
            fields.put("workload_identity_pool_id", workloadIdentityPoolId);
            fields.put("workload_identity_provider_id", workloadIdentityProviderId);
            fields.put("audience", audience);
            fields.put("kms_project_id", kmsProjectId);
            fields.put("kms_key_ring_name", kmsKeyRingName);
            fields.put("kms_key_name", kmsKeyName);
            fields.put("kms_key_location", kmsKeyLocation);
            kmsKeyVersion.ifPresent(version -> fields.put("kms_key_version", version));
            return fields;
        }

        @Override
        public String kek() {
            return "gcp:" + kmsProjectId + "/" + kmsKeyLocation + "/" + kmsKeyRingName + "/" + kmsKeyName;
        }

        @Override
        public Owner owner() {
            return new Owner("audience", audience);
        }
    }

    /** Azure Key Vault, reached as a service principal in the tenant's directory. */
    record Azure(String tenantId, String vaultUri, String keyName, Optional<String> keyVersion) implements KeySpec {
        static Azure of(Map<String, String> values) {
            return new Azure(
                    values.get("tenant_id"),
                    values.get("vault_uri"),
                    values.get("key_name"),
                    Optional.ofNullable(values.get("key_version")));
        }

        @Override
        public KeyType type() {
            return KeyType.AZURE;
        }

        @Override
        public SortedMap<String, String> fields() {
            SortedMap<String, String> fields = new TreeMap<>();
            fields.put("tenant_id", tenantId);
            fields.put("vault_uri", vaultUri);
            fields.put("key_name", keyName);
            keyVersion.ifPresent(version -> fields.put("key_version", version));
            return fields;
        }

        /** Names of vaults and keys do not mind case. */
        @Override
        public String kek() {
            String vault = vaultUri.endsWith("/") ? vaultUri.substring(0, vaultUri.length() - 1) : vaultUri;
            return "azure:" + (vault + "/keys/" + keyName).toLowerCase(Locale.ROOT);
        }

        @Override
        public Owner owner() {
            return new Owner("key_name", keyName.substring(0, keyName.indexOf("--")));
        }
    }

    /** The gateway's own keystore. */
    record Local(String keyName) implements KeySpec {
        static Local of(Map<String, String> values) {
            return new Local(values.get("key_name"));
        }

        @Override
        public KeyType type() {
            return KeyType.LOCAL;
        }

        @Override
        public SortedMap<String, String> fields() {
            return new TreeMap<>(Map.of("key_name", keyName));
        }

        @Override
        public String kek() {
            return "local:" + keyName;
        }

        @Override
        public Owner owner() {
            return new Owner("key_name", keyName.substring(0, keyName.indexOf("--")));
        }
    }
}
