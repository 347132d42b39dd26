package io.sealward.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    private static final String ACTIVE = key("extkey_1", "active", "null");
    private static final String REVOKED = key("extkey_2", "revoked", "\"the key is\\u001b[2J disabled\"");

    @TempDir
    Path folder;

    /** By token and what is asked for behind the path. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/organization/external_key_health", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        String answer =
                answers.get(token + ' ' + exchange.getRequestURI().getQuery().replace("limit=100", ""));
        byte[] body =
                (answer == null ? "{\"error\":{\"message\":\"Incorrect API key provided.\"}}" : answer).getBytes(UTF_8);
        exchange.sendResponseHeaders(answer == null ? 401 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String key(String id, String status, String reason) {
        return "{\"id\":\"" + id + "\",\"organization_id\":\"org-1\",\"type\":\"aws\",\"status\":\"" + status
                + "\",\"since\":1700000000,\"checked_at\":1700000060,\"reason\":" + reason + "}";
    }

    private static String page(String keys, String more) {
        return "{\"data\":[" + keys + "],\"has_more\":" + more + ",\"last_id\":\"extkey_1\"}";
    }

    private Invocation keys(String tokens, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), tokens);
        String[] args = new String[more.length + 5];
        args[0] = "keys";
        args[1] = "--url";
        args[2] = "http://127.0.0.1:" + server.getAddress().getPort();
        args[3] = "--admin-keys";
        args[4] = file.toString();
        System.arraycopy(more, 0, args, 5, more.length);
        return Invocation.of(args);
    }

    @Test
    void activeKeysAreStatusZero() throws IOException {
        answers.put("Bearer one ", page(ACTIVE, "false"));
        Invocation run = keys("one\n");
        assertThat(run.text().lines())
                .containsExactly(
                        "ORGANIZATION  KEY       PROVIDER  STATE   SINCE                 CHECKED               REASON",
                        "org-1         extkey_1  aws       active  2023-11-14T22:13:20Z  2023-11-14T22:14:20Z  -");
        assertThat(run.status()).isZero();
    }

    @Test
    void oneThatIsNotIsStatusOneOnWhateverPageOfWhateverOrganization() throws IOException {
        answers.put("Bearer none ", page("", "false"));
        answers.put("Bearer two ", page(ACTIVE, "true"));
        answers.put("Bearer two &after=extkey_1", page(REVOKED, "false"));
        Invocation run = keys("none\n\n two \n");
        assertThat(run.text()).contains("extkey_1").contains("revoked").contains("the key is [2J disabled");
        assertThat(run.status()).isEqualTo(1);
        assertThat(keys("two", "--json").text()).startsWith("[").contains("\"status\" : \"revoked\"");
    }

    @Test
    void whatDoesNotAnswerAsAGatewayIsToldAsSuch() throws IOException {
        Invocation refused = keys("unknown");
        assertThat(refused.errors())
                .contains("answers 401: Incorrect API key provided.")
                .doesNotContain("unknown");
        assertThat(refused.status()).isEqualTo(1);
        answers.put("Bearer odd ", "<html>");
        assertThat(keys("odd").errors()).contains("is not the management listener of a gateway");
        server.stop(0);
        assertThat(keys("odd").errors()).contains("does not answer");
    }
}
