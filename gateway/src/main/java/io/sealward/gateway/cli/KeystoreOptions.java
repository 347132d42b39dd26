package io.sealward.gateway.cli;

import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which keystore, and how it opens. The password is asked for, or comes from a file or the environment, never in clear. */
final class KeystoreOptions {
    @Option(
            names = {"-k", "--keystore"},
            required = true,
            paramLabel = "FILE",
            description = "The BCFKS file.")
    private Path path;

    @Option(
            names = {"-p", "--password"},
            interactive = true,
            arity = "0..1",
            prompt = "Keystore password: ",
            description = "Asks for the password. Without this option it is taken from SEALWARD_KEYSTORE_PASSWORD.")
    private char[] password;

    Path path() {
        return path;
    }

    char[] password() {
        if (password != null) {
            return password;
        }
        String given = System.getenv("SEALWARD_KEYSTORE_PASSWORD");
        if (given == null || given.isEmpty()) {
            throw new CommandFailure("set SEALWARD_KEYSTORE_PASSWORD, or give --password to be asked");
        }
        return given.toCharArray();
    }

    /** The keystore, which must exist. */
    LocalKeystore open() throws LocalKeystoreException {
        if (!Files.exists(path)) {
            throw new CommandFailure("there is no keystore " + path);
        }
        return LocalKeystore.open(path, password());
    }
}
