package io.sealward.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.RawClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConnectionLimitTest {
    private final ConnectionLimit limit = new ConnectionLimit(3, 2);

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void countsByAddressAndInAll() throws Exception {
        assertThat(limit.enter(address("10.0.0.1"))).isEmpty();
        assertThat(limit.enter(address("10.0.0.1"))).isEmpty();
        assertThat(limit.enter(address("10.0.0.1"))).contains(Refusal.ADDRESS);
        assertThat(limit.enter(address("10.0.0.2"))).isEmpty();
        assertThat(limit.enter(address("10.0.0.3"))).contains(Refusal.CONNECTIONS);
        limit.leave(address("10.0.0.1"));
        assertThat(limit.enter(address("10.0.0.1"))).isEmpty();
        assertThat(limit.count()).isEqualTo(3);
    }

    @Test
    void anIpv6NetworkIsOneAddress() throws Exception {
        assertThat(limit.enter(address("2001:db8::1"))).isEmpty();
        assertThat(limit.enter(address("2001:db8::2"))).isEmpty();
        assertThat(limit.enter(address("2001:db8::3"))).contains(Refusal.ADDRESS);
        assertThat(limit.enter(address("2001:db8:0:1::1"))).isEmpty();
    }

    @Test
    @Timeout(60) // it would wait for the loops for ever
    void aConnectionTooManyIsTurnedAwayWhileTheLoopsAreBusy() throws Exception {
        BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
        LoopbackSockets sockets = LoopbackSockets.counted();
        FrontServer front = LoopbackGateway.start(
                sockets,
                new FrontLimits(16 << 10, 16 << 10, Duration.ofSeconds(20), 0, 10, 2),
                exchange -> exchange.respond(Response.empty(200)),
                refusing(refusals));
        CountDownLatch busy = new CountDownLatch(1);
        sockets.loops().execute(() -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (RawClient first = new RawClient(front.address());
                RawClient second = new RawClient(front.address());
                RawClient third = new RawClient(front.address())) {
            assertThat(refusals.take()).isEqualTo(Refusal.ADDRESS);
            assertThat(front.connections()).isEqualTo(2);
            busy.countDown();
            for (RawClient client : List.of(first, second)) {
                assertThat(client.send("GET / HTTP/1.1\r\n\r\n").answer().status())
                        .isEqualTo(200);
            }
            assertThat(third.send("GET / HTTP/1.1\r\n\r\n").answer().status()).isEqualTo(503);
        } finally {
            busy.countDown();
            sockets.close();
        }
    }

    private static Events refusing(Queue<Refusal> refusals) {
        Events events = new Events();
        events.when(Refused.class, refused -> refusals.add(refused.why()));
        return events;
    }

    @Test
    void aConnectionTooManyIsToldSoAndCounted() throws Exception {
        Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
        LoopbackSockets sockets = LoopbackSockets.counted();
        FrontServer front = LoopbackGateway.start(
                sockets,
                new FrontLimits(16 << 10, 16 << 10, Duration.ofSeconds(20), 0, 10, 2),
                exchange -> exchange.respond(Response.empty(200)),
                refusing(refusals));
        try (RawClient first = new RawClient(front.address());
                RawClient second = new RawClient(front.address())) {
            for (RawClient client : List.of(first, second)) {
                assertThat(client.send("GET / HTTP/1.1\r\n\r\n").answer().status())
                        .isEqualTo(200);
            }
            try (RawClient third = new RawClient(front.address())) {
                RawClient.Answer answer = third.send("GET / HTTP/1.1\r\n\r\n").answer();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text()).contains("<Code>SlowDown</Code>");
                assertThat(third.closed()).isTrue();
            }
            assertThat(refusals).containsExactly(Refusal.ADDRESS);
            second.halfClose();
            Eventually.holds(() -> assertThat(front.connections()).isOne());
            try (RawClient next = new RawClient(front.address())) {
                assertThat(next.send("GET / HTTP/1.1\r\n\r\n").answer().status())
                        .isEqualTo(200);
            }
        } finally {
            sockets.close();
        }
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }
}
