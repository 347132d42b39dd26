package io.sealward.gateway.cli;

import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.providers.setup.OnboardingException;
import io.sealward.providers.setup.OnboardingFormat;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sealward onboard}. */
@Command(
        name = "onboard",
        description = "Prints what an organization runs in its own cloud to let this gateway use its key.",
        mixinStandardHelpOptions = true)
final class OnboardCommand implements Runnable {
    @Parameters(
            paramLabel = "CLOUD",
            description = "${COMPLETION-CANDIDATES}",
            completionCandidates = Clouds.class,
            converter = Clouds.class)
    private String cloud;

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
    private OnboardingFormat format;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Onboarding onboarding = new Onboarding(config.read().clouds());
        try {
            PrintWriter out = spec.commandLine().getOut();
            out.print(onboarding.generate(cloud, format, organization.id(), project));
            out.flush();
        } catch (OnboardingException | IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    /** The types of keys that there is material for, in any case. */
    static final class Clouds implements Iterable<String>, ITypeConverter<String> {
        @Override
        public Iterator<String> iterator() {
            return Onboarding.TYPES.iterator();
        }

        @Override
        public String convert(String given) {
            String type = given.toLowerCase(Locale.ROOT);
            if (!Onboarding.TYPES.contains(type)) {
                throw new TypeConversionException("expected one of " + Onboarding.TYPES + " but was '" + given + "'");
            }
            return type;
        }
    }
}
