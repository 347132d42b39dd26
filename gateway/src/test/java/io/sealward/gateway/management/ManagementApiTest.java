package io.sealward.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.management.http.JsonBody;
import io.sealward.gateway.registry.KeystoreOpener;
import io.sealward.gateway.registry.TestDatabase;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.NewAdminKey;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import io.sealward.providers.KeySpec;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.KmsProvider;
import io.sealward.providers.catalog.Providers;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The API over the wire: two gateways, one database, two organizations. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ManagementApiTest {
    static final String KEYS = "/v1/organization/external_keys";
    static final String ADMIN_KEYS = "/v1/organization/admin_api_keys";
    static final String PROJECTS = "/v1/organization/projects";

    private final OpenApi openApi = new OpenApi();
    private final StringWriter transcript = new StringWriter();
    private final StringWriter log = new StringWriter();
    private KeystoreOpener opener;
    private TestServer here;
    private TestServer there;
    private NewAdminKey admin;
    private String organizationId;
    private ApiClient api;
    private ApiClient stranger;

    abstract TestDatabase newDatabase();

    OpenApi openApi() {
        return openApi;
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        AppenderBase<ILoggingEvent> capture = new AppenderBase<>() {
            @Override
            protected synchronized void append(ILoggingEvent event) {
                log.append(event.getFormattedMessage())
                        .append(String.valueOf(event.getKeyValuePairs()))
                        .append('\n');
            }
        };
        capture.setContext(root.getLoggerContext());
        capture.start();
        root.addAppender(capture);
        ((Logger) LoggerFactory.getLogger("io.sealward")).setLevel(Level.TRACE);
        ((Logger) LoggerFactory.getLogger("sealward")).setLevel(Level.TRACE);

        TestDatabase database = newDatabase();
        opener = new KeystoreOpener(directory.resolve("keys.bcfks"));
        here = new TestServer(database, opener);
        there = new TestServer(database, opener);
        admin = here.bootstrap("Tenant");
        organizationId = admin.key().organizationId();
        api = new ApiClient(here.uri(), admin.token(), openApi, transcript);
        stranger = api.with(here.bootstrap("Stranger").token());
    }

    @AfterAll
    void stop() {
        if (here != null) {
            here.close();
            there.close();
            opener.close();
        }
    }

    @Test
    void aKeyIsRegisteredUsedAndRemoved() {
        String id = register("lifecycle").get("id").textValue();
        assertThat(api.get(KEYS + "/" + id).ok().get("api_project_ids")).isEmpty();
        assertThat(api.post(KEYS + "/" + id + "/validate", "").ok().toString()).isEqualTo("{\"status\":\"success\"}");

        JsonNode project = api.post(
                        PROJECTS,
                        "{\"name\":\"p\",\"external_key_id\":\"%s\",\"key_mode\":\"bucket_key\"}".formatted(id))
                .ok();
        assertThat(project.get("key_mode").textValue()).isEqualTo("bucket_key");
        String projectId = project.get("id").textValue();
        assertThat(api.get(KEYS + "/" + id).ok().get("api_project_ids").get(0).textValue())
                .isEqualTo(projectId);
        assertThat(api.delete(KEYS + "/" + id).error(409).get("code").textValue())
                .isEqualTo("external_key_in_use");
        Project owner = new Project(organizationId, projectId, Optional.of(id), KeyMode.BUCKET_KEY, Optional.empty());
        there.catchUp();
        assertThat(there.registry.keks(Optional.empty()).forProject(owner)).isPresent();

        assertThat(api.post(PROJECTS + "/" + projectId + "/archive", "")
                        .ok()
                        .get("status")
                        .textValue())
                .isEqualTo("archived");
        JsonNode deleted = api.delete(KEYS + "/" + id).ok();
        assertThat(deleted.get("object").textValue()).isEqualTo("organization.external_key.deleted");
        assertThat(here.removed).contains(id);
        there.catchUp();
        assertThat(there.removed).contains(id);
        api.get(KEYS + "/" + id).error(404);
    }

    @Test
    void everyPublishedShapeOfARegistrationIsTakenAndGivenBack() {
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
            String body = template.formatted(organizationId);
            opener.createKey(spec(type, body));
            JsonNode key = api.post(KEYS, body).ok();
            assertThat(key.get("type").textValue()).isEqualTo(type);
            spec(type, body)
                    .fields()
                    .forEach((name, value) ->
                            assertThat(key.get(name).textValue()).as(name).isEqualTo(value));
            assertThat(stranger.post(KEYS, body.replace(organizationId, strangerId()))
                            .status())
                    .as("the same KEK for another organization, or a KEK that is not there")
                    .isIn(400, 409);
        });
    }

    @Test
    void aKekThatAnotherOrganizationHasIsRefused() {
        register("contested");
        String projectOfStranger =
                stranger.post(PROJECTS, "{\"name\":\"p\"}").ok().get("id").textValue();
        String arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000001";
        String mine = awsBody(arn, organizationId);
        opener.createKey(spec("aws", mine));
        api.post(KEYS, mine).ok();
        assertThat(stranger.post(KEYS, awsBody(arn, projectOfStranger))
                        .error(409)
                        .get("code")
                        .textValue())
                .isEqualTo("external_key_taken");
    }

    @Test
    void aKeyCanBeBoundToAProjectOfTheOrganizationOnly() {
        String projectId =
                api.post(PROJECTS, "{\"name\":\"bound\"}").ok().get("id").textValue();
        String arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000002";
        String body = awsBody(arn, projectId);
        opener.createKey(spec("aws", body));
        assertThat(stranger.post(KEYS, body).error(400).get("param").textValue())
                .isEqualTo("external_id");
        String keyId = api.post(KEYS, body).ok().get("id").textValue();

        String naming = "{\"name\":\"n\",\"external_key_id\":\"%s\"}".formatted(keyId);
        for (String path : List.of(PROJECTS, project("sibling"))) {
            JsonNode refused = api.post(path, naming).error(400);
            assertThat(refused.get("param").textValue()).isEqualTo("external_key_id");
            assertThat(refused.get("message").textValue()).contains(projectId);
        }
        assertThat(api.post(PROJECTS + "/" + projectId, naming)
                        .ok()
                        .get("external_key_id")
                        .textValue())
                .isEqualTo(keyId);
    }

    @Test
    void aFailedValidationSaysWhatTheCloudSaidAndStoresNothing() {
        int before = count(KEYS);
        JsonNode missing = api.post(KEYS, localBody("never-made")).error(400);
        assertThat(missing.get("message").textValue()).contains("There is no key");
        assertThat(missing.get("code").textValue()).isEqualTo("external_key_not_found");

        KeySpec spec = spec("local", localBody("disabled"));
        opener.createKey(spec);
        opener.disable(spec);
        JsonNode disabled = api.post(KEYS, localBody("disabled")).error(400);
        assertThat(disabled.get("message").textValue()).contains("is disabled");
        assertThat(disabled.get("code").textValue()).isEqualTo("external_key_access_denied");
        assertThat(count(KEYS)).isEqualTo(before);
        Eventually.holds(() -> assertThat(auditTypes()).contains("external_key.refused"));
    }

    @Test
    void validatingARevokedKeyFailsAndShowsUntilItIsEnabledAgain() {
        String id = register("revoked").get("id").textValue();
        KeySpec spec = spec("local", localBody("revoked"));
        opener.disable(spec);
        assertThat(api.post(KEYS + "/" + id + "/validate", "")
                        .error(400)
                        .get("code")
                        .textValue())
                .isEqualTo("external_key_revoked");
        assertThat(health(id)).isEqualTo("revoked");
        opener.enable(spec);
        api.post(KEYS + "/" + id + "/validate", "{}").ok();
        assertThat(health(id)).isEqualTo("active");
    }

    @Test
    void aProofShowsTheContextThatTheDataPathWould() {
        register("context");
        assertThat(opener.lastProof().entries())
                .containsEntry("sealward:org_id", organizationId)
                .containsEntry("sealward:bucket", "sealward-probe")
                .containsKey("sealward:object")
                .doesNotContainKey("sealward:project_id");

        String projectId = projectId("probed");
        opener.createKey(spec("local", localBody("probed")));
        String body = localBody("probed").replace("}", ",\"probe_bucket\":\"photos\",\"probe_project_id\":\"%s\"}");
        assertThat(api.post(KEYS, body.formatted("proj_of_nobody"))
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("probe_project_id");
        String id = api.post(KEYS, body.formatted(projectId)).ok().get("id").textValue();
        assertThat(opener.lastProof().entries())
                .containsEntry("sealward:bucket", "photos")
                .containsEntry("sealward:project_id", projectId);

        JsonNode user = api.post(PROJECTS, "{\"name\":\"user\",\"external_key_id\":\"%s\"}".formatted(id))
                .ok();
        api.post(KEYS + "/" + id + "/validate", "").ok();
        assertThat(opener.lastProof().entries())
                .containsEntry("sealward:bucket", "sealward-probe")
                .containsEntry("sealward:project_id", user.get("id").textValue());
        api.post(
                        KEYS + "/" + id + "/validate",
                        "{\"probe_bucket\":\"photos\",\"probe_project_id\":\"%s\"}".formatted(projectId))
                .ok();
        assertThat(opener.lastProof().entries())
                .containsEntry("sealward:bucket", "photos")
                .containsEntry("sealward:project_id", projectId);
        assertThat(api.post(KEYS + "/" + id + "/validate", "{\"probe_project_id\":\"proj_of_nobody\"}")
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("probe_project_id");
    }

    private String health(String id) {
        return api.get(KEYS + "/" + id + "/health").ok().get("status").textValue();
    }

    @Test
    void healthIsWhatWasLastSeen() {
        String id = register("health").get("id").textValue();
        String path = KEYS + "/" + id + "/health";
        assertThat(api.get(path).ok().get("checked_at").isNumber())
                .as("the proof of the registration")
                .isTrue();
        assertThat(api.get(path).ok().get("status").textValue()).isEqualTo("active");
        here.states.put(
                id,
                KeyState.first(
                        Optional.of(new KmsException(KmsError.THROTTLED, "Rate\nexceeded\u0007")),
                        Instant.ofEpochSecond(1_700_000_001)));
        JsonNode throttled = api.get(path).ok();
        assertThat(throttled.get("status").textValue()).isEqualTo("throttled");
        assertThat(throttled.get("reason").textValue()).isEqualTo("Rate exceeded");
        assertThat(throttled.get("checked_at").longValue()).isEqualTo(1_700_000_001);
        assertThat(throttled.get("since").longValue()).isEqualTo(1_700_000_001);
        JsonNode all = api.get("/v1/organization/external_key_health?limit=1").ok();
        assertThat(all.at("/data/0")).isEqualTo(throttled);
    }

    @Test
    void aCredentialShowsItsSecretOnceAndStopsWhenRevoked() {
        String base = project("credentials") + "/s3_credentials";
        JsonNode created = api.post(base, "{\"name\":\"ci\"}").ok();
        String id = created.get("access_key_id").textValue();
        String secret = created.get("secret_access_key").textValue();
        assertThat(here.registry.credentials().find(id).orElseThrow().secretAccessKey())
                .isEqualTo(secret);
        there.catchUp();
        assertThat(there.registry.credentials().find(id)).isPresent();
        assertThat(api.get(base).body()).contains(id).doesNotContain(secret);
        assertThat(api.get(base + "/" + id).body()).contains(id).doesNotContain(secret);
        api.delete(base + "/" + id).ok();
        assertThat(here.registry.credentials().find(id)).isEmpty();
        there.catchUp();
        assertThat(there.registry.credentials().find(id)).isEmpty();
        api.delete(base + "/" + id).error(404);
    }

    @Test
    void aCredentialShowsItsPolicyAsItWasGivenUntilAnotherIsInItsPlace() {
        String base = project("policies") + "/s3_credentials";
        String reading =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:Get*\",\"s3:List*\"],"
                        + "\"Resource\":\"arn:aws:s3:::b\u00fccher*\",\"Condition\":{\"NumericLessThan\":{\"s3:max-keys\":10}}}]}";
        JsonNode created = api.post(base, "{\"name\":\"reader\", \"policy\" : " + reading + " }")
                .ok();
        String one = base + "/" + created.get("id").textValue();
        assertThat(created.get("policy").toString()).isEqualTo(reading);
        assertThat(api.get(one).ok().get("policy").toString()).isEqualTo(reading);
        assertThat(api.get(base).ok().at("/data/0/policy").toString()).isEqualTo(reading);

        String writing = reading.replace("\"s3:List*\"", "\"s3:PutObject\"");
        assertThat(api.post(one, "{\"policy\":" + writing + "}")
                        .ok()
                        .get("policy")
                        .toString())
                .isEqualTo(writing);
        assertThat(api.get(one).ok().get("policy").toString()).isEqualTo(writing);
        assertThat(api.post(one, "{}").error(400).get("code").textValue()).isEqualTo("missing_required_parameter");
        assertThat(api.post(one, "{\"policy\":null}").ok().get("policy").isNull())
                .isTrue();
        assertThat(api.post(base, "{\"name\":\"all\"}").ok().get("policy").isNull())
                .isTrue();
        api.post(base + "/unknown", "{\"policy\":null}").error(404);
    }

    @Test
    void aRoleIsMadeShownAndDeleted() {
        String project = project("roles");
        String base = project + "/s3_roles";
        String trust =
                "{\"issuer\":\"https://i\",\"audience\":\"a\",\"subject\":[\"s\",\"t*\"],\"claims\":{\"c\":\"d\"}}";
        JsonNode role =
                api.post(base, "{\"name\":\"ci\",\"trust\":" + trust + "}").ok();
        String one = base + "/" + role.get("id").textValue();
        assertThat(role.get("trust").toString()).isEqualTo(trust);
        assertThat(role.get("policy").isNull()).isTrue();
        assertThat(role.get("max_session_seconds").asInt()).isEqualTo(3600);
        assertThat(role.get("arn").textValue())
                .isEqualTo("arn:aws:iam::" + organizationId + ":role" + project.substring(project.lastIndexOf('/'))
                        + "/ci");
        assertThat(api.get(one).ok()).isEqualTo(role);
        assertThat(api.get(base).ok().at("/data/0")).isEqualTo(role);
        assertThat(api.post(base, "{\"name\":\"ci\",\"trust\":" + trust + "}")
                        .error(409)
                        .get("code")
                        .textValue())
                .isEqualTo("name_taken");
        stranger.get(one).error(404);
        stranger.post(base, "{\"name\":\"mine\",\"trust\":" + trust + "}").error(404);
        stranger.delete(one).error(404);
        assertThat(api.delete(one).ok().get("deleted").asBoolean()).isTrue();
        api.get(one).error(404);
        api.delete(one).error(404);
    }

    @Test
    void ofARoleIsReplacedWhatIsSaid() {
        String base = project("changing") + "/s3_roles";
        String trust = "{\"issuer\":\"https://i\",\"audience\":\"a\",\"subject\":\"s\"}";
        String policy =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}}";
        JsonNode made = api.post(base, "{\"name\":\"ci\",\"policy\":" + policy + ",\"trust\":" + trust + "}")
                .ok();
        String one = base + "/" + made.get("id").textValue();
        String other = trust.replace("\"s\"", "\"t\"");
        JsonNode trusting = api.post(one, "{\"trust\":" + other + "}").ok();
        assertThat(trusting.get("trust").toString()).isEqualTo(other);
        assertThat(trusting.get("policy")).isEqualTo(made.get("policy"));
        assertThat(trusting.get("arn")).isEqualTo(made.get("arn"));
        JsonNode shorter =
                api.post(one, "{\"policy\":null,\"max_session_seconds\":900}").ok();
        assertThat(shorter.get("policy").isNull()).isTrue();
        assertThat(shorter.get("max_session_seconds").asInt()).isEqualTo(900);
        assertThat(shorter.get("trust")).isEqualTo(trusting.get("trust"));
        for (String fields : List.of(
                "",
                "\"trust\":null",
                "\"trust\":" + trust.replace("\"s\"", "\"*\""),
                "\"policy\":{}",
                "\"max_session_seconds\":899",
                "\"name\":\"cd\"")) {
            api.post(one, "{" + fields + "}").error(400);
        }
        assertThat(api.get(one).ok()).isEqualTo(shorter);
        stranger.post(one, "{\"policy\":null}").error(404);
        api.post(base + "/unknown", "{\"policy\":null}").error(404);
    }

    @Test
    void aRoleThatWouldTrustAnybodyIsRefused() {
        String base = project("trusting") + "/s3_roles";
        String trust = "{\"issuer\":\"https://i\",\"audience\":\"a\",\"subject\":\"*\"}";
        JsonNode error =
                api.post(base, "{\"name\":\"ci\",\"trust\":" + trust + "}").error(400);
        assertThat(error.get("code").textValue()).isEqualTo("malformed_trust");
        assertThat(error.get("param").textValue()).isEqualTo("trust");
        String good = trust.replace("*", "s");
        for (String fields : List.of(
                "\"name\":\"a/b\",\"trust\":" + good,
                "\"name\":\"ci\"",
                "\"name\":\"ci\",\"trust\":\"x\"",
                "\"name\":\"ci\",\"max_session_seconds\":899,\"trust\":" + good,
                "\"name\":\"ci\",\"max_session_seconds\":43201,\"trust\":" + good,
                "\"name\":\"ci\",\"max_session_seconds\":1e3,\"trust\":" + good,
                "\"name\":\"ci\",\"policy\":{},\"trust\":" + good)) {
            api.post(base, "{" + fields + "}").error(400);
        }
        assertThat(api.get(base).ok().get("data")).isEmpty();
    }

    @Test
    void aPolicyThatIsNotUnderstoodIsRefusedAndTheOneBeforeStays() {
        String base = project("malformed") + "/s3_credentials";
        String good =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}";
        String one = base + "/"
                + api.post(base, "{\"name\":\"c\",\"policy\":" + good + "}")
                        .ok()
                        .get("id")
                        .textValue();
        for (String policy : List.of(
                "{}",
                good.replace("2012-10-17", "2008-10-17"),
                good.replace("\"*\"", "\"s3:GetObjct\""),
                good.replace("\"Resource\":", "\"Resource\":[],\"NotResource\":"),
                good.replace("}}", ",\"Condition\":{\"StringEquals\":{\"s3:ExistingObjectLock/a\":\"b\"}}}}"),
                good.replace("}}", "}," + " ".repeat(21_000) + "\"Id\":\"x\"}"))) {
            for (String path : List.of(base, one)) {
                String name = path.equals(base) ? "\"name\":\"c\"," : "";
                JsonNode error = api.post(path, "{" + name + "\"policy\":" + policy + "}")
                        .error(400);
                assertThat(error.get("code").textValue()).isEqualTo("malformed_policy");
                assertThat(error.get("param").textValue()).isEqualTo("policy");
            }
        }
        for (String policy : List.of("\"x\"", "[]", "7", "true")) {
            assertThat(api.post(one, "{\"policy\":" + policy + "}")
                            .error(400)
                            .get("code")
                            .textValue())
                    .isEqualTo("invalid_type");
        }
        api.post(one, "{\"policy\":" + good.replace("{\"Effect\"", "{\"Effect\":\"Allow\",\"Effect\"") + "}")
                .error(400);
        assertThat(api.get(one).ok().get("policy").toString()).isEqualTo(good);
    }

    @Test
    void aBucketOfTheProjectCanBeMarkedMixed() {
        String path = project("buckets");
        String projectId = path.substring(path.lastIndexOf('/') + 1);
        Project project =
                new Project(organizationId, projectId, Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());
        here.registry
                .buckets()
                .claim(Admission.lasting(new S3Credential("a", "s", project)), "photos")
                .toCompletableFuture()
                .join();
        assertThat(api.get(path + "/buckets").ok().get("data").get(0).get("id").textValue())
                .isEqualTo("photos");
        assertThat(api.post(path + "/buckets/photos", "{\"mixed\":true}")
                        .ok()
                        .get("mixed")
                        .booleanValue())
                .isTrue();
        assertThat(here.registry.buckets().mixed("photos")).isTrue();
        api.get(path + "/buckets/photos").ok();
        api.post(path + "/buckets/others", "{\"mixed\":true}").error(404);
    }

    @Test
    void aProjectTakesAKeyOnceAndKeepsIt() {
        String first = register("first").get("id").textValue();
        String second = register("second").get("id").textValue();
        String path = project("keyless");
        assertThat(api.post(path, "{\"external_key_id\":\"%s\"}".formatted(first))
                        .ok()
                        .get("external_key_id")
                        .textValue())
                .isEqualTo(first);
        assertThat(api.post(path, "{\"external_key_id\":\"%s\"}".formatted(second))
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("external_key_id");
        assertThat(api.post(path, "{\"name\":\"renamed\",\"key_mode\":\"bucket_key\"}")
                        .ok()
                        .get("name")
                        .textValue())
                .isEqualTo("renamed");
        assertThat(api.post(path, "{\"external_key_id\":null}")
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("external_key_id");
        api.post(path, "").error(400);
        api.post(path, "{\"name\":null}").error(400);
        api.post(project("still keyless"), "{\"name\":\"renamed\",\"external_key_id\":null}")
                .ok();
        api.post(path + "/archive", "").ok();
        api.post(path + "/archive", "").ok();
        assertThat(api.post(path, "{\"name\":\"late\"}").error(400).get("code").textValue())
                .isEqualTo("project_archived");
        assertThat(api.post(path + "/s3_credentials", "{\"name\":\"late\"}")
                        .error(400)
                        .get("code")
                        .textValue())
                .isEqualTo("project_archived");
    }

    @Test
    void aStoreCredentialIsGivenExchangedAndTakenAway() {
        JsonNode made = api.post(PROJECTS, "{\"name\":\"own\"," + storeCredential("first", "first-secret") + "}")
                .ok();
        assertThat(made.at("/store_credential").toString()).isEqualTo("{\"access_key_id\":\"first\"}");
        String path = PROJECTS + "/" + made.get("id").textValue();
        String s3 = api.post(path + "/s3_credentials", "{\"name\":\"c\"}")
                .ok()
                .get("id")
                .textValue();
        assertThat(storeCredential(s3)).contains(new StoreCredential("first", "first-secret"));

        assertThat(api.post(path, "{" + storeCredential("second", "second-secret") + "}")
                        .ok()
                        .at("/store_credential/access_key_id")
                        .textValue())
                .isEqualTo("second");
        api.post(path, "{\"name\":\"renamed\"}").ok();
        assertThat(storeCredential(s3)).contains(new StoreCredential("second", "second-secret"));
        api.post(path, "{\"store_credential\":{\"access_key_id\":\"third\"}}").error(400);
        assertThat(storeCredential(s3)).contains(new StoreCredential("second", "second-secret"));

        assertThat(api.post(path, "{\"store_credential\":null}")
                        .ok()
                        .get("store_credential")
                        .isNull())
                .isTrue();
        assertThat(storeCredential(s3)).isEmpty();
        assertThat(api.get(path).ok().get("store_credential").isNull()).isTrue();
        String audit = "/v1/organization/audit_logs?limit=100&project_ids[]="
                + made.get("id").textValue();
        Eventually.holds(() -> assertThat(api.get(audit).ok().get("data")).hasSize(5));
        JsonNode events = api.get(audit).ok().get("data");
        assertThat(events.get(0).at("/project.updated/changes_requested").toString())
                .isEqualTo("{\"store_credential\":\"changed\"}");
        assertThat(events.get(4).at("/project.created/data/store_credential").textValue())
                .isEqualTo("given");
        assertThat(events.toString()).doesNotContain("first", "second");
    }

    private Optional<StoreCredential> storeCredential(String s3AccessKeyId) {
        return here.registry
                .credentials()
                .find(s3AccessKeyId)
                .orElseThrow()
                .project()
                .storeCredential();
    }

    private static String storeCredential(String accessKeyId, String secret) {
        return "\"store_credential\":{\"access_key_id\":\"%s\",\"secret_access_key\":\"%s\"}"
                .formatted(accessKeyId, secret);
    }

    @Test
    void listsComeInPages() {
        ApiClient own = api.with(here.bootstrap("Pages").token());
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
                own.get(PROJECTS + "?after=proj_unknown"), api.get(PROJECTS + "?limit=100&after=" + made.get(0)))) {
            assertThat(answer.error(400).get("param").textValue()).isEqualTo("after");
        }
        register("for-a-list");
        JsonNode none = api.get(KEYS + "?limit=0&order=asc&purpose=ekm").ok();
        assertThat(none.get("first_id").isNull()).isTrue();
        assertThat(none.get("has_more").booleanValue())
                .as("a client that goes on while there is more would never end")
                .isFalse();
    }

    @Test
    void whatIsOfAnotherOrganizationIsNotFound() {
        String key = register("private").get("id").textValue();
        String path = project("private");
        String credential = api.post(path + "/s3_credentials", "{\"name\":\"c\"}")
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
            assertThat(stranger.get(mine).error(404).get("code").textValue())
                    .as(mine)
                    .isEqualTo("not_found");
        }
        stranger.delete(KEYS + "/" + key).error(404);
        stranger.post(KEYS + "/" + key + "/validate", "").error(404);
        stranger.post(path, "{\"name\":\"mine\"}").error(404);
        stranger.post(path + "/archive", "").error(404);
        stranger.post(path + "/s3_credentials", "{\"name\":\"mine\"}").error(404);
        stranger.delete(path + "/s3_credentials/" + credential).error(404);
        JsonNode named = stranger.post(PROJECTS, "{\"name\":\"p\",\"external_key_id\":\"%s\"}".formatted(key))
                .error(400);
        assertThat(named.get("param").textValue()).isEqualTo("external_key_id");
        assertThat(stranger.get(PROJECTS + "?limit=100&include_archived=true").body())
                .doesNotContain("private");
        assertThat(stranger.get("/v1/organization/audit_logs?limit=100").body()).doesNotContain(key);
        assertThat(stranger.get(KEYS + "/onboarding?type=aws&project_id=" + path.substring(path.lastIndexOf('/') + 1))
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("project_id");
    }

    @Test
    void onlyAnAdminKeyOpensTheApi() {
        String wrong = admin.token().substring(0, admin.token().length() - 3) + "xxx";
        for (String token :
                List.of("", "nonsense", wrong, admin.token() + "x", admin.key().id())) {
            ApiClient.Answer answer = api.with(token).get(PROJECTS);
            assertThat(answer.error(401).get("code").textValue()).isEqualTo("invalid_api_key");
            assertThat(answer.raw().headers().firstValue("www-authenticate")).contains("Bearer");
        }
        api.with("").get("/v1/nowhere").error(401);
    }

    @Test
    void anAdminKeyMakesListsAndTakesAwayOthers() {
        ApiClient own = api.with(here.bootstrap("Keys").token());
        JsonNode made = own.post(ADMIN_KEYS, "{\"name\":\"second\"}").ok();
        assertThat(made.get("scope").textValue()).isEqualTo("write");
        ApiClient second = own.with(made.get("value").textValue());
        assertThat(second.get(ADMIN_KEYS).ok().get("data")).hasSize(2);
        String path = ADMIN_KEYS + "/" + made.get("id").textValue();
        assertThat(second.get(path).ok().has("value")).isFalse();
        stranger.get(path).error(404);
        stranger.delete(path).error(404);
        own.post(ADMIN_KEYS, "{\"name\":\"n\",\"scope\":\"all\"}").error(400);
        assertThat(own.delete(path).ok().get("deleted").booleanValue()).isTrue();
        second.get(PROJECTS).error(401);
        own.get(path).error(404);
    }

    @Test
    void aKeyThatMayReadChangesNothing() {
        String path = project("looked at");
        ApiClient reader = api.with(api.post(ADMIN_KEYS, "{\"name\":\"reader\",\"scope\":\"read\"}")
                .ok()
                .get("value")
                .textValue());
        reader.get(path).ok();
        reader.get(ADMIN_KEYS).ok();
        reader.get("/v1/organization/audit_logs").ok();
        reader.post(KEYS + "/" + register("looked-at").get("id").textValue() + "/validate", "")
                .ok();
        for (ApiClient.Answer answer : List.of(
                reader.post(path, "{\"name\":\"changed\"}"),
                reader.post(path + "/archive", ""),
                reader.post(PROJECTS, "{\"name\":\"p\"}"),
                reader.post(ADMIN_KEYS, "{\"name\":\"mine\",\"scope\":\"write\"}"),
                reader.delete(ADMIN_KEYS + "/" + admin.key().id()))) {
            assertThat(answer.error(403).get("code").textValue()).isEqualTo("missing_scope");
        }
        assertThat(api.get(path).ok().get("name").textValue()).isEqualTo("looked at");
    }

    @Test
    void whatWasChangedOnOneGatewayIsThereOnTheOther() {
        String path = project("seen from there");
        ApiClient other = new ApiClient(there.uri(), admin.token(), openApi, transcript);
        assertThat(other.get(path).ok().get("name").textValue()).isEqualTo("seen from there");
        NewAdminKey late =
                here.registry.adminKeys().create(organizationId, "late", AdminKey.Scope.WRITE, new Actor.Gateway());
        there.catchUp();
        other.with(late.token()).get(PROJECTS).ok();
        here.registry.adminKeys().delete(organizationId, late.key().id(), new Actor.Gateway());
        api.with(late.token()).get(PROJECTS).error(401);
        there.catchUp();
        other.with(late.token()).get(PROJECTS).error(401);
    }

    @Test
    void theAuditLogTellsWhoDidWhatToWhat() {
        NewAdminKey own = here.bootstrap("Audited");
        ApiClient client = api.with(own.token());
        String projectId =
                client.post(PROJECTS, "{\"name\":\"watched\"}").ok().get("id").textValue();
        client.post(PROJECTS + "/" + projectId, "{\"name\":\"renamed\"}").ok();
        client.post(PROJECTS + "/" + projectId + "/archive", "").ok();
        String log = "/v1/organization/audit_logs";
        Eventually.holds(() -> assertThat(client.get(log).ok().get("data")).hasSize(4));

        JsonNode newest = client.get(log + "?limit=1").ok();
        JsonNode archived = newest.get("data").get(0);
        assertThat(archived.get("type").textValue()).isEqualTo("project.archived");
        assertThat(archived.at("/project/id").textValue()).isEqualTo(projectId);
        assertThat(archived.at("/actor/api_key/id").textValue())
                .isEqualTo(own.key().id());
        assertThat(newest.get("has_more").booleanValue()).isTrue();
        String after = newest.get("last_id").textValue();
        assertThat(client.get(log + "?after=" + after).ok().get("data")).hasSize(3);
        String oldest = client.get(log).ok().get("last_id").textValue();
        JsonNode before = client.get(log + "?limit=2&before=" + oldest).ok();
        assertThat(before.get("data").get(0).get("type").textValue()).isEqualTo("project.updated");
        assertThat(before.get("data").get(1).get("type").textValue()).isEqualTo("project.created");

        assertThat(client.get(log + "?event_types[]=project.created&event_types[]=project.updated")
                        .ok()
                        .get("data"))
                .hasSize(2);
        assertThat(client.get(log + "?project_ids[]=" + projectId).ok().get("data"))
                .hasSize(3);
        assertThat(client.get(log + "?resource_ids[]=" + own.key().id()).ok().get("data"))
                .hasSize(1);
        assertThat(client.get(log + "?actor_ids[]=" + own.key().id()).ok().get("data"))
                .hasSize(3);
        assertThat(client.get(log + "?actor_emails[]=a@example.com").ok().get("data"))
                .isEmpty();
        long now = archived.get("effective_at").longValue();
        assertThat(client.get(log + "?effective_at[lte]=" + now + "&effective_at[gt]=0")
                        .ok()
                        .get("data"))
                .hasSize(4);
        assertThat(client.get(log + "?effective_at[gt]=" + now).ok().get("data"))
                .isEmpty();
        client.get(log + "?after=a&before=b").error(400);
        assertThat(client.get(log + "?effective_at[gt]=x")
                        .error(400)
                        .get("param")
                        .textValue())
                .isEqualTo("effective_at[gt]");
    }

    @Test
    void onboardingMaterialCarriesTheIdsOfTheTenant() {
        String path = KEYS + "/onboarding?type=";
        assertThat(api.get(path + "aws").ok().at("/registration/external_id").textValue())
                .isEqualTo(organizationId);
        assertThat(api.get(path + "gcp&format=shell").body())
                .startsWith("#!/bin/sh")
                .contains(organizationId);
        assertThat(api.get(path + "azure&format=terraform").body()).contains("azurerm_key_vault_key", organizationId);
        assertThat(api.get(path + "local").error(400).get("param").textValue()).isEqualTo("type");
        assertThat(api.get(KEYS + "/onboarding").error(400).get("param").textValue())
                .isEqualTo("type");
        assertThat(api.get(path + "aws&format=pdf").error(400).get("param").textValue())
                .isEqualTo("format");
    }

    @Test
    void machinesNeedNoKeyForHealthReadinessAndMetrics() {
        ApiClient anybody = api.with("");
        anybody.get("/healthz").ok();
        assertThat(anybody.get("/readyz").ok().get("status").textValue()).isEqualTo("ready");
        there.obstacle = Optional.of("the store does not answer");
        ApiClient.Answer notReady = new ApiClient(there.uri(), "", openApi, transcript).get("/readyz");
        assertThat(notReady.status()).isEqualTo(503);
        assertThat(notReady.json().at("/checks/store").textValue()).isEqualTo("the store does not answer");
        here.notice = Optional.of("the database has not answered for 31 s");
        JsonNode shown = anybody.get("/readyz").ok();
        assertThat(shown.get("status").textValue()).isEqualTo("ready");
        assertThat(shown.at("/checks/registry").textValue()).isEqualTo("the database has not answered for 31 s");
        assertThat(anybody.get("/metrics").body()).contains("jvm_memory_used_bytes", "sealward_management_requests");
        assertThat(anybody.get("/v1/openapi.json").ok()).isEqualTo(openApi.document());
        anybody.post("/healthz", "").error(405);
    }

    @Test
    void machinesAreAnsweredWhileEveryThreadOfTheApiWaitsForTheDatabase() throws Exception {
        ApiClient anybody = api.with("");
        ExecutorService waiting = Executors.newCachedThreadPool();
        try (Connection lock = here.connection()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("UPDATE registry_state SET revision = revision WHERE id = 1");
            for (int i = 0; i < 16; i++) {
                waiting.submit(() -> api.post(PROJECTS, "{\"name\":\"waits\"}"));
            }
            Eventually.holds(() -> assertThat(waitingForTheDatabase()).isEqualTo(ManagementServer.THREADS));
            anybody.get("/healthz").ok();
            anybody.get("/readyz").ok();
            assertThat(anybody.get("/metrics").status()).isEqualTo(200);
            anybody.get(PROJECTS).error(401);
            lock.rollback();
        } finally {
            waiting.shutdown();
            assertThat(waiting.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void everyRequestLeavesALineWithItsIdRouteStatusAndActor() {
        String id = api.get(PROJECTS + "?limit=1")
                .raw()
                .headers()
                .firstValue("x-request-id")
                .orElseThrow();
        Eventually.holds(() -> assertThat(log.toString()).contains(id));
        assertThat(log.toString())
                .contains(id + " GET " + PROJECTS + " status=200 actor="
                        + admin.key().id() + " micros=");
    }

    @Test
    void noSecretIsInAnyAnswerLogLineOrMetric() {
        String secret = api.post(project("secrets") + "/s3_credentials", "{\"name\":\"c\"}")
                .ok()
                .get("secret_access_key")
                .textValue();
        String storeSecret = "planted-store-secret";
        String owner = project("with a store credential");
        api.post(owner, "{" + storeCredential("own", storeSecret) + "}").ok();
        api.post(owner, "{" + storeCredential("o n", storeSecret) + "}").error(400);
        api.post(owner, "{" + storeCredential("own", storeSecret) + ",\"x\":1}").error(400);
        api.get(owner).ok();
        api.get(PROJECTS + "?limit=100").ok();
        String wrongToken = admin.token().substring(0, admin.token().length() - 7) + "planted";
        api.with(wrongToken).get(PROJECTS).error(401);
        api.post(PROJECTS, "{\"name\":\"" + admin.token() + "\",}").error(400);
        api.get("/v1/organization/audit_logs?limit=100").ok();
        String metrics = api.get("/metrics").body();
        assertThat(transcript.toString().split(secret, -1))
                .as("the secret is shown once")
                .hasSize(2);
        Eventually.holds(() -> assertThat(log.toString()).contains("s3_credential.created"));
        for (String planted : List.of(
                secret,
                storeSecret,
                wrongToken,
                admin.token(),
                admin.token().substring(admin.token().lastIndexOf('_') + 1))) {
            assertThat(log.toString()).doesNotContain(planted);
            assertThat(metrics).doesNotContain(planted);
        }
        assertThat(transcript.toString()).doesNotContain(admin.token(), wrongToken, storeSecret);
    }

    /** Threads that wait for the lock that a change takes first, or for a connection to ask for it. */
    private static long waitingForTheDatabase() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(Database.class.getName())
                                && frame.getMethodName().equals("change")))
                .count();
    }

    private String project(String name) {
        return PROJECTS + "/" + projectId(name);
    }

    private String projectId(String name) {
        return api.post(PROJECTS, "{\"name\":\"%s\"}".formatted(name))
                .ok()
                .get("id")
                .textValue();
    }

    private JsonNode register(String name) {
        String body = localBody(name);
        opener.createKey(spec("local", body));
        return api.post(KEYS, body).ok();
    }

    private String localBody(String name) {
        return "{\"type\":\"local\",\"name\":\"%s\",\"key_name\":\"%s--%s\"}".formatted(name, organizationId, name);
    }

    private static String awsBody(String arn, String externalId) {
        return "{\"type\":\"aws\",\"name\":\"n\",\"role_arn\":\"arn:aws:iam::123456789012:role/r\",\"kms_arn\":\"%s\",\"external_id\":\"%s\"}"
                .formatted(arn, externalId);
    }

    private static KeySpec spec(String type, String body) {
        JsonBody json = JsonBody.parse(body.getBytes(UTF_8));
        Map<String, String> values = new HashMap<>();
        KmsProvider provider = Providers.find(type).orElseThrow();
        provider.fields().forEach(field -> json.optionalText(field.name(), field.maxLength())
                .ifPresent(value -> values.put(field.name(), value)));
        return provider.parse(values);
    }

    private String strangerId() {
        return stranger.get(KEYS + "/onboarding?type=aws")
                .ok()
                .get("organization_id")
                .textValue();
    }

    private int count(String path) {
        return api.get(path + "?limit=100").ok().get("data").size();
    }

    private List<String> auditTypes() {
        List<String> types = new ArrayList<>();
        api.get("/v1/organization/audit_logs?limit=100")
                .ok()
                .get("data")
                .forEach(entry -> types.add(entry.get("type").textValue()));
        return types;
    }
}
