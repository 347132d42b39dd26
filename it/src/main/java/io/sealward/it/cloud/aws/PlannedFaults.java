package io.sealward.it.cloud.aws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is to go wrong, call by call. Thread-safe. */
public final class PlannedFaults {
    private final Map<AwsOperation, Deque<Planned>> plans = new EnumMap<>(AwsOperation.class);

    private record Planned(AwsFault fault, int times) {}

    PlannedFaults() {}

    /** The next calls of an operation meet this fault, after those planned before it. */
    public synchronized void next(int times, AwsOperation operation, AwsFault fault) {
        plans.computeIfAbsent(operation, first -> new ArrayDeque<>()).addLast(new Planned(fault, times));
    }

    /** Every call of an operation meets this fault until {@link #clear}. */
    public void always(AwsOperation operation, AwsFault fault) {
        next(Integer.MAX_VALUE, operation, fault);
    }

    /** All goes well again. */
    public synchronized void clear() {
        plans.clear();
    }

    synchronized Optional<AwsFault> take(AwsOperation operation) {
        Deque<Planned> plan = plans.get(operation);
        if (plan == null || plan.isEmpty()) {
            return Optional.empty();
        }
        Planned now = plan.removeFirst();
        if (now.times() > 1) {
            plan.addFirst(new Planned(now.fault(), now.times() - 1));
        }
        return Optional.of(now.fault());
    }
}
