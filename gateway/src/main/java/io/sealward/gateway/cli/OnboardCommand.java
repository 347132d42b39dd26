package io.sealward.gateway.cli;

import io.sealward.gateway.onboarding.GatewayIdentity;
import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.onboarding.OnboardingException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealward onboard}. */
@Command(
        name = "onboard",
        description = "Prints what an organization runs in its own cloud to let this gateway use its key.",
        mixinStandardHelpOptions = true)
final class OnboardCommand implements Runnable {
    @Parameters(paramLabel = "CLOUD", description = "${COMPLETION-CANDIDATES}")
    private Onboarding.Cloud cloud;

    @Mixin
    private ConfigOption config;

    @Mixin
    private OrganizationOption organization;

    @Option(names = "--project", paramLabel = "ID", description = "proj_...: binds the key to this one project.")
    private Optional<String> project;

    @Option(
            names = "--format",
            defaultValue = "SHELL",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Onboarding.Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Onboarding onboarding = new Onboarding(GatewayIdentity.of(config.read().clouds()));
        try {
            PrintWriter out = spec.commandLine().getOut();
            out.print(onboarding.generate(cloud, format, organization.id(), project));
            out.flush();
        } catch (OnboardingException | IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage());
        }
    }
}
