package io.sealward.it.hostile;

import java.nio.ByteBuffer;

/**
 * One kind of hostile client.
 *
 * @param clients how many connections at once
 * @param script what the client of an index sends
 */
record Attack(String name, int clients, Script script) {
    /** What one client sends, piece by piece. None of them reads. */
    interface Sending {
        /** The next bytes to send, or none for now. */
        ByteBuffer next(long millis);
    }

    interface Script {
        Sending begin(int client);
    }

    /** The same with fewer clients. */
    Attack with(int fewer) {
        return new Attack(name, Math.min(clients, fewer), script);
    }
}
