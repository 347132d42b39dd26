package io.sealward.gateway.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.event.Events;
import io.sealward.gateway.front.FrontServer;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are long in coming, over a real connection. */
class LateAnswerTest {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final LoopbackSockets sockets = LoopbackSockets.counted();
    private final BlockingQueue<CompletableFuture<Response>> awaited = new LinkedBlockingQueue<>();
    private Duration period = Duration.ofMillis(1);
    private final FrontServer front = LoopbackGateway.serve(
            sockets,
            LoopbackGateway.limits(Duration.ofMinutes(2)),
            exchange -> {
                CompletableFuture<Response> answer = new CompletableFuture<>();
                awaited.add(answer);
                return LateAnswer.send(
                        exchange, answer.whenCompleteAsync((found, failure) -> {}, exchange.eventLoop()), period);
            },
            new Events());

    @AfterEach
    void close() {
        sockets.close();
    }

    private RawClient ask(String version) {
        return new RawClient(front.address()).send("GET /b/k HTTP/" + version + "\r\nHost: gateway\r\n\r\n");
    }

    @Test
    void blanksComeBeforeTheDocument() throws InterruptedException {
        try (RawClient client = ask("1.1")) {
            CompletableFuture<Response> answer = awaited.take();
            RawClient.Answer head = client.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("transfer-encoding")).isEqualTo("chunked");
            assertThat(client.chunk()).isEqualTo(DECLARATION);
            assertThat(client.chunk()).isEqualTo(" ");
            assertThat(client.chunk()).isEqualTo(" ");
            answer.complete(Response.xml(200, DECLARATION + "<Result/>"));
            assertThat(rest(client)).isEqualTo("<Result/>");
        }
    }

    @Test
    void aFailureIsToldBehindTheBlanks() throws InterruptedException {
        try (RawClient client = ask("1.1")) {
            CompletableFuture<Response> answer = awaited.take();
            assertThat(client.head().status()).isEqualTo(200);
            answer.completeExceptionally(new S3Exception(S3Error.INVALID_PART));
            assertThat(rest(client)).startsWith(DECLARATION + "<Error><Code>InvalidPart</Code>");
        }
    }

    /** All that is left but blanks that came meanwhile; the declaration once. */
    private static String rest(RawClient client) {
        StringBuilder rest = new StringBuilder();
        for (String next = client.chunk(); !next.isEmpty(); next = client.chunk()) {
            rest.append(next.equals(" ") ? "" : next);
        }
        return rest.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1"})
    void anAnswerInTimeIsAsAnyOther(String version) throws InterruptedException {
        period = version.equals("1.0") ? period : Duration.ofHours(1);
        try (RawClient client = ask(version)) {
            awaited.take().complete(Response.xml(200, "<Result/>"));
            assertThat(client.answer().text()).isEqualTo("<Result/>");
        }
        try (RawClient client = ask(version)) {
            awaited.take().completeExceptionally(new S3Exception(S3Error.INVALID_PART));
            assertThat(client.answer().status()).isEqualTo(400);
        }
    }
}
