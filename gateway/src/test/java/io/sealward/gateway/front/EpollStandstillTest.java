package io.sealward.gateway.front;

import io.sealward.gateway.loopback.LoopbackSockets;
import org.junit.jupiter.api.condition.EnabledIf;

/** What holds of connections that stand still holds on the sockets of production too. */
@EnabledIf("io.netty.channel.epoll.Epoll#isAvailable")
class EpollStandstillTest extends StandstillTest {
    @Override
    LoopbackSockets sockets() {
        return LoopbackSockets.standingEpoll();
    }
}
