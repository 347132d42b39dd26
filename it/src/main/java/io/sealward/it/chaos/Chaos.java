package io.sealward.it.chaos;

import io.sealward.it.chaos.schedule.Kills;
import io.sealward.it.chaos.schedule.Schedules;
import io.sealward.it.chaos.withdrawal.BadReportException;
import io.sealward.it.chaos.withdrawal.Deployment;
import io.sealward.it.chaos.withdrawal.Latency;
import io.sealward.it.chaos.withdrawal.LoadPlan;
import io.sealward.it.chaos.withdrawal.Report;
import io.sealward.it.chaos.withdrawal.ReportJson;
import io.sealward.it.chaos.withdrawal.ReportPage;
import io.sealward.it.chaos.withdrawal.Round;
import io.sealward.it.chaos.withdrawal.Withdrawals;
import io.sealward.it.packaged.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Withdraws a key under load and measures at the clients when the last byte came. */
@Command(
        name = "sealward chaos",
        description = {
            "Withdraws a tenant's key under load, gives it back, and measures at the clients when the last byte came, what"
                    + " failed and when service returned, and what another tenant noticed of it.",
            "Without --gateway all of it is on this machine: a gateway from the package, a store, and a stand-in of the cloud.",
            "With --gateway it is a deployment of yours, with buckets of two tenants, and you are asked to switch the key."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:the bound held", " 1:it did not, or a step failed", " 2:the command line is wrong"})
public final class Chaos implements Callable<Integer> {
    private static final String JSON_FILE = "report.json";
    private static final String PAGE_FILE = "report.html";

    private final Resources resources = new Resources();

    @Option(
            names = "--cloud",
            defaultValue = "local",
            paramLabel = "CLOUD",
            description = "local, aws, gcp, azure or vault. Default ${DEFAULT-VALUE}.")
    private String cloud;

    @Option(
            names = "--how",
            split = ",",
            defaultValue = "disable",
            description =
                    "${COMPLETION-CANDIDATES}: how the key is withdrawn; several take turns. Default ${DEFAULT-VALUE}.")
    private List<KeyWithdrawal> how;

    @Option(names = "--withdrawals", defaultValue = "3", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
    private int withdrawals;

    @Option(
            names = "--canary",
            defaultValue = "1s",
            converter = Seconds.class,
            paramLabel = "TIME",
            description = "The gateway's key-cache.canary-interval. Default ${DEFAULT-VALUE}.")
    private Duration canary;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Gets " + JSON_FILE + ", and " + PAGE_FILE + ", which needs nothing else.")
    private Optional<Path> report;

    @Option(names = "--quick", description = "A load that is small enough for a build.")
    private boolean quick;

    @ArgGroup(exclusive = false, heading = "%nYour own deployment:%n")
    private ForeignOptions foreign;

    private Chaos() {}

    /** The program {@code sealward chaos}. */
    public static void main(String[] args) {
        System.setProperty("io.netty.leakDetection.level", "paranoid");
        System.exit(new CommandLine(new Chaos())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("sealward chaos: " + failure.getMessage());
                    return 1;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(resources::close, "chaos-end"));
        Deployment deployment = foreign != null
                ? foreign.deployment(canary, System.out)
                : StagedDeployment.set(cloud, how, canary, resources);
        System.out.printf(
                "%s; the bound is %d ms%n",
                deployment.name(), deployment.bound().total().toMillis());
        Report measured = Withdrawals.run(deployment, quick ? LoadPlan.QUICK : LoadPlan.FULL, withdrawals, System.out);
        if (report.isPresent()) {
            Path folder = Files.createDirectories(report.orElseThrow());
            Files.writeString(folder.resolve(JSON_FILE), ReportJson.write(measured));
            Files.writeString(folder.resolve(PAGE_FILE), ReportPage.of(measured));
        }
        return tell(measured);
    }

    /** Makes the page of a report that was kept, if it is whole and its verdict follows from what was measured. */
    @Command(
            name = "report",
            description = "Checks a report.json and makes its page anew.",
            mixinStandardHelpOptions = true)
    int report(@Parameters(paramLabel = "FILE") Path file) throws IOException {
        try {
            Report kept = ReportJson.read(Files.readString(file));
            Files.writeString(file.resolveSibling(PAGE_FILE), ReportPage.of(kept));
            return tell(kept);
        } catch (BadReportException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Each is a few clients at a few keys, and up to three faults of KMS, store, clients or registry. */
    @Command(
            name = "schedules",
            description = {
                "Runs seeded schedules of faults against a gateway, and looks after each for writes that were lost or half"
                        + " done, for histories that no order explains, for content in the clear and for what is still held.",
                "All is in one process, with an embedded store and a stand-in of AWS."
            },
            mixinStandardHelpOptions = true)
    int schedules(
            @Option(names = "--seed", defaultValue = "1", description = "Of the first; the others follow.") long seed,
            @Option(names = "--count", defaultValue = "200", description = "How many. Default ${DEFAULT-VALUE}.")
                    int count)
            throws IOException, InterruptedException {
        return Schedules.run(seed, count, System.out) == 0 ? 0 : 1;
    }

    /** Each is a few clients at a few keys, and a gateway in a process of its own that does not survive it. */
    @Command(
            name = "kills",
            description = {
                "Kills a packaged gateway with SIGKILL amid seeded requests, alone and as one of two behind HAProxy, and starts it again.",
                "Looks after each for writes that were lost or half done, for histories that no order explains, for content in the"
                        + " clear at the store, in logs and in files, and for an audit trail that is not whole."
            },
            mixinStandardHelpOptions = true)
    int kills(
            @Option(names = "--seed", defaultValue = "1", description = "Of the first; the others follow.") long seed,
            @Option(names = "--count", defaultValue = "50", description = "How many of each. Default ${DEFAULT-VALUE}.")
                    int count)
            throws IOException, InterruptedException {
        return Kills.run(seed, count, System.out) == 0 ? 0 : 1;
    }

    private static int tell(Report report) {
        tell("last plaintext byte", report, Round::lastPlaintext);
        tell("last sealed byte", report, round -> round.lastSealed().orElse(Double.NaN));
        tell("back after", report, round -> round.firstSuccess().orElse(Double.NaN));
        report.broken().forEach(System.out::println);
        System.out.println(report.broken().isEmpty() ? "held" : "not held");
        return report.broken().isEmpty() ? 0 : 1;
    }

    private static void tell(String name, Report report, ToDoubleFunction<Round> value) {
        Latency over = report.over(value);
        System.out.printf(
                Locale.ROOT,
                "%-20s p50 %6.0f  p99 %6.0f  max %6.0f ms of %d withdrawals%n",
                name,
                over.p50(),
                over.p99(),
                over.max(),
                over.count());
    }
}
