package io.sealward.it.bench;

import java.util.ArrayList;
import java.util.List;

/** One kind of load: what is done, with objects of which size, on how many connections at once. */
record Cell(Verb verb, int bytes, int connections) {
    enum Verb {
        PUT,
        GET
    }

    static final List<Integer> SIZES = List.of(4 << 10, 1 << 20, 64 << 20);

    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (Verb verb : Verb.values()) {
            for (int bytes : SIZES) {
                for (int connections : new int[] {1, 16}) {
                    cells.add(new Cell(verb, bytes, connections));
                }
            }
        }
        return cells;
    }

    /** Where a target keeps the object of this size that is read. */
    static String keptPath(String target, int bytes) {
        return "/" + NullStore.KEPT + "/" + target + "-" + bytes;
    }

    String size() {
        return bytes < 1 << 20 ? (bytes >> 10) + "KiB" : (bytes >> 20) + "MiB";
    }

    @Override
    public String toString() {
        return verb + " " + size() + " x" + connections;
    }
}
