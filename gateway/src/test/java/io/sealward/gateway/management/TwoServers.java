package io.sealward.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.gateway.management.http.JsonBody;
import io.sealward.gateway.registry.KeystoreOpener;
import io.sealward.gateway.tenant.StoreCredential;
import io.sealward.providers.KeySpec;
import io.sealward.providers.KmsProvider;
import io.sealward.providers.catalog.Providers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API of two gateways on one database, with two organizations, and what its tests do again and again. */
interface TwoServers {
    String KEYS = "/v1/organization/external_keys";

    String ADMIN_KEYS = "/v1/organization/admin_api_keys";

    String PROJECTS = "/v1/organization/projects";

    TestServer here();

    TestServer there();

    /** Where the keys of both are. */
    KeystoreOpener opener();

    /** Whose admin {@link #api} is. */
    String organizationId();

    /** An admin of the organization, at {@link #here}. */
    ApiClient api();

    /** An admin of another organization, at {@link #here}. */
    ApiClient stranger();

    default String project(String name) {
        return PROJECTS + "/" + projectId(name);
    }

    default String projectId(String name) {
        return api().post(PROJECTS, "{\"name\":\"%s\"}".formatted(name))
                .ok()
                .get("id")
                .textValue();
    }

    default JsonNode register(String name) {
        String body = localBody(name);
        opener().createKey(spec("local", body));
        return api().post(KEYS, body).ok();
    }

    default String localBody(String name) {
        return "{\"type\":\"local\",\"name\":\"%s\",\"key_name\":\"%s--%s\"}".formatted(name, organizationId(), name);
    }

    default String awsBody(String arn, String externalId) {
        return "{\"type\":\"aws\",\"name\":\"n\",\"role_arn\":\"arn:aws:iam::123456789012:role/r\",\"kms_arn\":\"%s\",\"external_id\":\"%s\"}"
                .formatted(arn, externalId);
    }

    default KeySpec spec(String type, String body) {
        JsonBody json = JsonBody.parse(body.getBytes(UTF_8));
        Map<String, String> values = new HashMap<>();
        KmsProvider provider = Providers.find(type).orElseThrow();
        provider.fields().forEach(field -> json.optionalText(field.name(), field.maxLength())
                .ifPresent(value -> values.put(field.name(), value)));
        return provider.parse(values);
    }

    default List<String> auditTypes() {
        List<String> types = new ArrayList<>();
        api().get("/v1/organization/audit_logs?limit=100")
                .ok()
                .get("data")
                .forEach(entry -> types.add(entry.get("type").textValue()));
        return types;
    }

    default int count(String path) {
        return api().get(path + "?limit=100").ok().get("data").size();
    }

    default Optional<StoreCredential> storeCredential(String s3AccessKeyId) {
        return here().registry
                .credentials()
                .find(s3AccessKeyId)
                .orElseThrow()
                .project()
                .storeCredential();
    }

    default String storeCredential(String accessKeyId, String secret) {
        return "\"store_credential\":{\"access_key_id\":\"%s\",\"secret_access_key\":\"%s\"}"
                .formatted(accessKeyId, secret);
    }
}
