package io.sealward.gateway.cli;

import ch.qos.logback.classic.LoggerContext;
import io.sealward.gateway.config.ConfigException;
import io.sealward.gateway.recovery.RecoveryException;
import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.local.LocalKeystoreException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code sealward}. */
@Command(
        name = "sealward",
        description = "An S3 gateway that encrypts every object under a key the tenant holds and can revoke.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        subcommands = {
            DemoCommand.class,
            ChaosCommand.class,
            ServeCommand.class,
            DoctorCommand.class,
            KeysCommand.class,
            AdminKeyCommand.class,
            RegistryCommand.class,
            AuditCommand.class,
            OnboardCommand.class,
            KeystoreCommand.class,
            OpenCommand.class,
            VersionCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:done",
            " 1:the command failed",
            " 2:the command line is wrong",
            " 3:the configuration is wrong"
        })
public final class Sealward {
    static final int FAILED = 1;
    static final int WRONG_CONFIGURATION = 3;

    private Sealward() {}

    public static void main(String[] args) {
        int status = run(args);
        endLog();
        System.exit(status);
    }

    /** Writes out what the log still holds; what comes later is not logged. */
    static void endLog() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            log.stop();
        }
    }

    static int run(String... args) {
        return new CommandLine(new Sealward())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("sealward: " + reason(failure));
                    return failure instanceof ConfigException ? WRONG_CONFIGURATION : FAILED;
                })
                .execute(args);
    }

    private static String reason(Exception failure) {
        boolean ours = failure instanceof ConfigException
                || failure instanceof LocalKeystoreException
                || failure instanceof CommandFailure
                || failure instanceof RecoveryException
                || failure instanceof InvalidKeySpecException;
        return ours ? failure.getMessage() : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
