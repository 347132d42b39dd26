package io.sealward.it.chaos.withdrawal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all clients of a run saw. Thread-safe. */
final class Ledger {
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Map<Role, AtomicLong> lastPlaintext = new EnumMap<>(Role.class);
    private final Map<Role, AtomicLong> lastGood = new EnumMap<>(Role.class);
    private final AtomicInteger wrongReads = new AtomicInteger();

    Ledger() {
        for (Role role : Role.values()) {
            lastPlaintext.put(role, new AtomicLong(System.nanoTime()));
            lastGood.put(role, new AtomicLong(System.nanoTime()));
        }
    }

    void ended(Request request) {
        requests.add(request);
        if (request.good()) {
            lastGood.get(request.role()).accumulateAndGet(request.began(), Math::max);
        }
    }

    /** A byte of content has come to a client of the tenant. */
    void plaintext(Role role, long nanos) {
        lastPlaintext.get(role).accumulateAndGet(nanos, Math::max);
    }

    /** A client has been given other bytes than were written. */
    void wrong() {
        wrongReads.incrementAndGet();
    }

    /** When content last came to the clients of a role; the start of the run if none has. */
    long lastPlaintext(Role role) {
        return lastPlaintext.get(role).get();
    }

    /** When content last came to any client of the tenant. */
    long lastPlaintext() {
        return lastPlaintext.values().stream().mapToLong(AtomicLong::get).max().orElseThrow();
    }

    /** Whether a request of a role that began after some time has succeeded. */
    boolean succeeded(Role role, long since) {
        return lastGood.get(role).get() > since;
    }

    int wrongReads() {
        return wrongReads.get();
    }

    /** Those that ended between two times, in no order. */
    List<Request> between(long from, long to) {
        return requests.stream()
                .filter(request -> request.ended() >= from && request.ended() < to)
                .toList();
    }

    /** All so far. */
    List<Request> all() {
        return List.copyOf(requests);
    }
}
