package io.sealward.it.chaos.schedule;

import java.util.List;

/** Keys and contents of a schedule, which no other has. */
record Plot(long seed) {
    private static final int SOURCE_BYTES = 1000;

    /** Of all keys. */
    String prefix() {
        return "s" + seed + "/";
    }

    /** What is copied: written before all else, and never again. */
    String source() {
        return prefix() + "source";
    }

    String sourceName() {
        return name(Crowd.CLIENTS, 0, SOURCE_BYTES);
    }

    /** What clients write to. */
    List<String> keys() {
        return List.of(prefix() + "k0", prefix() + "k1");
    }

    String key(int choice) {
        return keys().get(choice);
    }

    String name(int client, int step, int bytes) {
        return "s" + seed + "c" + client + "n" + step + "-" + bytes;
    }
}
