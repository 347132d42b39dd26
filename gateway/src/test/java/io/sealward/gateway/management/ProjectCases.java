package io.sealward.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Projects and their buckets over the API. */
interface ProjectCases extends TwoServers {
    @Test
    default void aBucketOfTheProjectCanBeMarkedMixed() {
        String path = project("buckets");
        String projectId = path.substring(path.lastIndexOf('/') + 1);
        Project project =
                new Project(organizationId(), projectId, Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());
        here().registry
                .buckets()
                .claim(Admission.lasting(new S3Credential("a", "s", project)), "photos")
                .toCompletableFuture()
                .join();
        assertThat(api().get(path + "/buckets")
                        .ok()
                        .get("data")
                        .get(0)
                        .get("id")
                        .textValue())
                .isEqualTo("photos");
        assertThat(api().post(path + "/buckets/photos", "{\"mixed\":true}")
                        .ok()
                        .get("mixed")
                        .booleanValue())
                .isTrue();
        assertThat(here().registry.buckets().mixed("photos")).isTrue();
        api().get(path + "/buckets/photos").ok();
        api().post(path + "/buckets/others", "{\"mixed\":true}").error(404);
    }

    @Test
    default void aProjectTakesAKeyOnceAndKeepsIt() {
        String first = register("first").get("id").textValue();
        String second = register("second").get("id").textValue();
        String path = project("keyless");
        assertThat(api().post(path, "{\"external_key_id\":\"%s\"}".formatted(first))
                        .ok()
                        .get("external_key_id")
                        .textValue())
                .isEqualTo(first);
        assertThat(api().post(path, "{\"external_key_id\":\"%s\"}".formatted(second))
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("external_key_id");
        assertThat(api().post(path, "{\"name\":\"renamed\",\"key_mode\":\"bucket_key\"}")
                        .ok()
                        .get("name")
                        .textValue())
                .isEqualTo("renamed");
        assertThat(api().post(path, "{\"external_key_id\":null}")
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("external_key_id");
        api().post(path, "").error(400);
        api().post(path, "{\"name\":null}").error(400);
        api().post(project("still keyless"), "{\"name\":\"renamed\",\"external_key_id\":null}")
                .ok();
        api().post(path + "/archive", "").ok();
        api().post(path + "/archive", "").ok();
        assertThat(api().post(path, "{\"name\":\"late\"}")
                        .error(400)
                        .get("code")
                        .textValue())
                .isEqualTo("project_archived");
        assertThat(api().post(path + "/s3_credentials", "{\"name\":\"late\"}")
                        .error(400)
                        .get("code")
                        .textValue())
                .isEqualTo("project_archived");
    }

    @Test
    default void aStoreCredentialIsGivenExchangedAndTakenAway() {
        JsonNode made = api().post(PROJECTS, "{\"name\":\"own\"," + storeCredential("first", "first-secret") + "}")
                .ok();
        assertThat(made.at("/store_credential").toString()).isEqualTo("{\"access_key_id\":\"first\"}");
        String path = PROJECTS + "/" + made.get("id").textValue();
        String s3 = api().post(path + "/s3_credentials", "{\"name\":\"c\"}")
                .ok()
                .get("id")
                .textValue();
        assertThat(storeCredential(s3)).contains(new StoreCredential("first", "first-secret"));

        assertThat(api().post(path, "{" + storeCredential("second", "second-secret") + "}")
                        .ok()
                        .at("/store_credential/access_key_id")
                        .textValue())
                .isEqualTo("second");
        api().post(path, "{\"name\":\"renamed\"}").ok();
        assertThat(storeCredential(s3)).contains(new StoreCredential("second", "second-secret"));
        api().post(path, "{\"store_credential\":{\"access_key_id\":\"third\"}}").error(400);
        assertThat(storeCredential(s3)).contains(new StoreCredential("second", "second-secret"));

        assertThat(api().post(path, "{\"store_credential\":null}")
                        .ok()
                        .get("store_credential")
                        .isNull())
                .isTrue();
        assertThat(storeCredential(s3)).isEmpty();
        assertThat(api().get(path).ok().get("store_credential").isNull()).isTrue();
        String audit = "/v1/organization/audit_logs?limit=100&project_ids[]="
                + made.get("id").textValue();
        Eventually.holds(() -> assertThat(api().get(audit).ok().get("data")).hasSize(5));
        JsonNode events = api().get(audit).ok().get("data");
        assertThat(events.get(0).at("/project.updated/changes_requested").toString())
                .isEqualTo("{\"store_credential\":\"changed\"}");
        assertThat(events.get(4).at("/project.created/data/store_credential").textValue())
                .isEqualTo("given");
        assertThat(events.toString()).doesNotContain("first", "second");
    }

    @Test
    default void listsComeInPages() {
        ApiClient own = api().with(here().bootstrap("Pages").token());
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(
                    0,
                    own.post(PROJECTS, "{\"name\":\"p" + i + "\"}")
                            .ok()
                            .get("id")
                            .textValue());
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        JsonNode page;
        do {
            page = own.get(PROJECTS + "?limit=2" + after).ok();
            page.get("data").forEach(project -> seen.add(project.get("id").textValue()));
            after = "&after=" + page.get("last_id").textValue();
        } while (page.get("has_more").booleanValue());
        assertThat(seen).isEqualTo(made);
        own.post(PROJECTS + "/" + made.get(0) + "/archive", "").ok();
        assertThat(own.get(PROJECTS).ok().get("data")).hasSize(4);
        assertThat(own.get(PROJECTS + "?include_archived=true").ok().get("data"))
                .hasSize(5);
        for (ApiClient.Answer answer : List.of(
                own.get(PROJECTS + "?after=proj_unknown"), api().get(PROJECTS + "?limit=100&after=" + made.get(0)))) {
            assertThat(answer.error(400).get("param").textValue()).isEqualTo("after");
        }
        register("for-a-list");
        JsonNode none = api().get(KEYS + "?limit=0&order=asc&purpose=ekm").ok();
        assertThat(none.get("first_id").isNull()).isTrue();
        assertThat(none.get("has_more").booleanValue())
                .as("a client that goes on while there is more would never end")
                .isFalse();
    }

    @Test
    default void whatIsOfAnotherOrganizationIsNotFound() {
        String key = register("private").get("id").textValue();
        String path = project("private");
        String credential = api().post(path + "/s3_credentials", "{\"name\":\"c\"}")
                .ok()
                .get("id")
                .textValue();
        for (String mine : List.of(
                KEYS + "/" + key,
                KEYS + "/" + key + "/health",
                path,
                path + "/buckets",
                path + "/buckets/b",
                path + "/s3_credentials",
                path + "/s3_credentials/" + credential)) {
            assertThat(stranger().get(mine).error(404).get("code").textValue())
                    .as(mine)
                    .isEqualTo("not_found");
        }
        stranger().delete(KEYS + "/" + key).error(404);
        stranger().post(KEYS + "/" + key + "/validate", "").error(404);
        stranger().post(path, "{\"name\":\"mine\"}").error(404);
        stranger().post(path + "/archive", "").error(404);
        stranger().post(path + "/s3_credentials", "{\"name\":\"mine\"}").error(404);
        stranger().delete(path + "/s3_credentials/" + credential).error(404);
        JsonNode named = stranger()
                .post(PROJECTS, "{\"name\":\"p\",\"external_key_id\":\"%s\"}".formatted(key))
                .error(400);
        assertThat(named.get("param").textValue()).isEqualTo("external_key_id");
        assertThat(stranger().get(PROJECTS + "?limit=100&include_archived=true").body())
                .doesNotContain("private");
        assertThat(stranger().get("/v1/organization/audit_logs?limit=100").body())
                .doesNotContain(key);
        assertThat(stranger()
                        .get(KEYS + "/onboarding?type=aws&project_id=" + path.substring(path.lastIndexOf('/') + 1))
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("project_id");
    }
}
