package io.sealward.it.chaos.history;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether what clients saw of each key can be explained by one register that takes one operation at a time, each between its
 * request and its answer, in the manner of Wing and Gong with Lowe's memory of what was tried.
 *
 * @see <a href="https://doi.org/10.1002/cpe.3928">Lowe, Testing for linearizability</a>
 */
public final class Linearizability {
    private static final int MAX_OPERATIONS = Long.SIZE;

    private final List<Operation> operations;
    private final long certain;
    private final Set<State> tried = new HashSet<>();

    /** @param done a bit for each operation that has taken its place in the order */
    private record State(long done, Optional<String> value) {}

    private Linearizability(List<Operation> operations) {
        this.operations = operations;
        long bits = 0;
        for (int i = 0; i < operations.size(); i++) {
            bits |= operations.get(i).outcome() == Operation.Outcome.UNKNOWN ? 0 : 1L << i;
        }
        this.certain = bits;
    }

    /**
     * The keys whose history no order explains. At the start no key exists.
     *
     * @throws IllegalArgumentException if a key has more than 64 operations
     */
    public static List<String> anomalies(List<Operation> history) {
        Map<String, List<Operation>> byKey =
                history.stream().collect(Collectors.groupingBy(Operation::key, TreeMap::new, Collectors.toList()));
        return byKey.entrySet().stream()
                .filter(key -> !explained(key.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean explained(List<Operation> operations) {
        if (operations.size() > MAX_OPERATIONS) {
            throw new IllegalArgumentException("more than " + MAX_OPERATIONS + " operations of a key");
        }
        return new Linearizability(operations).explains(new State(0, Optional.empty()));
    }

    private boolean explains(State state) {
        if ((state.done() & certain) == certain) {
            return true;
        }
        if (!tried.add(state)) {
            return false;
        }
        long firstAnswer = firstAnswer(state.done());
        for (int i = 0; i < operations.size(); i++) {
            Operation next = operations.get(i);
            if ((state.done() & 1L << i) == 0 && next.invoked() <= firstAnswer) {
                Optional<State> after = after(state, i, next);
                if (after.isPresent() && explains(after.orElseThrow())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Of those that have no place yet: none can come after one that was answered before it was sent. */
    private long firstAnswer(long done) {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < operations.size(); i++) {
            if ((done & 1L << i) == 0) {
                first = Math.min(first, operations.get(i).returned());
            }
        }
        return first;
    }

    /** Empty if the operation cannot come next. */
    private static Optional<State> after(State state, int index, Operation next) {
        boolean failed = next.outcome() == Operation.Outcome.CONDITION_FAILED;
        if (next.action().fits(state.value()) == failed) {
            return Optional.empty();
        }
        Optional<String> value = failed ? state.value() : next.action().after(state.value());
        return Optional.of(new State(state.done() | 1L << index, value));
    }
}
