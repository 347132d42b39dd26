package io.sealward.it.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.sealward.it.packaged.Resources;
import io.sealward.it.store.S3Target;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a store, a key and a gateway on this machine, gives a tour, and keeps serving until it is told to end. */
@Command(
        name = "sealward demo",
        description = {
            "Starts a store, a key and a gateway on this machine, gives a tour, and serves until Ctrl-C.",
            "It leaves nothing behind, and several may run at the same time."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:the tour went well", " 1:a step failed", " 2:the command line is wrong"})
public final class Demo implements Callable<Integer> {
    private static final int ANY_PORT = 0;

    private final Resources resources = new Resources();
    private final CountDownLatch ending = new CountDownLatch(1);

    @Option(
            names = "--cloud",
            paramLabel = "CLOUD",
            description =
                    "${COMPLETION-CANDIDATES}: a tenant's key in its own cloud, which a stand-in plays. Without it"
                            + " the key is in a keystore file.")
    private Optional<CloudDemo.Cloud> cloud;

    @Option(names = "--port", paramLabel = "PORT", description = "Where the gateway listens. Without it a free port.")
    private Optional<Integer> port;

    @Option(names = "--once", description = "End after the tour.")
    private boolean once;

    private Demo() {}

    /** The program {@code sealward demo}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Demo())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "demo-end"));
        Script script = new Script(System.out);
        try {
            DemoKind kind =
                    cloud.<DemoKind>map(name -> new CloudDemo(name, script)).orElseGet(() -> new LocalDemo(script));
            S3Target gateway = kind.show(resources, port.orElse(ANY_PORT));
            if (!once) {
                serve(gateway, System.out);
            }
            return 0;
        } catch (Exception e) {
            if (ending.getCount() == 0) {
                Thread.currentThread().join(); // it failed since it was ended under its feet
            }
            script.failed(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private static void serve(S3Target gateway, PrintStream out) throws InterruptedException {
        out.println(PasteLines.of(gateway));
        out.println("Serving until Ctrl-C.");
        new CountDownLatch(1).await();
    }

    /** Also at the usual end. What still runs in this process fails now, and nobody wants to hear of it. */
    private void end() {
        ending.countDown();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) { // else it is only starting
            log.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
        resources.close();
    }
}
