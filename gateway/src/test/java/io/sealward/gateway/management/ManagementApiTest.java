package io.sealward.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.registry.KeystoreOpener;
import io.sealward.gateway.registry.TestDatabase;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.NewAdminKey;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
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
abstract class ManagementApiTest implements ExternalKeyCases, CredentialCases, ProjectCases {
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

    @Override
    public TestServer here() {
        return here;
    }

    @Override
    public TestServer there() {
        return there;
    }

    @Override
    public KeystoreOpener opener() {
        return opener;
    }

    @Override
    public String organizationId() {
        return organizationId;
    }

    @Override
    public ApiClient api() {
        return api;
    }

    @Override
    public ApiClient stranger() {
        return stranger;
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
}
