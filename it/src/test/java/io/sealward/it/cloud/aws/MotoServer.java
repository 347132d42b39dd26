package io.sealward.it.cloud.aws;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** moto's server on a port of its own choice, for one test class. Where it is not installed, the class is skipped. */
final class MotoServer implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    private static final Pattern ADDRESS = Pattern.compile("Running on (http://[0-9.:]+)");

    private Optional<Process> process = Optional.empty();
    private URI endpoint = URI.create("http://127.0.0.1:0");

    URI endpoint() {
        return endpoint;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return installed()
                ? ConditionEvaluationResult.enabled("moto_server is on the PATH")
                : ConditionEvaluationResult.disabled("moto_server is not on the PATH (PyPI: moto[server])");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Process started = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", "0")
                .redirectErrorStream(true)
                .start();
        process = Optional.of(started);
        BufferedReader output = started.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                endpoint = URI.create(address.group(1));
                drain(output);
                return;
            }
        }
        throw new IOException("moto_server ended before it listened");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        process.ifPresent(started -> {
            started.descendants().forEach(ProcessHandle::destroy);
            started.destroy();
        });
    }

    private static boolean installed() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "moto_server")));
    }

    /** A full pipe would stop the server. */
    private static void drain(BufferedReader output) {
        Thread reader = new Thread(() -> output.lines().forEach(line -> {}), "moto-output");
        reader.setDaemon(true);
        reader.start();
    }
}
