package io.sealward.gateway.cli;

import io.sealward.gateway.assembly.Administration;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.s3.S3Exception;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealward registry}: what is done to the whole of the registry. */
@Command(
        name = "registry",
        description = "Changes the key that the registry's secrets are encrypted with, and what it says of buckets.",
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

    @Command(
            description = {
                "Makes a project the owner of a bucket that the store has and the registry does not know, as after a restore.",
                "It reads of it what it sealed itself. With the embedded database, run it while no gateway is running."
            },
            mixinStandardHelpOptions = true)
    void claim(
            @Mixin ConfigOption config,
            @Mixin OrganizationOption organization,
            @Option(
                            names = {"-p", "--project"},
                            required = true,
                            paramLabel = "ID",
                            description = "proj_...")
                    String project,
            @Parameters(paramLabel = "BUCKET") String bucket) {
        try (Administration administration = Administration.open(config.read())) {
            Addressing.place(bucket, "k"); // only for its refusal of a name that no bucket can have
            administration.claimBucket(organization.id(), project, bucket);
            say(bucket + " is owned by " + project);
        } catch (S3Exception | RegistryException | IllegalStateException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
