package io.sealward.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.flow.AlwaysOpen;
import io.sealward.gateway.loopback.Logged;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.RawClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections on which nothing moves. */
@Timeout(15)
class StandstillTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    final LoopbackSockets sockets = sockets();
    private final AtomicInteger abandoned = new AtomicInteger();

    LoopbackSockets sockets() {
        return LoopbackSockets.counted();
    }

    @AfterEach
    void nothingIsHeld() {
        sockets.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private RawClient connect(RequestHandler handler) {
        return new RawClient(LoopbackGateway.start(sockets, SHORT, handler).address());
    }

    @Test
    void anIdleConnectionIsClosed() {
        try (RawClient client = connect(exchange -> exchange.respond(Response.empty(200)))) {
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aHeadThatStopsMidwayIsClosed() {
        try (RawClient client = connect(exchange -> exchange.respond(Response.empty(200)))) {
            client.send("GET / HTTP/1.1\r\nHo");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aHeadThatComesByteByByteIsClosed() {
        try (RawClient client = connect(exchange -> exchange.respond(Response.empty(200)))) {
            client.send("GET / HTTP/1.1\r\n\r\n").answer();
            CompletableFuture<Void> dribble = CompletableFuture.runAsync(() -> {
                while (true) {
                    client.send("x");
                    LockSupport.parkNanos(SHORT.toNanos() / 4);
                }
            });
            assertThat(client.closed()).isTrue();
            assertThat(dribble).failsWithin(SHORT.multipliedBy(20));
        }
    }

    @Test
    void aClientThatKeepsAskingStaysConnected() throws Exception {
        try (RawClient client = connect(exchange -> exchange.respond(Response.empty(200)))) {
            for (int i = 0; i < 12; i++) {
                assertThat(client.send("GET / HTTP/1.1\r\n\r\n").answer().status())
                        .isEqualTo(200);
                Thread.sleep(SHORT.toMillis() / 4);
            }
        }
    }

    @Test
    void aBodyThatStopsMidwayIsToldSo() {
        try (RawClient client = connect(exchange -> exchange.receive(new Discarding(), AlwaysOpen.INSTANCE)
                .whenComplete((done, failure) -> exchange.fail(failure)))) {
            client.send("PUT / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.answer().text()).contains("<Code>RequestTimeout</Code>");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aClientWaitsForASlowGatewayAsLongAsItTakes() {
        try (RawClient client = connect(exchange -> {
            EventLoop loop = exchange.eventLoop();
            loop.schedule(() -> exchange.respond(Response.empty(200)), 5 * SHORT.toMillis(), TimeUnit.MILLISECONDS);
        })) {
            assertThat(client.send("GET / HTTP/1.1\r\n\r\n").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatTakesNoMoreOfAStreamIsCut() throws Exception {
        streamTo(32 << 20, false);
    }

    @Test
    void aClientThatDoesNotTakeTheEndIsCut() throws Exception {
        streamTo(32 << 20, true);
    }

    @Test
    void aBodyThatDripsIsToldSo() throws Exception {
        FrontLimits limits = new FrontLimits(16 << 10, 16 << 10, SHORT, 1 << 20, 10, 10);
        FrontServer front = LoopbackGateway.start(
                sockets,
                limits,
                exchange -> exchange.receive(new Discarding(), AlwaysOpen.INSTANCE)
                        .whenComplete((done, failure) -> exchange.fail(failure)),
                (operation, status, received, sent, nanos) -> {});
        try (RawClient client = new RawClient(front.address())) {
            client.send("PUT / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");
            CompletableFuture<Void> drip = CompletableFuture.runAsync(() -> {
                while (true) {
                    client.send("x");
                    LockSupport.parkNanos(SHORT.toNanos() / 4);
                }
            });
            assertThat(client.answer().text()).contains("<Code>RequestTimeout</Code>");
            assertThat(client.closed()).isTrue();
            assertThat(drip).failsWithin(SHORT.multipliedBy(20));
        }
    }

    private void streamTo(int length, boolean ended) throws Exception {
        FrontServer front = LoopbackGateway.start(sockets, SHORT, exchange -> {
            Exchange.ResponseBody body = exchange.open(
                    200, new DefaultHttpHeaders().set("content-length", length), abandoned::incrementAndGet);
            body.write(exchange.allocator().heapBuffer(length).writeZero(length));
            if (ended) {
                body.end();
            }
        });
        try (RawClient client = new RawClient(front.address());
                Logged log = new Logged("sealward.access")) {
            client.send("GET / HTTP/1.1\r\n\r\n").head();
            while (front.exchangesUnderWay() > 0) {
                Thread.sleep(10);
            }
            while (log.lines().isEmpty()) { // which is written last
                Thread.sleep(10);
            }
            assertThat(log.lines()).singleElement().asString().contains("status=200 outcome=cut:IdleTimeout");
            assertThat(abandoned).hasValue(ended ? 0 : 1);
        }
    }

    private static final class Discarding implements ByteSink {
        @Override
        public void write(ByteBuf data) {
            data.release();
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }
}
