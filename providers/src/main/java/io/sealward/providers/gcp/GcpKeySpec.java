package io.sealward.providers.gcp;

import io.sealward.providers.SpecField;
import java.util.Optional;

/**
 * A Cloud KMS key and the workload identity pool that admits the gateway to it, as a tenant registers them. Every part is
 * checked, so that no name built from it can leave its place in Google's resource names.
 *
 * @param workloadIdentityProjectNumber number of the project that holds the pool
 * @param audience what the gateway's tokens for this tenant are made out to: the id of the tenant's organization or
 *     project. Whoever registers the key must see to it that the id is the tenant's own
 * @param kmsKeyVersion the version to wrap under; empty for whichever is the primary
 */
public record GcpKeySpec(
        String workloadIdentityProjectNumber,
        String workloadIdentityPoolId,
        String workloadIdentityProviderId,
        String audience,
        String kmsProjectId,
        String kmsKeyLocation,
        String kmsKeyRingName,
        String kmsKeyName,
        Optional<String> kmsKeyVersion) {
    private static final SpecField PROJECT_NUMBER = SpecField.of("workload_identity_project_number", "^[0-9]{1,19}$");
    private static final SpecField POOL = SpecField.of("workload_identity_pool_id", "^[a-z0-9-]{4,32}$");
    private static final SpecField PROVIDER = SpecField.of("workload_identity_provider_id", "^[a-z0-9-]{4,32}$");
    private static final SpecField AUDIENCE = SpecField.of("audience", "^(org-|proj_)[0-9a-zA-Z_-]{1,200}$");
    private static final SpecField PROJECT =
            SpecField.of("kms_project_id", "^([a-z0-9][a-z0-9.-]{0,61}[a-z0-9]:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$");
    private static final SpecField LOCATION =
            SpecField.of("kms_key_location", "^(?=.{2,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$");
    private static final SpecField KEY_RING = SpecField.of("kms_key_ring_name", "^[a-zA-Z0-9_-]{1,63}$");
    private static final SpecField KEY = SpecField.of("kms_key_name", "^[a-zA-Z0-9_-]{1,63}$");
    private static final SpecField VERSION = SpecField.of("kms_key_version", "^[1-9][0-9]{0,9}$");

    /** @throws io.sealward.providers.InvalidKeySpecException naming the first field that is missing or malformed */
    public GcpKeySpec {
        PROJECT_NUMBER.require(workloadIdentityProjectNumber);
        POOL.require(workloadIdentityPoolId);
        PROVIDER.require(workloadIdentityProviderId);
        AUDIENCE.require(audience);
        PROJECT.require(kmsProjectId);
        LOCATION.require(kmsKeyLocation);
        KEY_RING.require(kmsKeyRingName);
        KEY.require(kmsKeyName);
        kmsKeyVersion.ifPresent(VERSION::require);
    }

    /** The CryptoKey's resource name, which is also the id of the KEK. */
    public String keyName() {
        return "projects/" + kmsProjectId + "/locations/" + kmsKeyLocation + "/keyRings/" + kmsKeyRingName
                + "/cryptoKeys/" + kmsKeyName;
    }

    /** What to ask to encrypt: the key, or the version it is pinned to. */
    String wrappingName() {
        return kmsKeyVersion.map(version -> versionPrefix() + version).orElse(keyName());
    }

    String versionPrefix() {
        return keyName() + "/cryptoKeyVersions/";
    }

    /** The audience of the token exchange, which is the pool's provider; not the audience inside the exchanged token. */
    String poolProvider() {
        return "//" + pool() + "/providers/" + workloadIdentityProviderId;
    }

    /** The gateway as the tenant's IAM sees it, for a given subject of the gateway's tokens. */
    String principal(String subject) {
        return "principal://" + pool() + "/subject/" + subject;
    }

    private String pool() {
        return "iam.googleapis.com/projects/" + workloadIdentityProjectNumber
                + "/locations/global/workloadIdentityPools/" + workloadIdentityPoolId;
    }
}
