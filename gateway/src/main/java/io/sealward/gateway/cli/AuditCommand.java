package io.sealward.gateway.cli;

import io.sealward.gateway.assembly.Administration;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.TrailConfig;
import io.sealward.gateway.trail.Anchors;
import io.sealward.gateway.trail.TrailCheck;
import io.sealward.gateway.trail.TrailException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sealward audit}: the trail in files. */
@Command(
        name = "audit",
        description = "Checks the audit trail in audit.trail.folder.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class AuditCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            description = {
                "Says whether each line is as it was written, or names the first that is missing or was changed.",
                "The gateway may be running. What the registry knows of the trail's end is compared, but for an embedded"
                        + " registry that a gateway has open."
            },
            mixinStandardHelpOptions = true)
    void verify(@Mixin ConfigOption option) {
        GatewayConfig config = option.read();
        TrailConfig trail =
                config.audit().trail().orElseThrow(() -> new CommandFailure("the configuration has no audit.trail"));
        if (config.registry().isEmpty()) {
            say(trail, Optional.empty(), "there is no registry that would know its end");
            return;
        }
        try (Administration administration = Administration.open(config)) {
            say(trail, Optional.of(administration.trailAnchors()), "the registry does not know it");
        } catch (IllegalStateException e) {
            say(trail, Optional.empty(), "what the registry knows of its end was not compared: " + e.getMessage());
        }
    }

    private void say(TrailConfig trail, Optional<Anchors> anchors, String unanchored) {
        PrintWriter out = spec.commandLine().getOut();
        TrailCheck.Report report = report(trail, anchors);
        out.println("trail " + report.trailId() + ": lines " + report.first() + " to " + report.last()
                + " are as they were written");
        out.println(report.heads() + " signatures are right, the last one is over line " + report.signed());
        out.println(
                report.anchored() == 0
                        ? unanchored
                        : "the registry knows it up to line " + report.anchored() + ", and the same lines");
        if (report.cut()) {
            out.println("a line behind the last is not whole: it is being written, or a kill has cut it");
        }
        out.flush();
    }

    private static TrailCheck.Report report(TrailConfig trail, Optional<Anchors> anchors) {
        try {
            return TrailCheck.run(trail, anchors);
        } catch (TrailException e) {
            throw new CommandFailure(e.getMessage());
        } catch (IOException e) {
            throw new CommandFailure(trail.folder() + " cannot be read: " + e.getMessage());
        }
    }
}
