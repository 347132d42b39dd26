package io.sealward.gateway.cli;

import io.sealward.gateway.Administration;
import io.sealward.gateway.registry.NewAdminKey;
import io.sealward.gateway.registry.RegistryException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealward admin-key}: the keys of the management API, the first of which nobody could ask the API for. */
@Command(
        name = "admin-key",
        description = "Makes keys for the management API.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class AdminKeyCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            description = {
                "Makes an admin key and prints it; it is never shown again.",
                "With the embedded database, run it while no gateway is running."
            },
            mixinStandardHelpOptions = true)
    void create(
            @Mixin ConfigOption config,
            @Option(
                            names = {"-o", "--organization"},
                            required = true,
                            paramLabel = "NAME|ID",
                            description = "The name of a new organization, or the id (org-...) of one there is.")
                    String organization,
            @Option(
                            names = "--name",
                            defaultValue = "admin",
                            paramLabel = "NAME",
                            description = "What the key is for. Default: ${DEFAULT-VALUE}.")
                    String name) {
        try (Administration administration = Administration.open(config.read())) {
            NewAdminKey key = administration.createAdminKey(organization, name);
            PrintWriter out = spec.commandLine().getOut();
            out.println("organization: " + key.key().organizationId());
            out.println("key: " + key.key().id());
            out.println("token: " + key.token());
            out.flush();
        } catch (RegistryException | IllegalStateException e) {
            throw new CommandFailure(e.getMessage());
        }
    }
}
