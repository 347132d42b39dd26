package io.sealward.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KeySpec;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** External keys over the API. */
interface ExternalKeyCases extends TwoServers {
    @Test
    default void aKeyIsRegisteredUsedAndRemoved() {
        String id = register("lifecycle").get("id").textValue();
        assertThat(api().get(KEYS + "/" + id).ok().get("api_project_ids")).isEmpty();
        assertThat(api().post(KEYS + "/" + id + "/validate", "").ok().toString())
                .isEqualTo("{\"status\":\"success\"}");

        JsonNode project = api().post(
                        PROJECTS,
                        "{\"name\":\"p\",\"external_key_id\":\"%s\",\"key_mode\":\"bucket_key\"}".formatted(id))
                .ok();
        assertThat(project.get("key_mode").textValue()).isEqualTo("bucket_key");
        String projectId = project.get("id").textValue();
        assertThat(api().get(KEYS + "/" + id).ok().get("api_project_ids").get(0).textValue())
                .isEqualTo(projectId);
        assertThat(api().delete(KEYS + "/" + id).error(409).get("code").textValue())
                .isEqualTo("external_key_in_use");
        Project owner = new Project(organizationId(), projectId, Optional.of(id), KeyMode.BUCKET_KEY, Optional.empty());
        there().catchUp();
        assertThat(there().registry.keks(Optional.empty()).forProject(owner)).isPresent();

        assertThat(api().post(PROJECTS + "/" + projectId + "/archive", "")
                        .ok()
                        .get("status")
                        .textValue())
                .isEqualTo("archived");
        JsonNode deleted = api().delete(KEYS + "/" + id).ok();
        assertThat(deleted.get("object").textValue()).isEqualTo("organization.external_key.deleted");
        assertThat(here().removed).contains(id);
        there().catchUp();
        assertThat(there().removed).contains(id);
        api().get(KEYS + "/" + id).error(404);
    }

    @Test
    default void everyPublishedShapeOfARegistrationIsTakenAndGivenBack() {
        Map<String, String> bodies = Map.of("aws", """
                {"type":"aws","name":"n","purpose":"ekm","role_arn":"arn:aws:iam::123456789012:role/r",
                 "kms_arn":"arn:aws:kms:eu-west-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef",
                 "external_id":"%s"}""", "gcp", """
                {"type":"gcp","name":"n","workload_identity_project_number":"123456789012",
                 "workload_identity_pool_id":"pool-1","workload_identity_provider_id":"provider-1","audience":"%s",
                 "kms_project_id":"adjective-noun-12345","kms_key_ring_name":"ring","kms_key_name":"k",
                 "kms_key_location":"us-east1","kms_key_version":null}""", "azure", """
                {"type":"azure","name":"n","tenant_id":"20a14814-5ab7-4612-a671-1382b412bf93",
                 "vault_uri":"https://my-vault.vault.azure.net/","key_name":"%s--k"}""", "local", """
                {"type":"local","name":"n","key_name":"%s--shapes"}""");
        bodies.forEach((type, template) -> {
            String body = template.formatted(organizationId());
            opener().createKey(spec(type, body));
            JsonNode key = api().post(KEYS, body).ok();
            assertThat(key.get("type").textValue()).isEqualTo(type);
            spec(type, body)
                    .fields()
                    .forEach((name, value) ->
                            assertThat(key.get(name).textValue()).as(name).isEqualTo(value));
            assertThat(stranger()
                            .post(KEYS, body.replace(organizationId(), strangerId()))
                            .status())
                    .as("the same KEK for another organization, or a KEK that is not there")
                    .isIn(400, 409);
        });
    }

    @Test
    default void aKekThatAnotherOrganizationHasIsRefused() {
        register("contested");
        String projectOfStranger =
                stranger().post(PROJECTS, "{\"name\":\"p\"}").ok().get("id").textValue();
        String arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001";
        String mine = awsBody(arn, organizationId());
        opener().createKey(spec("aws", mine));
        api().post(KEYS, mine).ok();
        assertThat(stranger()
                        .post(KEYS, awsBody(arn, projectOfStranger))
                        .error(409)
                        .get("code")
                        .textValue())
                .isEqualTo("external_key_taken");
    }

    @Test
    default void aKeyCanBeBoundToAProjectOfTheOrganizationOnly() {
        String projectId =
                api().post(PROJECTS, "{\"name\":\"bound\"}").ok().get("id").textValue();
        String arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000002";
        String body = awsBody(arn, projectId);
        opener().createKey(spec("aws", body));
        assertThat(stranger().post(KEYS, body).error(400).get("param").textValue())
                .isEqualTo("external_id");
        String keyId = api().post(KEYS, body).ok().get("id").textValue();

        String naming = "{\"name\":\"n\",\"external_key_id\":\"%s\"}".formatted(keyId);
        for (String path : List.of(PROJECTS, project("sibling"))) {
            JsonNode refused = api().post(path, naming).error(400);
            assertThat(refused.get("param").textValue()).isEqualTo("external_key_id");
            assertThat(refused.get("message").textValue()).contains(projectId);
        }
        assertThat(api().post(PROJECTS + "/" + projectId, naming)
                        .ok()
                        .get("external_key_id")
                        .textValue())
                .isEqualTo(keyId);
    }

