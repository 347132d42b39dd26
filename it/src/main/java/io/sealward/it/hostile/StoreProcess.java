package io.sealward.it.hostile;

import io.sealward.it.store.S3Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The embedded store, in a process of its own. */
final class StoreProcess implements AutoCloseable {
    private static final String MAIN = "io.sealward.it.store.StoreServer";

    private final Process process;
    private final S3Target target;

    private StoreProcess(Process process, S3Target target) {
        this.process = process;
        this.target = target;
    }

    static StoreProcess start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[0].startsWith("http")) {
                return new StoreProcess(process, S3Target.of(URI.create(words[0]), words[1], words[2]));
            }
        }
        throw new IOException("the store did not start");
    }

    S3Target target() {
        return target;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
