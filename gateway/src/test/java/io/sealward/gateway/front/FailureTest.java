package io.sealward.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a handler fails with ends its exchange, wherever and whenever that is. */
class FailureTest {
    private final LoopbackSockets sockets = LoopbackSockets.counted();

    @AfterEach
    void close() {
        sockets.close();
    }

    private RawClient connect(RequestHandler handler) {
        FrontServer front =
                LoopbackGateway.serve(sockets, LoopbackGateway.limits(Duration.ofHours(1)), handler, new Events());
        return new RawClient(front.address());
    }

    private static S3Exception denied() {
        return new S3Exception(S3Error.KMS_DISABLED);
    }

    private static void assertTold(RawClient client) {
        for (int i = 0; i < 2; i++) { // and the connection serves on
            RawClient.Answer answer = client.send("GET / HTTP/1.1\r\n\r\n").answer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("<Code>KMS.DisabledException</Code>");
        }
    }

    @Test
    void thrown() {
        try (RawClient client = connect(exchange -> {
            throw denied();
        })) {
            assertTold(client);
        }
    }

    @Test
    void ofAStageThatHasFailed() {
        try (RawClient client = connect(exchange -> CompletableFuture.failedStage(denied()))) {
            assertTold(client);
        }
    }

    @Test
    void ofAStageThatFailsOnAnotherThread() {
        try (RawClient client = connect(exchange -> CompletableFuture.runAsync(() -> {
            throw denied();
        }))) {
            assertTold(client);
        }
    }

    @Test
    void whenTheAnswerHasBegun() {
        CompletableFuture<Void> serving = new CompletableFuture<>();
        try (RawClient client = connect(exchange -> begun(exchange, serving))) {
            client.send("GET / HTTP/1.1\r\n\r\n").head();
            client.take(1);
            serving.completeExceptionally(denied());
            assertThat(client.bytesUntilReset()).isZero();
        }
    }

    private static CompletionStage<Void> begun(Exchange exchange, CompletableFuture<Void> serving) {
        exchange.open(200, new DefaultHttpHeaders().set("content-length", 2), () -> {})
                .write(exchange.allocator().heapBuffer(1).writeByte('x'));
        return serving;
    }
}