    @Test
    default void aFailedValidationSaysWhatTheCloudSaidAndStoresNothing() {
        int before = count(KEYS);
        JsonNode missing = api().post(KEYS, localBody("never-made")).error(400);
        assertThat(missing.get("message").textValue()).contains("There is no key");
        assertThat(missing.get("code").textValue()).isEqualTo("external_key_not_found");

        KeySpec spec = spec("local", localBody("disabled"));
        opener().createKey(spec);
        opener().disable(spec);
        JsonNode disabled = api().post(KEYS, localBody("disabled")).error(400);
        assertThat(disabled.get("message").textValue()).contains("is disabled");
        assertThat(disabled.get("code").textValue()).isEqualTo("external_key_access_denied");
        assertThat(count(KEYS)).isEqualTo(before);
        Eventually.holds(() -> assertThat(auditTypes()).contains("external_key.refused"));
    }

    @Test
    default void validatingARevokedKeyFailsAndShowsUntilItIsEnabledAgain() {
        String id = register("revoked").get("id").textValue();
        KeySpec spec = spec("local", localBody("revoked"));
        opener().disable(spec);
        assertThat(api().post(KEYS + "/" + id + "/validate", "")
                        .error(400)
                        .get("code")
                        .textValue())
                .isEqualTo("external_key_revoked");
        assertThat(health(id)).isEqualTo("revoked");
        opener().enable(spec);
        api().post(KEYS + "/" + id + "/validate", "{}").ok();
        assertThat(health(id)).isEqualTo("active");
    }

    @Test
    default void aProofShowsTheContextThatTheDataPathWould() {
        register("context");
        assertThat(opener().lastProof().entries())
                .containsEntry("sealward:org_id", organizationId())
                .containsEntry("sealward:bucket", "sealward-probe")
                .containsKey("sealward:object")
                .doesNotContainKey("sealward:project_id");

        String projectId = projectId("probed");
        opener().createKey(spec("local", localBody("probed")));
        String body = localBody("probed").replace("}", ",\"probe_bucket\":\"photos\",\"probe_project_id\":\"%s\"}");
        assertThat(api().post(KEYS, body.formatted("proj_of_nobody"))
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("probe_project_id");
        String id = api().post(KEYS, body.formatted(projectId)).ok().get("id").textValue();
        assertThat(opener().lastProof().entries())
                .containsEntry("sealward:bucket", "photos")
                .containsEntry("sealward:project_id", projectId);

        JsonNode user = api().post(PROJECTS, "{\"name\":\"user\",\"external_key_id\":\"%s\"}".formatted(id))
                .ok();
        api().post(KEYS + "/" + id + "/validate", "").ok();
        assertThat(opener().lastProof().entries())
                .containsEntry("sealward:bucket", "sealward-probe")
                .containsEntry("sealward:project_id", user.get("id").textValue());
        api().post(
                        KEYS + "/" + id + "/validate",
                        "{\"probe_bucket\":\"photos\",\"probe_project_id\":\"%s\"}".formatted(projectId))
                .ok();
        assertThat(opener().lastProof().entries())
                .containsEntry("sealward:bucket", "photos")
                .containsEntry("sealward:project_id", projectId);
        assertThat(api().post(KEYS + "/" + id + "/validate", "{\"probe_project_id\":\"proj_of_nobody\"}")
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("probe_project_id");
    }

    private String health(String id) {
        return api().get(KEYS + "/" + id + "/health").ok().get("status").textValue();
    }

    @Test
    default void healthIsWhatWasLastSeen() {
        String id = register("health").get("id").textValue();
        String path = KEYS + "/" + id + "/health";
        assertThat(api().get(path).ok().get("checked_at").isNumber())
                .as("the proof of the registration")
                .isTrue();
        assertThat(api().get(path).ok().get("status").textValue()).isEqualTo("active");
        here().states
                .put(
                        id,
                        KeyState.first(
                                Optional.of(new KmsException(KmsError.THROTTLED, "Rate\nexceeded\u0007")),
                                Instant.ofEpochSecond(1_700_000_001)));
        JsonNode throttled = api().get(path).ok();
        assertThat(throttled.get("status").textValue()).isEqualTo("throttled");
        assertThat(throttled.get("reason").textValue()).isEqualTo("Rate exceeded");
        assertThat(throttled.get("checked_at").longValue()).isEqualTo(1_700_000_001);
        assertThat(throttled.get("since").longValue()).isEqualTo(1_700_000_001);
        JsonNode all = api().get("/v1/organization/external_key_health?limit=1").ok();
        assertThat(all.at("/data/0")).isEqualTo(throttled);
    }

    @Test
    default void onboardingMaterialCarriesTheIdsOfTheTenant() {
        String path = KEYS + "/onboarding?type=";
        assertThat(api().get(path + "aws").ok().at("/registration/external_id").textValue())
                .isEqualTo(organizationId());
        assertThat(api().get(path + "gcp&format=shell").body())
                .startsWith("#!/bin/sh")
                .contains(organizationId());
        assertThat(api().get(path + "azure&format=terraform").body())
                .contains("azurerm_key_vault_key", organizationId());
        assertThat(api().get(path + "local").error(400).get("param").textValue())
                .isEqualTo("type");
        assertThat(api().get(KEYS + "/onboarding").error(400).get("param").textValue())
                .isEqualTo("type");
        assertThat(api().get(path + "aws&format=pdf").error(400).get("param").textValue())
                .isEqualTo("format");
    }

    private String strangerId() {
        return stranger()
                .get(KEYS + "/onboarding?type=aws")
                .ok()
                .get("organization_id")
                .textValue();
    }
}
