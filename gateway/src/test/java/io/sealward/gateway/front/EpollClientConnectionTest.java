package io.sealward.gateway.front;

import io.sealward.gateway.loopback.LoopbackSockets;
import org.junit.jupiter.api.condition.EnabledIf;

/** What holds of client connections holds on the sockets of production too. */
@EnabledIf("io.netty.channel.epoll.Epoll#isAvailable")
class EpollClientConnectionTest extends ClientConnectionTest {
    @Override
    LoopbackSockets sockets() {
        return LoopbackSockets.epoll();
    }
}
