package io.sealward.gateway.cors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.RawClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Browsers at a bucket, with its rules at the store. */
class CrossOriginTest {
    private static final LoopbackStore.Script RULES = call -> call.respond(
            200,
            Map.of(),
            ("<CORSConfiguration><CORSRule><AllowedOrigin>https://app</AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
                            + "<AllowedHeader>*</AllowedHeader></CORSRule></CORSConfiguration>")
                    .getBytes(UTF_8));
    private static final LoopbackStore.Script NO_RULES = call -> call.error(404, "NoSuchCORSConfiguration");

    private final LoopbackStore store = new LoopbackStore(call -> call.error(500, "InternalError"));
    private final LoopbackGateway gateway = new LoopbackGateway(store);
    private final RawClient client = gateway.connect();

    @AfterEach
    void stop() {
        assertThat(gateway.documentMemory().taken()).isZero();
        client.close();
        gateway.close();
        store.close();
    }

    private RawClient.Answer ask(String method, String headers) {
        return client.send(method + " /data/key HTTP/1.1\r\nHost: gateway\r\n" + headers + "\r\n")
                .answer();
    }

    private RawClient.Answer preflight(String origin, String method) {
        return ask(
                "OPTIONS",
                "Origin: " + origin + "\r\nAccess-Control-Request-Method: " + method
                        + "\r\nAccess-Control-Request-Headers: x-amz-date\r\n");
    }

    @Test
    void aPreflightIsAnsweredByTheRulesOfTheBucket() {
        store.next(RULES);
        RawClient.Answer allowed = preflight("https://app", "GET");
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("access-control-allow-origin")).isEqualTo("https://app");
        assertThat(allowed.header("access-control-allow-headers")).isEqualTo("x-amz-date");
        store.next(RULES);
        assertThat(preflight("https://app", "PUT").text()).contains("<Code>AccessForbidden</Code>");
        store.next(RULES);
        assertThat(preflight("https://other", "GET").text()).contains("<Code>AccessForbidden</Code>");
        store.next(NO_RULES);
        assertThat(preflight("https://app", "GET").text()).contains("CORS is not enabled for this bucket");
        assertThat(store.requests()).hasSize(4).containsOnly("GET /data?cors=");
    }

    @Test
    void aPreflightThatAsksForNothingIsTold() {
        assertThat(ask("OPTIONS", "Access-Control-Request-Method: GET\r\n").text())
                .contains("<Code>BadRequest</Code>");
        assertThat(ask("OPTIONS", "Origin: https://app\r\n").text()).contains("<Code>BadRequest</Code>");
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void anAnswerSaysWhoseItIsToReadAlsoWhereItIsAnError() {
        store.next(RULES).next(call -> call.error(404, "NoSuchKey"));
        RawClient.Answer none = ask("GET", "Origin: https://app\r\n");
        assertThat(none.text()).contains("<Code>NoSuchKey</Code>");
        assertThat(none.header("access-control-allow-origin")).isEqualTo("https://app");
        assertThat(none.header("vary")).contains("Origin");
    }

    @Test
    void whatNoRuleAllowsIsAnsweredWithoutAWordOfIt() {
        store.next(RULES).next(call -> call.error(404, "NoSuchKey"));
        RawClient.Answer other = ask("GET", "Origin: https://other\r\n");
        assertThat(other.headers()).doesNotContainKey("access-control-allow-origin");
        assertThat(other.header("vary"))
                .as("or a cache tells it to the page that is allowed")
                .contains("Origin");
        store.next(NO_RULES).next(call -> call.error(404, "NoSuchKey"));
        RawClient.Answer noRules = ask("GET", "Origin: https://app\r\n");
        assertThat(noRules.text()).contains("<Code>NoSuchKey</Code>");
        assertThat(noRules.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void whoIsNoBrowserCostsNoRequest() {
        store.next(call -> call.error(404, "NoSuchKey"));
        ask("GET", "");
        assertThat(store.requests()).hasSize(1);
    }
}
