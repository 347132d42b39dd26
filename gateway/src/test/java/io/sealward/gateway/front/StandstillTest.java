package io.sealward.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.flow.NoOutlet;
import io.sealward.gateway.loopback.Logged;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.RawClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections on which nothing moves. */
class StandstillTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    final LoopbackSockets sockets = sockets();
    private final AtomicInteger abandoned = new AtomicInteger();

    LoopbackSockets sockets() {
        return LoopbackSockets.standing();
    }

    @AfterEach
    void nothingIsHeld() {
        sockets.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private RawClient connect(Consumer<Exchange> handler) {
        return new RawClient(LoopbackGateway.start(sockets, SHORT, handler).address());
    }

    @Test
    void anIdleConnectionIsClosed() {
        try (RawClient client = connect(exchange -> exchange.respond(Response.empty(200)))) {
            client.send("GET / HTTP/1.1\r\n\r\n").answer();
            sockets.pass(SHORT.multipliedBy(2));
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aHeadThatStopsMidwayIsClosed() {
        try (RawClient client = connect(exchange -> exchange.respond(Response.empty(200)))) {
            client.send("GET / HTTP/1.1\r\n\r\n").answer();
            client.send("GET / HTTP/1.1\r\nHo");
            sockets.pass(SHORT.multipliedBy(2));
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aHeadThatComesByteByByteIsClosed() {
        try (RawClient client = connect(exchange -> exchange.respond(Response.empty(200)))) {
            client.send("GET / HTTP/1.1\r\n\r\n").answer();
            for (int i = 0; i < 4; i++) {
                client.send("x");
                sockets.pass(SHORT.dividedBy(4));
            }
            sockets.pass(SHORT.dividedBy(4));
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aClientThatKeepsAskingStaysConnected() {
        try (RawClient client = connect(exchange -> exchange.respond(Response.empty(200)))) {
            for (int i = 0; i < 12; i++) {
                assertThat(client.send("GET / HTTP/1.1\r\n\r\n").answer().status())
                        .isEqualTo(200);
                sockets.pass(SHORT.dividedBy(4));
            }
        }
    }

    @Test
    void aBodyThatStopsMidwayIsToldSo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (RawClient client = connect(exchange -> {
            exchange.receive(new Discarding(), NoOutlet.INSTANCE)
                    .whenComplete((done, failure) -> ((ClientExchange) exchange).fail(failure));
            begun.countDown();
        })) {
            client.send("PUT / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
            begun.await();
            sockets.pass(SHORT.multipliedBy(2));
            assertThat(client.answer().text()).contains("<Code>RequestTimeout</Code>");
            sockets.pass(Duration.ofSeconds(10)); // that it gives the client to hear it
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aClientWaitsForASlowGatewayAsLongAsItTakes() throws Exception {
        CompletableFuture<Exchange> kept = new CompletableFuture<>();
        try (RawClient client = connect(kept::complete)) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            Exchange exchange = kept.get();
            sockets.pass(SHORT.multipliedBy(5));
            exchange.eventLoop().execute(() -> exchange.respond(Response.empty(200)));
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatTakesNoMoreOfAStreamIsCut() {
        streamTo(32 << 20, false);
    }

    @Test
    void aClientThatDoesNotTakeTheEndIsCut() {
        streamTo(32 << 20, true);
    }

    @Test
    void aBodyThatDripsIsToldSo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        FrontLimits limits = new FrontLimits(16 << 10, 16 << 10, SHORT, 1 << 20, 10, 10);
        FrontServer front = LoopbackGateway.start(
                sockets,
                limits,
                exchange -> {
                    exchange.receive(new Discarding(), NoOutlet.INSTANCE)
                            .whenComplete((done, failure) -> ((ClientExchange) exchange).fail(failure));
                    begun.countDown();
                },
                new Events());
        try (RawClient client = new RawClient(front.address())) {
            client.send("PUT / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");
            begun.await();
            for (int i = 0; i < 8; i++) {
                client.send("x");
                sockets.pass(SHORT.dividedBy(4));
            }
            assertThat(client.answer().text()).contains("<Code>RequestTimeout</Code>");
            assertThat(client.closed()).as("the gateway's side").isTrue();
            assertThat(front.connections()).isOne();
            sockets.pass(Duration.ofSeconds(10)); // that it gives the client to end its own
            Eventually.holds(() -> assertThat(front.connections()).isZero());
        }
    }

    private void streamTo(int length, boolean ended) {
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
                sockets.pass(SHORT);
            }
            Eventually.holds(() ->
                    assertThat(log.lines()).singleElement().asString().contains("status=200 outcome=cut:IdleTimeout"));
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
