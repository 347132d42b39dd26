package io.sealward.gateway.registry;

import static io.sealward.gateway.registry.SpecField.optional;
import static io.sealward.gateway.registry.SpecField.required;

import io.sealward.providers.aws.AwsKeySpec;
import java.util.List;

/**
 * What a registration must say. The patterns are the published ones, made strict enough that no value can lead a call
 * away from the provider's own domains.
 */
final class SpecFields {
    private static final String OWNER_ID = "^(org-|proj_)[0-9a-zA-Z_-]+$";
    private static final String OWNED_NAME = "^org-[0-9a-zA-Z-]*--[0-9a-zA-Z-]*$";

    static final List<SpecField> AWS = List.of(
            required("role_arn", "^arn:aws(-us-gov|-cn)?:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$", 2048)
                    .saying(AwsKeySpec.EXPECTED_ROLE),
            required(
                            "kms_arn",
                            "^arn:aws(-us-gov|-cn)?:kms:[a-z0-9-]{1,32}:[0-9]{12}:key/"
                                    + "(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
                            256)
                    .saying(AwsKeySpec.EXPECTED_KEY),
            required("external_id", OWNER_ID, 64));

    static final List<SpecField> GCP = List.of(
            required("workload_identity_project_number", "^[0-9]{1,19}$", 19),
            required("workload_identity_pool_id", "^[a-z0-9-]{4,32}$", 32),
            required("workload_identity_provider_id", "^[a-z0-9-]{4,32}$", 32),
            required("audience", OWNER_ID, 64),
            required("kms_project_id", "^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$", 128),
            required("kms_key_ring_name", "^[a-zA-Z0-9_-]{1,63}$", 63),
            required("kms_key_name", "^[a-zA-Z0-9_-]{1,63}$", 63),
            required("kms_key_location", "^[a-z0-9-]{1,63}$", 63),
            optional("kms_key_version", "^[1-9][0-9]{0,9}$", 10));

    static final List<SpecField> AZURE = List.of(
            required("tenant_id", "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", 36),
            required(
                    "vault_uri",
                    "^https://[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]"
                            + "\\.vault\\.(azure\\.net|azure\\.cn|usgovcloudapi\\.net)/?$",
                    128),
            required("key_name", OWNED_NAME, 127),
            optional("key_version", "^[0-9a-f]{32}$", 32));

    static final List<SpecField> LOCAL = List.of(required("key_name", OWNED_NAME, 64));

    private SpecFields() {}
}
