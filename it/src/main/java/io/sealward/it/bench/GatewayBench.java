package io.sealward.it.bench;

import io.sealward.gateway.tenant.KeyMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark of the whole gateway, as a program. */
@Command(
        name = "gateway-bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures PUT and GET of 4 KiB, 1 MiB and 64 MiB on 1 and 16 connections against three targets:",
            "  direct  a store that costs next to nothing;",
            "  relay   the gateway's own two sides in front of it, sealing off;",
            "  sealed  the gateway in front of it, with cached keys.",
            "The targets, each a process of its own, take turns in every round of every load, so that what else",
            "happens on the machine meets all three. Told are medians over the rounds; ratios are made within a round."
        })
final class GatewayBench implements Callable<Integer> {
    @Option(names = "--quick", description = "Few short rounds: about a minute instead of eight.")
    private boolean quick;

    @Option(
            names = "--key-mode",
            defaultValue = "BUCKET_KEY",
            description = "BUCKET_KEY (default) wraps one key for all PUTs, PER_OBJECT one for each.")
    private KeyMode keyMode;

    @Option(
            names = "--only",
            defaultValue = "",
            description = "Only loads of which the name contains this: GET 4KiB x1.")
    private String only;

    @Option(
            names = "--rounds",
            defaultValue = "0",
            description = "How many times each target is measured, instead of 3 (--quick) or 7.")
    private int rounds;

    @Option(names = "--json", defaultValue = "target/gateway-bench.json", description = "Where the figures go.")
    private Path json;

    @Option(
            names = "--gateway-jvm-option",
            description = "For the JVMs of relay and gateway, such as -XX:StartFlightRecording=...; may be repeated.")
    private List<String> gatewayOptions = new ArrayList<>(List.of("-Xmx512m", "-XX:MaxDirectMemorySize=256m"));

    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new GatewayBench()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Cell> cells =
                Cell.all().stream().filter(cell -> (cell + ";").contains(only)).toList();
        try (ChildJvm store = ChildJvm.start(List.of("-Xmx256m"), NullStore.class);
                ChildJvm relay = gateway(BenchGateway.RELAY, store);
                ChildJvm gateway = gateway(keyMode.name(), store)) {
            List<Target> targets =
                    List.of(new Target("direct", store), new Target("relay", relay), new Target("sealed", gateway));
            for (Target target : targets) {
                target.prepare();
            }
            for (Cell cell : cells) {
                round(cell, targets, quick ? Duration.ofMillis(400) : Duration.ofSeconds(2));
            }
            BenchReport report = new BenchReport(keyMode);
            System.out.println(BenchReport.TITLE);
            for (Cell cell : cells) {
                List<Map<String, Sample>> measured = new ArrayList<>();
                for (int i = 0; i < rounds(); i++) {
                    measured.add(round(cell, targets, quick ? Duration.ofMillis(300) : Duration.ofMillis(1500)));
                }
                System.out.println(report.add(cell, measured));
            }
            report.write(json);
            System.out.println("The same as JSON: " + json);
        }
        return 0;
    }

    private int rounds() {
        return rounds > 0 ? rounds : quick ? 3 : 7;
    }

    private ChildJvm gateway(String kind, ChildJvm store) throws IOException {
        return ChildJvm.start(gatewayOptions, BenchGateway.class, kind, Integer.toString(store.port()));
    }

    private static Map<String, Sample> round(Cell cell, List<Target> targets, Duration atLeast)
            throws IOException, InterruptedException {
        Map<String, Sample> samples = new LinkedHashMap<>();
        for (Target target : targets) {
            samples.put(target.name(), target.run(cell, atLeast));
        }
        return samples;
    }
}
