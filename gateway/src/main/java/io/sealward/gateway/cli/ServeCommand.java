package io.sealward.gateway.cli;

import io.sealward.crypto.frame.CipherWarmUp;
import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.registry.table.NewAdminKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealward serve}. */
@Command(
        name = "serve",
        description = "Runs a gateway until it is told to stop; then it finishes the requests it has begun.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(names = "--check", description = "Only read the configuration and say whether it is right.")
    private boolean check;

    @Override
    public Integer call() throws InterruptedException {
        GatewayConfig read = config.read();
        if (!check) {
            serve(read);
        }
        return 0;
    }

    /** To the terminal and not to the log. */
    private void sayOnce(NewAdminKey first) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("The registry is new. Its first organization, and an admin key that is never shown again:");
        out.println("organization: " + first.key().organizationId());
        out.println("token: " + first.token());
        out.flush();
    }

    private static Gateway start(GatewayConfig config) {
        try {
            return Gateway.start(config);
        } catch (IllegalStateException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private void serve(GatewayConfig config) throws InterruptedException {
        CipherWarmUp.run();
        Gateway gateway = start(config);
        gateway.managementAddress().ifPresent(address -> LOG.info("serving management on {}", address));
        LOG.info("serving S3 on {}", gateway.s3Address());
        gateway.firstAdminKey().ifPresent(this::sayOnce);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            gateway.close();
                            Sealward.endLog();
                            stopped.countDown();
                        },
                        "drain"));
        stopped.await();
    }
}
