package io.sealward.it.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealward.it.store.S3Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The aws command, with its default options. */
record AwsCli(S3Target target, Path home) {
    private static final long SECONDS = 300;

    /** Skips the test where the command is not installed. */
    static void assumeInstalled() throws InterruptedException {
        boolean installed;
        try {
            installed = new ProcessBuilder("aws", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            installed = false;
        }
        assumeTrue(installed, "the aws cli is not installed");
    }

    void succeeds(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(arguments);
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }

    void failsWith(String words, String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(arguments);
        assertThat(outcome.status()).as(outcome.output()).isNotZero();
        assertThat(outcome.output()).contains(words);
    }

    private record Outcome(int status, String output) {}

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", target.address().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder aws = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = aws.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.putAll(Map.of(
                "HOME", home.toString(), // no configuration of whoever runs the tests
                "AWS_ACCESS_KEY_ID", target.accessKey(),
                "AWS_SECRET_ACCESS_KEY", target.secretKey(),
                "AWS_DEFAULT_REGION", S3Target.REGION));
        Process process = aws.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output);
    }
}
