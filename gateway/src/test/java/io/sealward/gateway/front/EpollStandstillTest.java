package io.sealward.gateway.front;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.RawClient;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What holds of connections that stand still holds on the sockets of production too. */
@EnabledIf("io.netty.channel.epoll.Epoll#isAvailable")
class EpollStandstillTest extends StandstillTest {
    @Override
    LoopbackSockets sockets() {
        return LoopbackSockets.standingEpoll();
    }

    /** Netty sees nothing of it: the kernel holds more than the reader takes in all. */
    @Test
    void aSteadyReaderIsNotCut() {
        Duration idle = Duration.ofSeconds(1);
        int length = 32 << 20;
        try (LoopbackSockets real = LoopbackSockets.epoll()) {
            FrontServer front = LoopbackGateway.start(real, idle, exchange -> {
                Exchange.ResponseBody body =
                        exchange.open(200, new DefaultHttpHeaders().set("content-length", length), () -> {});
                body.write(exchange.allocator().heapBuffer(length).writeZero(length));
                body.end();
            });
            try (RawClient client = new RawClient(front.address())) {
                client.send("GET / HTTP/1.1\r\n\r\n").head();
                long end = System.nanoTime() + idle.multipliedBy(4).toNanos();
                int taken = 0;
                while (System.nanoTime() < end) {
                    client.take(16 << 10);
                    taken += 16 << 10;
                    LockSupport.parkNanos(idle.toNanos() / 20);
                }
                client.take(length - taken);
            }
        }
    }
}
