package io.sealward.gateway.cli;

import io.sealward.gateway.assembly.Administration;
import io.sealward.gateway.registry.database.RegistryException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealward registry}: what is done to the whole of the registry. */
@Command(
        name = "registry",
        description = "Changes the key that the registry's secrets are encrypted with.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class RegistryCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            description = {
                "Re-encrypts with registry.encryption-key what is still under one of registry.former-encryption-keys.",
                "Gateways that know both go on meanwhile. Broken off, it is run again. With the embedded database a gateway"
                        + " does the same by itself whenever it starts."
            },
            mixinStandardHelpOptions = true)
    void rotate(
            @Mixin ConfigOption config,
            @Option(names = "--check", description = "Only say how many rows are left.") boolean check) {
        try (Administration administration = Administration.open(config.read())) {
            if (!check) {
                say(administration.rotateKey() + " rows re-encrypted");
            }
            List<String> left = administration.rowsUnderOtherKeys();
            left.forEach(row -> say("left: " + row));
            if (!left.isEmpty()) {
                throw new CommandFailure(left.size() + " rows are not under registry.encryption-key");
            }
            say("no row is under another key: former-encryption-keys can be taken out of the configuration");
        } catch (RegistryException | IllegalStateException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
