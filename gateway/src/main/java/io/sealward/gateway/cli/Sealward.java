package io.sealward.gateway.cli;

import ch.qos.logback.classic.LoggerContext;
import io.sealward.gateway.config.ConfigException;
import io.sealward.gateway.recovery.RecoveryException;
import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.local.LocalKeystoreException;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
            VersionCommand.class,
            HelpCommand.class
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
        CommandLine line = new CommandLine(new Sealward());
        CommandLine.IParameterExceptionHandler tells = line.getParameterExceptionHandler();
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, given) -> tells.handleParseException(unknownFirst(wrong), given))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("sealward: " + reason(failure));
                    return failure instanceof ConfigException ? WRONG_CONFIGURATION : FAILED;
                })
                .execute(args);
    }

    /** A misspelt option is what makes the right one missing. */
    private static ParameterException unknownFirst(ParameterException wrong) {
        List<String> unknown = wrong.getCommandLine().getUnmatchedArguments();
        return wrong instanceof MissingParameterException && !unknown.isEmpty()
                ? new UnmatchedArgumentException(wrong.getCommandLine(), unknown)
                : wrong;
    }

    private static String reason(Exception failure) {
        boolean ours = failure instanceof ConfigException
                || failure instanceof LocalKeystoreException
                || failure instanceof CommandFailure
                || failure instanceof RecoveryException
                || failure instanceof InvalidKeySpecException;
        String reason = ours ? failure.getMessage() : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return reason.replaceAll("\\p{Cc}+", " "); // a store or a KMS may have written it
    }
}
