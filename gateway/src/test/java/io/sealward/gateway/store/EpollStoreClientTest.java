package io.sealward.gateway.store;

import io.sealward.gateway.loopback.LoopbackSockets;
import org.junit.jupiter.api.condition.EnabledIf;

/** What holds of calls to a store holds on the sockets of production too. */
@EnabledIf("io.netty.channel.epoll.Epoll#isAvailable")
class EpollStoreClientTest extends StoreClientTest {
    @Override
    LoopbackSockets sockets() {
        return LoopbackSockets.epoll();
    }
}
