package io.sealward.gateway.cli;

import io.sealward.gateway.assembly.Administration;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.NewAdminKey;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealward admin-key}: the keys of the management API, the first of which nobody could ask the API for. */
@Command(
        name = "admin-key",
        description = {
            "Makes, lists and takes away keys of the management API.",
            "With the embedded database, run it while no gateway is running."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class AdminKeyCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            description = "Makes an admin key and prints it; it is never shown again.",
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
                    String name,
            @Option(
                            names = "--scope",
                            defaultValue = "WRITE",
                            paramLabel = "read|write",
                            description = "What it may do. Default: write.")
                    AdminKey.Scope scope) {
        run(config, administration -> {
            NewAdminKey key = administration.createAdminKey(organization, name, scope);
            say("organization: " + key.key().organizationId());
            say("key: " + key.key().id());
            say("token: " + key.token());
        });
    }

    @Command(
            description = "Prints an organization's admin keys, a line each: id, when it was made, scope, name.",
            mixinStandardHelpOptions = true)
    void list(@Mixin ConfigOption config, @Mixin OrganizationOption organization) {
        run(config, administration -> administration
                .adminKeys(organization.id())
                .forEach(key -> say(key.id() + "  " + Instant.ofEpochSecond(key.createdAt()) + "  "
                        + key.scope().name().toLowerCase(Locale.ROOT) + "  " + key.name())));
    }

    @Command(
            description = "Takes an admin key away. Gateways that run refuse it within seconds.",
            mixinStandardHelpOptions = true)
    void delete(
            @Mixin ConfigOption config,
            @Mixin OrganizationOption organization,
            @Parameters(paramLabel = "KEY", description = "key_...") String key) {
        run(config, administration -> {
            administration.deleteAdminKey(organization.id(), key);
            say(key + " deleted");
        });
    }

    private static void run(ConfigOption config, Consumer<Administration> work) {
        try (Administration administration = Administration.open(config.read())) {
            work.accept(administration);
        } catch (RegistryException | IllegalStateException | IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
