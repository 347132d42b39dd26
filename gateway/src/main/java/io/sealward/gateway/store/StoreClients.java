package io.sealward.gateway.store;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.sealward.gateway.sigv4.RequestSigner;
import java.util.IdentityHashMap;

/** One {@link StoreClient} for each event loop of the gateway. Immutable; safe on any thread. */
public final class StoreClients {
    private final IdentityHashMap<EventExecutor, StoreClient> clients = new IdentityHashMap<>();

    public StoreClients(StoreSettings settings, EventLoopGroup loops, StoreTransport transport, RequestSigner signer) {
        for (EventExecutor loop : loops) {
            clients.put(loop, new StoreClient(settings, (EventLoop) loop, transport, signer));
        }
    }

    /** The client that belongs to a loop of the group. */
    public StoreClient on(EventLoop loop) {
        return clients.get(loop);
    }

    /** Closes idle connections; calls under way go on. */
    public void closeIdle() {
        clients.forEach((loop, client) -> loop.execute(client::closeIdle));
    }
}
