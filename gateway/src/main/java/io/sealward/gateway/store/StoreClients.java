package io.sealward.gateway.store;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.tenant.Admission;
import java.util.IdentityHashMap;

/**
 * The store for each event loop of the gateway and each request that was admitted. The projects of a loop share its
 * connections: it is the request that is signed. Safe on any thread.
 */
public final class StoreClients {
    private final StoreSettings settings;
    private final StoreSigners signers;
    private final StorePlaces places;
    private final Events events;
    private final IdentityHashMap<EventExecutor, ConnectionPool> pools = new IdentityHashMap<>();

    public StoreClients(
            StoreSettings settings,
            EventLoopGroup loops,
            StoreTransport transport,
            StoreSigners signers,
            Events events) {
        this.settings = settings;
        this.signers = signers;
        this.events = events;
        this.places = StorePlaces.of(settings);
        for (EventExecutor loop : loops) {
            pools.put(loop, new ConnectionPool(settings, (EventLoop) loop, transport, events));
        }
    }

    /**
     * What is done at the store for one who asks on a loop of the group, under an admission: signed with the project's
     * credential there, in the sharer's turn, and refused as soon as the admission does not hold.
     */
    public StoreClient on(Asker asker, Admission admission) {
        return new StoreClient(
                settings,
                signers.of(admission.project()),
                pools.get(asker.eventLoop()),
                admission::requireHolding,
                new Turns(places, admission.sharer(), asker, events));
    }

    /** Requests that hold a place at the store. */
    public int underWay() {
        return places.requests().taken() + places.listings().taken();
    }

    /** Requests that wait for their place. */
    public int waiting() {
        return places.requests().waiting() + places.listings().waiting();
    }

    /** The region that requests to the store are signed for. */
    public String region() {
        return signers.region();
    }

    /** What the store keeps under keys that end in {@code /}. */
    public FolderKeys folderKeys() {
        return settings.folderKeys();
    }

    /** Closes idle connections; calls under way go on. */
    public void closeIdle() {
        pools.forEach((loop, pool) -> loop.execute(pool::closeIdle));
    }
}
