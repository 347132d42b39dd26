package io.sealward.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.RawClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What holds of connections that stand still holds on the sockets of production too. */
@EnabledIf("io.netty.channel.epoll.Epoll#isAvailable")
class EpollStandstillTest extends StandstillTest {
    @Override
    LoopbackSockets sockets() {
        return LoopbackSockets.standingEpoll();
    }

    /**
     * Netty sees nothing of it: the kernel holds more than the reader takes in all. The loop's time passes at once; the
     * kernel's is the real one, in which no hour has passed since it sent.
     */
    @Test
    void aSteadyReaderIsNotCut() throws Exception {
        Duration idle = Duration.ofHours(1);
        int length = 32 << 20;
        int piece = 4 << 20;
        AtomicReference<EpollSocketChannel> seen = new AtomicReference<>();
        try (LoopbackSockets kernels = LoopbackSockets.standingEpoll(socket -> {
            seen.set((EpollSocketChannel) socket);
            return LoopbackSockets.millisSinceSent(socket);
        })) {
            FrontServer front = LoopbackGateway.start(kernels, idle, exchange -> {
                Exchange.ResponseBody body =
                        exchange.open(200, new DefaultHttpHeaders().set("content-length", length), () -> {});
                body.write(exchange.allocator().heapBuffer(length).writeZero(length));
                body.end();
            });
            try (RawClient client = new RawClient(front.address())) {
                client.send("GET / HTTP/1.1\r\n\r\n").head();
                for (int taken = 0; taken < length; taken += piece) {
                    kernels.pass(idle.multipliedBy(2));
                    long before = System.nanoTime();
                    client.take(piece);
                    if (taken == 0) {
                        Eventually.holds(() -> assertThat(sentNanos(seen.get())).isGreaterThan(before));
                    }
                }
            }
        }
    }

    /** When the kernel sent last, to the millisecond. */
    private static long sentNanos(EpollSocketChannel socket) {
        return System.nanoTime()
                - Duration.ofMillis(LoopbackSockets.millisSinceSent(socket) - 1).toNanos();
    }
}
