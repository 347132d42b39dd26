package io.sealward.it.cloud.aws;

import java.util.EnumMap;
import java.util.Map;

/** Counts calls. Thread-safe. */
final class AwsCalls {
    private final Map<AwsOperation, Integer> counts = new EnumMap<>(AwsOperation.class);

    synchronized void count(AwsOperation operation) {
        counts.merge(operation, 1, Integer::sum);
        notifyAll();
    }

    synchronized int of(AwsOperation operation) {
        return counts.getOrDefault(operation, 0);
    }

    synchronized void await(AwsOperation operation, int count) throws InterruptedException {
        while (of(operation) < count) {
            wait();
        }
    }
}
