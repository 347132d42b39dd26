package io.sealward.gateway.cli;

import io.sealward.gateway.config.ConfigException;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.doctor.Doctor;
import io.sealward.gateway.doctor.Finding;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealward doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks at all that a gateway depends on: configuration, certificates, store, registry, and every key.",
            "Prints a line for each: ok, or warn or FAIL with what is wrong and the cure. Exit status 1 after any FAIL.",
            "With --probe it also tries what the store does with writes that break off and with keys that end in /."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Option(
            names = "--probe",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "BUCKET",
            description = "Write some objects into this bucket of the store, or into one made for it, and remove them.")
    private String probe;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        AtomicBoolean well = new AtomicBoolean(true);
        PrintWriter out = spec.commandLine().getOut();
        try {
            GatewayConfig read = config.read();
            out.println("ok    configuration");
            Consumer<Finding> report = finding -> {
                well.compareAndSet(true, finding.verdict() != Finding.Verdict.WRONG);
                out.println(line(finding));
                out.flush();
            };
            Doctor.examine(read, report);
            if (probe != null) {
                Doctor.probe(read, Optional.of(probe).filter(bucket -> !bucket.isEmpty()), report);
            }
        } catch (ConfigException e) {
            well.set(false);
            out.println("FAIL  configuration: " + e.getMessage());
        }
        out.flush();
        return well.get() ? 0 : Sealward.FAILED;
    }

    private static String line(Finding finding) {
        return switch (finding.verdict()) {
            case WELL -> "ok    " + finding.subject();
            case WARNING -> "warn  " + finding.subject() + ": " + finding.remark();
            case WRONG -> "FAIL  " + finding.subject() + ": " + finding.remark();
        };
    }
}
