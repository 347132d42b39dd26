package io.sealward.gateway.front;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the exchanges under way, so that a shutdown can wait for them: first it is announced, while all is served, then it
 * starts. Thread-safe.
 */
final class Drain {
    private final AtomicInteger underWay = new AtomicInteger();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean announced;
    private volatile boolean started;

    /** From now on each answer is the last on its connection, and says so. */
    void announce() {
        announced = true;
    }

    boolean announced() {
        return announced;
    }

    /** From now on connections close after the exchange they are in; the others close now. */
    CompletionStage<Void> start() {
        announced = true;
        started = true;
        connections.forEach(ClientConnection::closeIfIdle);
        settle();
        return idle;
    }

    boolean started() {
        return started;
    }

    int exchangesUnderWay() {
        return underWay.get();
    }

    void opened(ClientConnection connection) {
        connections.add(connection);
        if (started) { // and start() may have been through the others before
            connection.closeIfIdle();
        }
    }

    void closed(ClientConnection connection) {
        connections.remove(connection);
    }

    void exchangeBegan() {
        underWay.incrementAndGet();
    }

    void exchangeEnded() {
        underWay.decrementAndGet();
        settle();
    }

    private void settle() {
        if (started && underWay.get() == 0) {
            idle.complete(null);
        }
    }
}
