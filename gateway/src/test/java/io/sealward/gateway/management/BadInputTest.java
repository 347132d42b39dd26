package io.sealward.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.gateway.registry.KeystoreOpener;
import io.sealward.gateway.registry.TestDatabase;
import io.sealward.providers.catalog.Providers;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, the answer is the API's error object with 4xx, and nothing is stored. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BadInputTest {
    private static final String KEYS = "/v1/organization/external_keys";
    private static final String PROJECTS = "/v1/organization/projects";
    private static final String ARN = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000";

    private final OpenApi openApi = new OpenApi();
    private KeystoreOpener opener;
    private TestServer server;
    private ApiClient api;
    private String organizationId;
    private String token;

    abstract TestDatabase newDatabase();

    @BeforeAll
    void start(@TempDir Path directory) {
        opener = new KeystoreOpener(directory.resolve("keys.bcfks"));
        server = new TestServer(newDatabase(), opener);
        var admin = server.bootstrap("Tenant");
        organizationId = admin.key().organizationId();
        token = admin.token();
        api = new ApiClient(server.uri(), token, openApi, new StringWriter());
    }

    @AfterAll
    void nothingWasStored() {
        if (server == null) {
            return;
        }
        try {
            assertThat(api.get(KEYS).ok().get("data")).isEmpty();
            assertThat(api.get(PROJECTS).ok().get("data")).isEmpty();
        } finally {
            server.close();
            opener.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type":"aws","name":"n","role_arn":"R","kms_arn":"A","external_id":"O","x":1} | x
                    {"name":"n"}                                                                   | type
                    {"type":"oci","name":"n"}                                                      | type
                    {"type":1,"name":"n"}                                                          | type
                    {"type":"aws","role_arn":"R","kms_arn":"A","external_id":"O"}                  | name
                    {"type":"aws","name":"","role_arn":"R","kms_arn":"A","external_id":"O"}        | name
                    {"type":"aws","name":"\\u0000","role_arn":"R","kms_arn":"A","external_id":"O"} | name
                    {"type":"aws","name":"\\ud800","role_arn":"R","kms_arn":"A","external_id":"O"} | name
                    {"type":"aws","name":["n"],"role_arn":"R","kms_arn":"A","external_id":"O"}     | name
                    {"type":"aws","name":"n","name":"m","role_arn":"R","kms_arn":"A"}              | name
                    {"type":"aws","name":"n","role_arn":"r","kms_arn":"A","external_id":"O"}       | role_arn
                    {"type":"aws","name":"n","role_arn":"R\\n","kms_arn":"A","external_id":"O"}    | role_arn
                    {"type":"aws","name":"n","role_arn":"R","kms_arn":"arn:aws:kms:eu-west-1:123456789012:alias/k","external_id":"O"} | kms_arn
                    {"type":"aws","name":"n","role_arn":"R","kms_arn":"arn:aws:kms:eu-west-1:123456789012:key:00000000-0000-4000-8000-000000000000","external_id":"O"} | kms_arn
                    {"type":"aws","name":"n","role_arn":"R","kms_arn":"arn:aws:kms:evil.example/#:123456789012:key/00000000-0000-4000-8000-000000000000","external_id":"O"} | kms_arn
                    {"type":"aws","name":"n","role_arn":"R","kms_arn":"A"}                         | external_id
                    {"type":"aws","name":"n","role_arn":"R","kms_arn":"A","external_id":null}      | external_id
                    {"type":"aws","name":"n","role_arn":"R","kms_arn":"A","external_id":"org-somebody"}   | external_id
                    {"type":"aws","name":"n","role_arn":"R","kms_arn":"A","external_id":"proj_somebody"}  | external_id
                    {"type":"aws","name":"n","purpose":"psp_decryption","role_arn":"R","kms_arn":"A","external_id":"O"} | purpose
                    {"type":"azure","name":"n","tenant_id":"common","vault_uri":"https://vault.vault.azure.net/","key_name":"O--k"} | tenant_id
                    {"type":"azure","name":"n","tenant_id":"T","vault_uri":"http://vault.vault.azure.net/","key_name":"O--k"} | vault_uri
                    {"type":"azure","name":"n","tenant_id":"T","vault_uri":"https://169.254.169.254/","key_name":"O--k"} | vault_uri
                    {"type":"azure","name":"n","tenant_id":"T","vault_uri":"https://v.vault.azure.net.evil.example/","key_name":"O--k"} | vault_uri
                    {"type":"azure","name":"n","tenant_id":"T","vault_uri":"https://evil.example#.vault.azure.net/","key_name":"O--k"} | vault_uri
                    {"type":"azure","name":"n","tenant_id":"T","vault_uri":"https://a@evil.vault.azure.net/","key_name":"O--k"} | vault_uri
                    {"type":"azure","name":"n","tenant_id":"T","vault_uri":"https://vault.vault.azure.net/","key_name":"k"} | key_name
                    {"type":"azure","name":"n","tenant_id":"T","vault_uri":"https://vault.vault.azure.net/","key_name":"org-somebody--k"} | key_name
                    {"type":"gcp","name":"n","workload_identity_project_number":12,"workload_identity_pool_id":"pool","workload_identity_provider_id":"prov","audience":"O","kms_project_id":"project-1","kms_key_ring_name":"r","kms_key_name":"k","kms_key_location":"l"} | workload_identity_project_number
                    {"type":"gcp","name":"n","workload_identity_project_number":"12","workload_identity_pool_id":"../x","workload_identity_provider_id":"prov","audience":"O","kms_project_id":"project-1","kms_key_ring_name":"r","kms_key_name":"k","kms_key_location":"l"} | workload_identity_pool_id
                    {"type":"gcp","name":"n","workload_identity_project_number":"12","workload_identity_pool_id":"pool","workload_identity_provider_id":"prov","audience":"O","kms_project_id":"project-1","kms_key_ring_name":"r/x","kms_key_name":"k","kms_key_location":"l"} | kms_key_ring_name
                    {"type":"local","name":"n","key_name":"org-somebody--k"}                       | key_name
                    {"type":"local","name":"n","key_name":"O--k","role_arn":"R"}                   | role_arn
                    """)
    void aRegistrationIsRefusedWithTheFieldAtFault(String template, String field) {
        String body = template.replace("\"R", "\"arn:aws:iam::123456789012:role/r")
                .replace("\"A\"", "\"" + ARN + "\"")
                .replace("\"T\"", "\"20a14814-5ab7-4612-a671-1382b412bf93\"")
                .replace("\"O--", "\"" + organizationId + "--")
                .replace("\"O\"", "\"" + organizationId + "\"");
        JsonNode error = api.post(KEYS, body).error(400);
        assertThat(error.get("param").textValue()).as(error.toString()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:kms:eu-west-1:123456789012:alias/k, Aliases are not accepted",
        "alias/k, Aliases are not accepted",
        "arn:aws:kms:eu-west-1:123456789012:key:00000000-0000-4000-8000-000000000000, with a slash before"
    })
    void aNameOfAKeyThatPeopleDoWriteIsRefusedInWords(String arn, String words) {
        String body = """
                {"type":"aws","name":"n","role_arn":"arn:aws:iam::123456789012:role/r","kms_arn":"%s","external_id":"%s"}""".formatted(arn, organizationId);
        assertThat(api.post(KEYS, body).error(400).get("message").textValue()).contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                          | name
                    {"name":null}                               | name
                    {"name":true}                               | name
                    {"name":{"a":1}}                            | name
                    {"name":"n","external_key_id":5}            | external_key_id
                    {"name":"n","external_key_id":"extkey_x"}   | external_key_id
                    {"name":"n","key_mode":"none"}              | key_mode
                    {"name":"n","residency":{"region":"eu"}}    | residency
                    {"name":"n","geography":"eu"}               | geography
                    {"name":"n","store_credential":"own"}       | store_credential
                    {"name":"n","store_credential":["own"]}     | store_credential
                    {"name":"n","store_credential":{}}          | store_credential.access_key_id
                    {"name":"n","store_credential":{"access_key_id":"own"}}     | store_credential.secret_access_key
                    {"name":"n","store_credential":{"secret_access_key":"own"}} | store_credential.access_key_id
                    {"name":"n","store_credential":{"access_key_id":"own","secret_access_key":null}} | store_credential.secret_access_key
                    {"name":"n","store_credential":{"access_key_id":5,"secret_access_key":"s"}}      | store_credential.access_key_id
                    {"name":"n","store_credential":{"access_key_id":"","secret_access_key":"s"}}     | store_credential.access_key_id
                    {"name":"n","store_credential":{"access_key_id":"a/b","secret_access_key":"s"}}  | store_credential.access_key_id
                    {"name":"n","store_credential":{"access_key_id":"a,b","secret_access_key":"s"}}  | store_credential.access_key_id
                    {"name":"n","store_credential":{"access_key_id":"a b","secret_access_key":"s"}}  | store_credential.access_key_id
                    {"name":"n","store_credential":{"access_key_id":"é","secret_access_key":"s"}}    | store_credential.access_key_id
                    {"name":"n","store_credential":{"access_key_id":"a","secret_access_key":"\\n"}}  | store_credential.secret_access_key
                    {"name":"n","store_credential":{"access_key_id":"a","secret_access_key":{"x":1}}} | store_credential.secret_access_key
                    {"name":"n","store_credential":{"access_key_id":"a","secret_access_key":"s","endpoint":"e"}} | store_credential.endpoint
                    {"name":"n","store_credential":{"access_key_id":"a","access_key_id":"b","secret_access_key":"s"}} | store_credential.access_key_id
                    {"name":"n","store_credential.access_key_id":"a"} | store_credential.access_key_id
                    """)
    void aProjectIsRefusedWithTheFieldAtFault(String body, String field) {
        assertThat(api.post(PROJECTS, body).error(400).get("param").textValue()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[]", "null", "\"x\"", "{\"name\":\"n\"} {}", "{\"name\":\"n\",}", "{'name':'n'}", "<xml/>"
            })
    void whatIsNotOneJsonObjectIsRefused(String body) {
        assertThat(api.post(PROJECTS, body).error(400).get("code").textValue()).isEqualTo("invalid_json");
    }

    @Test
    void jsonThatIsTooDeepTooLongOrNotUtf8IsRefused() {
        api.post(PROJECTS, "{\"name\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")
                .error(400);
        api.post(PROJECTS, "{\"name\":" + "9".repeat(1_000) + "}").error(400);
        JsonNode longName =
                api.post(PROJECTS, "{\"name\":\"" + "n".repeat(257) + "\"}").error(400);
        assertThat(longName.get("message").textValue()).contains("maximum length 256", "length 257");
        tooLong("n".repeat(129), "s", "store_credential.access_key_id");
        tooLong("n", "s".repeat(257), "store_credential.secret_access_key");
        assertThat(api.post(PROJECTS, "{\"name\":\"" + "n".repeat(70_000) + "\"}")
                        .error(413)
                        .get("code")
                        .textValue())
                .isEqualTo("request_too_large");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/organization/projects?limit=0, limit",
        "/v1/organization/projects?limit=101, limit",
        "/v1/organization/projects?limit=-1, limit",
        "/v1/organization/projects?limit=ten, limit",
        "/v1/organization/projects?limit=99999999999999999999, limit",
        "/v1/organization/projects?limit=1&limit=2, limit",
        "/v1/organization/projects?include_archived=maybe, include_archived",
        "/v1/organization/projects?owner=me, owner",
        "/v1/organization/external_keys?order=up, order",
        "/v1/organization/external_keys?purpose=fun, purpose",
        "/v1/organization/audit_logs?effective_at=5, effective_at",
        "/v1/organization/projects?after=%00, after",
        "/v1/organization/projects?after=a%0Ab, after",
        "/v1/organization/audit_logs?event_types[]=a&event_types[]=%00, event_types",
        "/v1/organization/audit_logs?event_types[]=a&event_types=b, event_types",
    })
    void aQueryIsRefusedWithTheParameterAtFault(String uri, String param) {
        assertThat(api.get(uri).error(400).get("param").textValue()).isEqualTo(param);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/organization/external_keys/'%20OR%201=1--",
                "/v1/organization/external_keys/%00",
                "/v1/organization/external_keys/..%2f..%2fprojects",
                "/v1/organization/projects/proj_none",
                "/v1/organization/projects/proj_none/s3_credentials",
                "/v1/organization/projects/",
                "/v1/organization/projects//buckets",
                "/v1",
                "/",
            })
    void whatIsNotThereIsNotFound(String uri) {
        assertThat(api.get(uri).status()).isIn(400, 404);
        assertThat(api.get(uri).json().at("/error/message").textValue()).isNotEmpty();
    }

    @Test
    void otherMethodsAreNotAllowed() {
        assertThat(api.send("PUT", PROJECTS, "{}").error(405).get("code").textValue())
                .isEqualTo("method_not_allowed");
        api.send("DELETE", PROJECTS + "/proj_x", "").error(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /%zz HTTP/1.1", "GARBAGE", "GET / HTTP/9.9", "\u0016\u0003\u0001\u0000"})
    void whatIsNotHttpGetsAnAnswerOrAClosedConnection(String line) throws IOException {
        assertThat(raw(line + "\r\nhost: x\r\nconnection: close\r\n\r\n"))
                .doesNotContain("Exception")
                .containsAnyOf("400", "401", "404");
    }

    @Test
    void headersWithoutEndAreCutOff() throws IOException {
        assertThat(raw("GET /healthz HTTP/1.1\r\nhost: x\r\nx: " + "y".repeat(40_000) + "\r\n\r\n"))
                .contains("400", "too large");
    }

    @Test
    void twoRequestsInOnePacketGetTwoAnswersInOrder() throws IOException {
        String answers = raw(String.join(
                "\r\n",
                "GET /healthz HTTP/1.1",
                "host: x",
                "",
                "GET /v1/openapi.json HTTP/1.1",
                "host: x",
                "connection: close",
                "",
                ""));
        assertThat(answers.indexOf("\"status\":\"ok\"")).isBetween(0, answers.indexOf("\"openapi\""));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedInItsTurn() throws IOException {
        String answers = raw("GET " + PROJECTS + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + token
                + "\r\n\r\nPOST " + PROJECTS + " HTTP/1.1\r\nhost: x\r\ncontent-length: 70000\r\n\r\n"
                + "x".repeat(70_000));
        assertThat(answers.indexOf("HTTP/1.1 200")).isZero();
        assertThat(answers.lastIndexOf("HTTP/1.1 413")).isPositive();
        assertThat(answers.substring(answers.lastIndexOf("HTTP/1.1 413")))
                .containsPattern("x-request-id: req_[0-9a-f]{32}")
                .contains("request_too_large");
    }

    @Test
    void everyFieldOfEveryRequestInTheDocumentIsOneTheServerKnowsAndNoOther() {
        String project =
                api.post(PROJECTS, "{\"name\":\"archived\"}").ok().get("id").textValue();
        api.post(PROJECTS + "/" + project + "/archive", "").ok();
        String keyName = organizationId + "--known";
        opener.createKey(Providers.find("local").orElseThrow().parse(Map.of("key_name", keyName)));
        String key = api.post(KEYS, "{\"type\":\"local\",\"name\":\"n\",\"key_name\":\"%s\"}".formatted(keyName))
                .ok()
                .get("id")
                .textValue();
        for (String operation : openApi.operations()) {
            String path = operation
                    .split(" ")[1]
                    .replace("{project_id}", project)
                    .replace("{external_key_id}", key)
                    .replace("{access_key_id}", "AKID")
                    .replace("{role_id}", "role")
                    .replace("{bucket}", "photos");
            for (JsonNode schema : openApi.requestSchemas(operation)) {
                Set<String> documented = new TreeSet<>();
                schema.get("properties").fieldNames().forEachRemaining(documented::add);
                String type = documented.contains("mixed")
                        ? "bucket"
                        : documented.contains("policy") && !documented.contains("name")
                                ? "policy"
                                : schema.at("/properties/type/enum/0").asText("");
                assertThat(known(path, type)).as(operation + " " + type).isEqualTo(documented);
            }
        }
        api.delete(KEYS + "/" + key).ok();
    }

    @Test
    void aStoreCredentialHasTheFieldsAndSizesOfTheDocument() {
        for (String operation : List.of("POST " + PROJECTS, "POST " + PROJECTS + "/{project_id}")) {
            JsonNode fields = openApi.requestSchemas(operation).get(0).at("/properties/store_credential/properties");
            assertThat(fields).hasSize(2);
            assertThat(fields.at("/access_key_id/maxLength").intValue()).isEqualTo(128);
            assertThat(fields.at("/secret_access_key/maxLength").intValue()).isEqualTo(256);
            String pattern = fields.at("/access_key_id/pattern").textValue();
            assertThat(api.post(PROJECTS, credential("a b", "s"))
                            .error(400)
                            .get("message")
                            .textValue())
                    .contains("'" + pattern + "'");
        }
        String message = api.post(PROJECTS, credential("a", "s").replace("}}", ",\"x\":1}}"))
                .error(400)
                .get("message")
                .textValue();
        assertThat(message).contains("store_credential.access_key_id, store_credential.secret_access_key.");
    }

    private void tooLong(String accessKeyId, String secret, String field) {
        JsonNode error = api.post(PROJECTS, credential(accessKeyId, secret)).error(400);
        assertThat(error.get("param").textValue()).isEqualTo(field);
        assertThat(error.get("code").textValue()).isEqualTo("string_above_max_length");
    }

    private static String credential(String accessKeyId, String secret) {
        return "{\"name\":\"n\",\"store_credential\":{\"access_key_id\":\"%s\",\"secret_access_key\":\"%s\"}}"
                .formatted(accessKeyId, secret);
    }

    /** The server names what it knows when it meets what it does not. */
    private Set<String> known(String path, String type) {
        String valid =
                switch (type) {
                    case "" -> "\"name\":\"n\"";
                    case "bucket" -> "\"mixed\":true";
                    case "policy" -> "\"policy\":null";
                    case "aws" ->
                        "\"type\":\"aws\",\"name\":\"n\",\"role_arn\":\"arn:aws:iam::123456789012:role/r\",\"kms_arn\":\""
                                + ARN + "\",\"external_id\":\"org-x\"";
                    case "gcp" ->
                        "\"type\":\"gcp\",\"name\":\"n\",\"workload_identity_project_number\":\"1\","
                                + "\"workload_identity_pool_id\":\"pool\",\"workload_identity_provider_id\":\"prov\","
                                + "\"audience\":\"org-x\",\"kms_project_id\":\"project-1\",\"kms_key_ring_name\":\"r\","
                                + "\"kms_key_name\":\"k\",\"kms_key_location\":\"l\"";
                    case "azure" ->
                        "\"type\":\"azure\",\"name\":\"n\",\"tenant_id\":\"20a14814-5ab7-4612-a671-1382b412bf93\","
                                + "\"vault_uri\":\"https://vault.vault.azure.net/\",\"key_name\":\"org-x--k\"";
                    case "vault" ->
                        "\"type\":\"vault\",\"name\":\"n\",\"vault_address\":\"https://vault.example\","
                                + "\"transit_key_name\":\"k\",\"auth_method\":\"jwt\",\"auth_role\":\"r\","
                                + "\"audience\":\"org-x\"";
                    case "pkcs11" -> "\"type\":\"pkcs11\",\"name\":\"n\",\"key_label\":\"org-x--k\"";
                    default -> "\"type\":\"local\",\"name\":\"n\",\"key_name\":\"org-x--k\"";
                };
        String message = api.post(path, "{" + valid + ",\"no_such_field\":1}")
                .error(400)
                .get("message")
                .textValue();
        String names = message.substring(message.indexOf("Known are: ") + 11, message.length() - 1);
        return new TreeSet<>(Set.of(names.split(", ")));
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
