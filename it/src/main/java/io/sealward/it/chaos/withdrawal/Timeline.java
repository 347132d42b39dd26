package io.sealward.it.chaos.withdrawal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the clients got done over time.
 *
 * @param stepMillis how long each step is
 * @param lines requests that ended in each step, by what they were
 */
public record Timeline(int stepMillis, Map<String, List<Integer>> lines) {
    private static final Map<String, Predicate<Request>> LINES = counted();

    private static Map<String, Predicate<Request>> counted() {
        Map<String, Predicate<Request>> lines = new LinkedHashMap<>();
        lines.put("reads", request -> request.is(Role.Kind.READ) && request.good());
        lines.put("writes", request -> request.is(Role.Kind.WRITE) && request.good());
        lines.put(
                "refused or cut",
                request -> (request.is(Role.Kind.READ) || request.is(Role.Kind.WRITE)) && !request.good());
        lines.put("other tenant", request -> request.is(Role.Kind.OTHER) && request.good());
        lines.put("other tenant's errors", request -> request.is(Role.Kind.OTHER) && !request.good());
        return lines;
    }

    static Timeline of(List<Request> requests, long begin, long end, int stepMillis) {
        int steps = (int) ((end - begin) / 1_000_000 / stepMillis) + 1;
        Map<String, List<Integer>> all = new LinkedHashMap<>();
        LINES.forEach((name, wanted) -> {
            Integer[] counts = new Integer[steps];
            Arrays.fill(counts, 0);
            requests.stream()
                    .filter(wanted)
                    .filter(request -> request.ended() >= begin && request.ended() <= end)
                    .forEach(request -> counts[(int) ((request.ended() - begin) / 1_000_000 / stepMillis)]++);
            all.put(name, List.of(counts));
        });
        return new Timeline(stepMillis, all);
    }
}
