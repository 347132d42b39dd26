package io.sealward.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is cut ends there, whatever the gateway's kernel holds of it. */
class CutTest {
    private static final int LENGTH = 32 << 20;

    /** More than the client's own buffer, and much less than a kernel holds for a reader that stands still. */
    private static final int AT_MOST = 1 << 20;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingMoreReachesAClientThatReadsAfterTheCut(boolean epoll) throws Exception {
        assumeTrue(!epoll || Epoll.isAvailable());
        LoopbackSockets sockets = epoll ? LoopbackSockets.epoll() : LoopbackSockets.counted();
        CompletableFuture<Exchange> answering = new CompletableFuture<>();
        FrontServer front = LoopbackGateway.start(sockets, Duration.ofHours(1), exchange -> {
            if (answering.isDone()) {
                exchange.respond(Response.empty(200));
                return;
            }
            Exchange.ResponseBody body =
                    exchange.open(200, new DefaultHttpHeaders().set("content-length", LENGTH), () -> {});
            body.write(exchange.allocator().heapBuffer(LENGTH).writeZero(LENGTH));
            answering.complete(exchange);
        });
        try (RawClient client = new RawClient(front.address())) {
            client.send("GET / HTTP/1.1\r\n\r\n").head();
            Exchange exchange = answering.get();
            exchange.eventLoop()
                    .submit(() -> ((ClientExchange) exchange).fail(new S3Exception(S3Error.KMS_DISABLED)))
                    .get();
            try (RawClient other = new RawClient(front.address())) {
                other.send("GET / HTTP/1.1\r\n\r\n").answer(); // until its loop selects again, NIO holds the socket
            }
            assertThat(client.bytesUntilReset()).isLessThan(AT_MOST);
        } finally {
            sockets.close();
        }
    }
}
