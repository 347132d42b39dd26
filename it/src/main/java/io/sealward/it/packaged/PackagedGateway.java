package io.sealward.it.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway in a process of its own, as {@code sealward serve} starts it.
 *
 * @param s3 where S3 clients connect
 * @param management where the management API is
 * @param process ends with the launcher's resources, if not before
 */
public record PackagedGateway(URI s3, URI management, Process process) {
    private static final Pattern SERVING = Pattern.compile(".*serving (S3|management) on .*:([0-9]+)");
    private static final int LISTENERS = 2;

    /** The same, when nobody asks what it logs. */
    public static PackagedGateway serve(Launcher launcher, Map<String, String> environment, Path config)
            throws IOException {
        return serve(launcher, environment, config, line -> {});
    }

    /**
     * Returns when it serves.
     *
     * @param environment of its process, besides this one's
     * @param config has both listeners on loopback
     * @param log gets each line that it logs, on a thread of its own after this has returned
     * @throws IOException with what it logged, if it does not serve
     */
    public static PackagedGateway serve(
            Launcher launcher, Map<String, String> environment, Path config, Consumer<String> log) throws IOException {
        Process process = launcher.start(environment, "serve", "--config", config.toString());
        BufferedReader lines = process.errorReader(UTF_8);
        StringBuilder said = new StringBuilder();
        URI[] found = new URI[LISTENERS];
        while (found[0] == null || found[1] == null) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException(
                        "the gateway does not start: " + said.toString().strip());
            }
            log.accept(line);
            said.append(line).append('\n');
            Matcher serving = SERVING.matcher(line);
            if (serving.matches()) {
                found[serving.group(1).equals("S3") ? 0 : 1] = URI.create("http://127.0.0.1:" + serving.group(2));
            }
        }
        drain(lines, log);
        return new PackagedGateway(found[0], found[1], process);
    }

    /** A process whose log nobody reads would stand still some day. */
    private static void drain(BufferedReader lines, Consumer<String> log) {
        Thread reader = new Thread(
                () -> {
                    try {
                        lines.lines().forEach(log);
                    } catch (UncheckedIOException ended) {
                        // with the process
                    }
                },
                "gateway-log");
        reader.setDaemon(true);
        reader.start();
    }

    /** Ends it with SIGKILL, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }
}
