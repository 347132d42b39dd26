package io.sealward.gateway.cli;

import io.sealward.crypto.frame.CipherWarmUp;
import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.doctor.Doctor;
import io.sealward.gateway.doctor.Finding;
import io.sealward.gateway.registry.table.NewAdminKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Option(
            names = "--check",
            description = "Only read the configuration and the certificates it names, and say whether they are right.")
    private boolean check;

    @Override
    public Integer call() throws InterruptedException {
        GatewayConfig read = config.read();
        if (!check) {
            serve(read);
            return 0;
        }
        PrintWriter err = spec.commandLine().getErr();
        AtomicBoolean right = new AtomicBoolean(true);
        Doctor.examineFiles(read, finding -> {
            right.compareAndSet(true, finding.verdict() != Finding.Verdict.WRONG);
            if (finding.verdict() != Finding.Verdict.WELL) {
                err.println("sealward: " + finding.subject() + ": " + finding.remark());
            }
        });
        return right.get() ? 0 : Sealward.WRONG_CONFIGURATION;
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

    /** A store that is down or refuses is no reason not to start, but one to hear of. */
    private static void warnOfTheStore(GatewayConfig config) {
        Thread asking = new Thread(
                () -> {
                    Finding finding = Doctor.examineStore(config);
                    if (finding.verdict() != Finding.Verdict.WELL) {
                        LOG.warn("{}: {}", finding.subject(), finding.remark());
                    }
                },
                "store-check");
        asking.setDaemon(true);
        asking.start();
    }

    private void serve(GatewayConfig config) throws InterruptedException {
        CipherWarmUp.run();
        Gateway gateway = start(config);
        gateway.managementAddress().ifPresent(address -> LOG.info("serving management on {}", address));
        LOG.info("serving S3 on {}", gateway.s3Address());
        gateway.firstAdminKey().ifPresent(this::sayOnce);
        warnOfTheStore(config);
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
