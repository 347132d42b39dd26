package io.sealward.it.chaos;

import io.sealward.it.chaos.withdrawal.Bound;
import io.sealward.it.chaos.withdrawal.Deployment;
import io.sealward.it.chaos.withdrawal.KeySwitch;
import io.sealward.it.chaos.withdrawal.Side;
import io.sealward.it.store.S3Target;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** A deployment of the user's. */
final class ForeignOptions {
    @Option(names = "--gateway", required = true, paramLabel = "URL", description = "Where its S3 clients connect.")
    private URI gateway;

    @Option(
            names = "--bucket",
            required = true,
            description =
                    "A bucket of the tenant whose key is withdrawn. Objects below chaos/ are written there, and stay.")
    private String bucket;

    @Option(names = "--access-key", required = true, description = "Of that tenant; its secret is in CHAOS_SECRET_KEY.")
    private String accessKey;

    @Option(names = "--other-bucket", required = true, description = "A bucket of another tenant, with another key.")
    private String otherBucket;

    @Option(
            names = "--other-access-key",
            required = true,
            description = "Of the other tenant; its secret is in CHAOS_OTHER_SECRET_KEY.")
    private String otherAccessKey;

    @Option(
            names = "--propagation",
            defaultValue = "0s",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "How long the KMS takes until it refuses, which belongs to the bound. Default 0s.")
    private Duration propagation;

    @Option(names = "--ca", paramLabel = "PEM", description = "The authority of the gateway's certificate.")
    private Optional<Path> authority;

    @Option(
            names = "--withdraw-command",
            paramLabel = "COMMAND",
            description = "What withdraws the key, for the shell. Without it the user is asked to.")
    private Optional<String> withdrawCommand;

    @Option(names = "--restore-command", paramLabel = "COMMAND", description = "What gives it back.")
    private Optional<String> restoreCommand;

    Deployment deployment(Duration canary, PrintStream out) {
        KeySwitch key = new ForeignKey(
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                out,
                withdrawCommand,
                restoreCommand);
        return new Deployment(
                gateway.toString(),
                new Side(target(accessKey, "CHAOS_SECRET_KEY"), bucket),
                new Side(target(otherAccessKey, "CHAOS_OTHER_SECRET_KEY"), otherBucket),
                List.of(key),
                new Bound(canary, propagation),
                OptionalLong::empty);
    }

    private S3Target target(String access, String variable) {
        String secret = Optional.ofNullable(System.getenv(variable))
                .orElseThrow(() -> new IllegalArgumentException(variable + " is not set"));
        return new S3Target(gateway, access, secret, Optional.empty(), authority);
    }
}
