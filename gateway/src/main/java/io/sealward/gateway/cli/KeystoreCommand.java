package io.sealward.gateway.cli;

import io.sealward.providers.local.LocalKey;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealward keystore}: the life of the keys in a local keystore. A gateway that serves sees each change at once. */
@Command(
        name = "keystore",
        description = "Manages the KEKs of a local keystore. A gateway that is serving sees every change.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class KeystoreCommand {
    @Spec
    private CommandSpec spec;

    @Command(description = "Adds a key, and makes the file if there is none.", mixinStandardHelpOptions = true)
    void create(@Mixin KeystoreOptions file, @Parameters(paramLabel = "KEY") String key) throws LocalKeystoreException {
        try (LocalKeystore keystore = LocalKeystore.openOrCreate(file.path(), file.password())) {
            keystore.createKey(key);
            say(key + " created");
        }
    }

    @Command(
            description = "Adds a version to a key; it wraps from now on, the older ones still unwrap.",
            mixinStandardHelpOptions = true)
    void rotate(@Mixin KeystoreOptions file, @Parameters(paramLabel = "KEY") String key) throws LocalKeystoreException {
        try (LocalKeystore keystore = file.open()) {
            say(key + " is at version " + keystore.rotate(key));
        }
    }

    @Command(description = "Stops all use of a key, until it is enabled.", mixinStandardHelpOptions = true)
    void disable(@Mixin KeystoreOptions file, @Parameters(paramLabel = "KEY") String key)
            throws LocalKeystoreException {
        try (LocalKeystore keystore = file.open()) {
            keystore.disable(key);
            say(key + " disabled");
        }
    }

    @Command(description = "Allows a disabled key to be used again.", mixinStandardHelpOptions = true)
    void enable(@Mixin KeystoreOptions file, @Parameters(paramLabel = "KEY") String key) throws LocalKeystoreException {
        try (LocalKeystore keystore = file.open()) {
            keystore.enable(key);
            say(key + " enabled");
        }
    }

    @Command(description = "Prints every key, a line each.", mixinStandardHelpOptions = true)
    void list(@Mixin KeystoreOptions file) throws LocalKeystoreException {
        try (LocalKeystore keystore = file.open()) {
            for (LocalKey key : keystore.list()) {
                say(key.name() + (key.enabled() ? "  enabled" : "  disabled") + "  versions " + key.versions());
            }
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
