package io.sealward.it.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealward.gateway.tenant.KeyMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures as a table, a line for each load, and as JSON. */
final class BenchReport {
    static final String TITLE =
            line("", "MB/s (10^6)", "", "", "ratios", "", "p50 us", "", "", "p99 us", "", "", "added", "CPU s/GiB", "")
                    + "\n"
                    + line(
                            "load",
                            "direct",
                            "relay",
                            "sealed",
                            "rel/dir",
                            "seal/rel",
                            "direct",
                            "relay",
                            "sealed",
                            "direct",
                            "relay",
                            "sealed",
                            "p50 us",
                            "relay",
                            "sealed");

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectNode root = mapper.createObjectNode();
    private final ArrayNode loads;

    BenchReport(KeyMode keyMode) {
        root.put("at", Instant.now().toString());
        root.put("java", Runtime.version().toString());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("keyMode", keyMode.name());
        loads = root.putArray("loads");
    }

    /**
     * Adds a load to the JSON and gives its line of the table.
     *
     * @param rounds by the name of the target
     */
    String add(Cell cell, List<Map<String, Sample>> rounds) {
        ObjectNode load = loads.addObject();
        load.put("verb", cell.verb().name());
        load.put("bytes", cell.bytes());
        load.put("connections", cell.connections());
        load.put("rounds", rounds.size());
        for (String target : rounds.get(0).keySet()) {
            ObjectNode figures = load.putObject(target);
            figures.put(
                    "operations",
                    rounds.stream()
                            .mapToLong(round -> round.get(target).operations())
                            .sum());
            figures.put("bytesPerSecond", Math.round(median(rounds, target, Sample::bytesPerSecond)));
            figures.put("p50Micros", rounded(median(rounds, target, Sample::p50Micros)));
            figures.put("p99Micros", rounded(median(rounds, target, Sample::p99Micros)));
            figures.put("processorSecondsPerGiB", rounded(median(rounds, target, Sample::processorSecondsPerGib)));
        }
        load.put("relayToDirect", rounded(ratio(rounds, "relay", "direct")));
        load.put("sealedToRelay", rounded(ratio(rounds, "sealed", "relay")));
        load.put(
                "addedP50Micros",
                rounded(median(
                        rounds,
                        round -> round.get("sealed").p50Micros()
                                - round.get("direct").p50Micros())));
        return line(
                cell.toString(),
                megabytes(load, "direct"),
                megabytes(load, "relay"),
                megabytes(load, "sealed"),
                load.path("relayToDirect").asText(),
                load.path("sealedToRelay").asText(),
                figure(load, "direct", "p50Micros"),
                figure(load, "relay", "p50Micros"),
                figure(load, "sealed", "p50Micros"),
                figure(load, "direct", "p99Micros"),
                figure(load, "relay", "p99Micros"),
                figure(load, "sealed", "p99Micros"),
                Long.toString(Math.round(load.path("addedP50Micros").asDouble())),
                load.path("relay").path("processorSecondsPerGiB").asText(),
                load.path("sealed").path("processorSecondsPerGiB").asText());
    }

    void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    private static double ratio(List<Map<String, Sample>> rounds, String of, String to) {
        return median(
                rounds, round -> round.get(of).bytesPerSecond() / round.get(to).bytesPerSecond());
    }

    private static double median(List<Map<String, Sample>> rounds, String target, ToDoubleFunction<Sample> figure) {
        return median(rounds, round -> figure.applyAsDouble(round.get(target)));
    }

    private static double median(List<Map<String, Sample>> rounds, ToDoubleFunction<Map<String, Sample>> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double rounded(double figure) {
        return Math.round(figure * 1000) / 1000.0;
    }

    private static String megabytes(ObjectNode load, String target) {
        return String.format(
                Locale.ROOT, "%.0f", load.path(target).path("bytesPerSecond").asDouble() / 1e6);
    }

    private static String figure(ObjectNode load, String target, String name) {
        return Long.toString(Math.round(load.path(target).path(name).asDouble()));
    }

    private static String line(String... columns) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-14s", columns[0]));
        for (int i = 1; i < columns.length; i++) {
            line.append(String.format(Locale.ROOT, " %9s", columns[i]));
        }
        return line.toString();
    }
}
