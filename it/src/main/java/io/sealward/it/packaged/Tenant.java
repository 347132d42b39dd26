package io.sealward.it.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.it.cloud.TenantKey;
import io.sealward.it.store.S3Target;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * An organization with a key in its own cloud, and what its administrator does at the gateway.
 *
 * @param cloud the key's type, as the management API names it
 * @param api called with the organization's admin key
 * @param s3 where its clients connect
 */
public record Tenant(String organizationId, String cloud, TenantKey key, AdminApi api, URI s3) {
    private static final int ATTEMPTS = 10;

    /** Registers the key, which the gateway proves live; its id. What a slow machine does not answer in time is asked again. */
    public String register() throws IOException {
        for (int left = ATTEMPTS; ; left--) {
            try {
                return registerOnce();
            } catch (IOException e) {
                if (left == 1 || !e.getMessage().contains("external_key_unreachable")) {
                    throw e;
                }
            }
        }
    }

    private String registerOnce() throws IOException {
        Map<String, String> body = new HashMap<>(key.registration());
        body.put("type", cloud);
        body.put("name", "kek");
        return api.post("/v1/organization/external_keys", body).path("id").asText();
    }

    /** Creates a project under a registered key; its id. */
    public String createProject(String externalKeyId) throws IOException {
        return api.post("/v1/organization/projects", Map.of("name", "project", "external_key_id", externalKeyId))
                .path("id")
                .asText();
    }

    /** Creates an S3 credential of a project: the gateway, as its clients see it. */
    public S3Target createCredential(String projectId) throws IOException {
        JsonNode credential =
                api.post("/v1/organization/projects/" + projectId + "/s3_credentials", Map.of("name", "app"));
        return S3Target.of(
                s3,
                credential.path("access_key_id").asText(),
                credential.path("secret_access_key").asText());
    }
}
