package io.sealward.it.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code gateway/bin/sealward} of a clone whose gateway is packaged: what it starts has {@code gateway/target/lib} for a
 * class path and nothing of this process.
 *
 * @param home the clone
 * @param resources own every process that is started
 */
public record Launcher(Path home, Resources resources) {
    private static final String MEMORY = "-Xms64m -Xmx256m -XX:MaxDirectMemorySize=128m";

    /** The clone that the system property {@code sealward.home} names. */
    public static Launcher of(Resources resources) {
        return new Launcher(Path.of(System.getProperty("sealward.home", ".")).toAbsolutePath(), resources);
    }

    /**
     * Runs a command to its end.
     *
     * @return what it printed
     * @throws IOException with what it said, if it fails
     */
    public String run(Map<String, String> environment, String... arguments) throws IOException {
        Process process = start(environment, true, arguments);
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("sealward " + String.join(" ", arguments) + " ended with status " + status + ": "
                        + said.strip());
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Starts a command that goes on; its standard error comes apart from its output. */
    Process start(Map<String, String> environment, String... arguments) throws IOException {
        return start(environment, false, arguments);
    }

    private Process start(Map<String, String> environment, boolean oneStream, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("gateway/bin/sealward").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(oneStream);
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SEALWARD_BUILD", "no");
        builder.environment().merge("SEALWARD_JAVA_OPTS", MEMORY, (given, memory) -> memory + " " + given);
        return resources.own(() -> new Child(builder.start())).process();
    }
}
