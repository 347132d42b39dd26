package io.sealward.gateway.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sealward version}. */
@Command(name = "version", description = "Prints the versions of Sealward and of the Java runtime.")
final class VersionCommand implements IVersionProvider, Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        for (String line : getVersion()) {
            spec.commandLine().getOut().println(line);
        }
    }

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
        return new String[] {"sealward " + version, "java " + Runtime.version()};
    }
}
