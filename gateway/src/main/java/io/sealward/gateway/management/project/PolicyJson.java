package io.sealward.gateway.management.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.JsonBody;
import io.sealward.gateway.policy.MalformedPolicyException;
import java.util.Optional;
import java.util.function.Supplier;

/** What an S3 credential may do in its project: shown as it was given. */
final class PolicyJson {
    static final String FIELD = "policy";

    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyJson() {}

    /** As it is written; empty if it is absent or null. */
    static Optional<String> read(JsonBody body) {
        return body.optionalDocument(FIELD);
    }

    /** Makes a change that reads the policy. */
    static <T> T wellFormed(Supplier<T> change) {
        try {
            return change.get();
        } catch (MalformedPolicyException e) {
            throw ApiException.invalid(FIELD, "malformed_policy", "Invalid '" + FIELD + "': " + e.getMessage());
        }
    }

    /** For an answer or the audit log. */
    static JsonNode tree(String policy) {
        try {
            return JSON.readTree(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy that is not JSON", e);
        }
    }
}
