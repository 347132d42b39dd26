package io.sealward.providers.gcp;

import io.sealward.providers.KeySpec;
import io.sealward.providers.SpecField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
        Optional<String> kmsKeyVersion)
        implements KeySpec {
    private static final SpecField PROJECT_NUMBER = SpecField.required(
                    "workload_identity_project_number", "^[0-9]{1,19}$", 19)
            .describedAs("Number of the project of the workload identity pool.");
    private static final SpecField POOL = SpecField.required("workload_identity_pool_id", "^[a-z0-9-]{4,32}$", 32);
    private static final SpecField POOL_PROVIDER =
            SpecField.required("workload_identity_provider_id", "^[a-z0-9-]{4,32}$", 32);
    private static final SpecField AUDIENCE = SpecField.required("audience", "^(org-|proj_)[0-9a-zA-Z_-]+$", 64)
            .describedAs(
                    "The organization's id, or that of one of its projects, as the provider's allowed audiences name"
                            + " it.");
    private static final SpecField PROJECT = SpecField.required(
            "kms_project_id", "^([a-z0-9][a-z0-9.-]{0,61}[a-z0-9]:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$", 128);
    private static final SpecField KEY_RING = SpecField.required("kms_key_ring_name", "^[a-zA-Z0-9_-]{1,63}$", 63);
    private static final SpecField KEY = SpecField.required("kms_key_name", "^[a-zA-Z0-9_-]{1,63}$", 63);
    private static final SpecField LOCATION = SpecField.required(
                    "kms_key_location", "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", 40)
            .describedAs("Such as us-east1.");
    private static final SpecField VERSION = SpecField.optional("kms_key_version", "^[1-9][0-9]{0,9}$", 10);

    static final List<SpecField> FIELDS =
            List.of(PROJECT_NUMBER, POOL, POOL_PROVIDER, AUDIENCE, PROJECT, KEY_RING, KEY, LOCATION, VERSION);

    /** @throws io.sealward.providers.InvalidKeySpecException naming the first field that is missing or malformed */
    public GcpKeySpec {
        PROJECT_NUMBER.require(workloadIdentityProjectNumber);
        POOL.require(workloadIdentityPoolId);
        POOL_PROVIDER.require(workloadIdentityProviderId);
        AUDIENCE.require(audience);
        PROJECT.require(kmsProjectId);
        KEY_RING.require(kmsKeyRingName);
        KEY.require(kmsKeyName);
        LOCATION.require(kmsKeyLocation);
        VERSION.require(kmsKeyVersion);
    }

    static GcpKeySpec of(Map<String, String> values) {
        return new GcpKeySpec(
                values.get("workload_identity_project_number"),
                values.get("workload_identity_pool_id"),
                values.get("workload_identity_provider_id"),
                values.get("audience"),
                values.get("kms_project_id"),
                values.get("kms_key_location"),
                values.get("kms_key_ring_name"),
                values.get("kms_key_name"),
                Optional.ofNullable(values.get("kms_key_version")));
    }

    @Override
    public String type() {
        return GcpKek.PROVIDER;
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
        return Owner.inField("audience", audience);
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
