package io.sealward.gateway.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.assembly.Settings;
import io.sealward.gateway.assembly.Transport;
import io.sealward.gateway.config.CredentialConfig;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.StoreCredential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the store can be reached and takes a credential: one signed ListBuckets.
 *
 * @param section where the credential stands in the configuration
 */
record StoreCheck(String subject, StoreConfig config, String section, StoreCredential credential) {
    private static final int MAX_ANSWER_BYTES = 16 << 20;
    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z]{1,64})</Code>");
    /** A third of what S3 refuses. */
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);

    /** With the gateway's own credential. */
    static StoreCheck of(StoreConfig config) {
        return new StoreCheck("store " + config.endpoint(), config, "store", Settings.credential(config));
    }

    /** With the credential that a project has of its own. */
    static StoreCheck of(StoreConfig config, String project, CredentialConfig own) {
        return new StoreCheck(
                "store " + config.endpoint() + " for " + project, config, "projects.store", Settings.credential(own));
    }

    Finding run() {
        Transport transport = Transport.start();
        try {
            StoreClient.Collected answer = ask(transport);
            return problem(answer)
                    .map(problem -> Finding.wrong(subject, problem))
                    .orElse(Finding.well(subject));
        } catch (TimeoutException e) {
            return Finding.wrong(subject, "does not answer. Check store.endpoint and the network.");
        } catch (ExecutionException e) {
            return Finding.wrong(
                    subject,
                    "cannot be reached: " + e.getCause().getMessage()
                            + ". Check store.endpoint, store.trusted-certificates and the network.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.wrong(subject, "was not asked");
        } catch (IllegalStateException e) {
            return Finding.wrong(subject, e.getMessage());
        } finally {
            transport.stop();
        }
    }

    private StoreClient.Collected ask(Transport transport)
            throws ExecutionException, InterruptedException, TimeoutException {
        EventLoop loop = (EventLoop) transport.loops().iterator().next();
        RequestSigner signer = new RequestSigner(
                credential.accessKeyId(), credential.secretAccessKey(), config.region(), Clock.systemUTC());
        return CompletableFuture.supplyAsync(
                        () -> StoreClient.of(Settings.store(config), loop, transport.store(), signer), loop)
                .thenCompose(client ->
                        client.exchange(StoreRequest.ofBucket(HttpMethod.GET, ""), new byte[0], MAX_ANSWER_BYTES))
                .get(config.connectTimeout().plus(config.responseTimeout()).toMillis(), TimeUnit.MILLISECONDS);
    }

    private Optional<String> problem(StoreClient.Collected answer) {
        Optional<String> clock = clockProblem(answer);
        if (clock.isPresent() || answer.response().successful()) {
            return clock;
        }
        Matcher found = CODE.matcher(new String(answer.body(), UTF_8));
        String code = found.find() ? found.group(1) : "no S3 error";
        return Optional.of("answers ListBuckets with " + answer.response().status() + " " + code + ". " + cure(code));
    }

    private String cure(String code) {
        return switch (code) {
            case "InvalidAccessKeyId" -> "Check " + section + ".access-key.";
            case "SignatureDoesNotMatch" -> "Check " + section + ".secret-key and store.region.";
            case "AuthorizationHeaderMalformed" -> "Check store.region.";
            case "RequestTimeTooSkewed" -> "Set this machine's clock.";
            case "AccessDenied" -> "Allow the access key s3:ListAllMyBuckets.";
            default -> "Check that store.endpoint is the address of an S3 store.";
        };
    }

    private static Optional<String> clockProblem(StoreClient.Collected answer) {
        try {
            String date = answer.response().headers().get(HttpHeaderNames.DATE, "");
            Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration skew = Duration.between(there, Instant.now()).abs();
            return skew.compareTo(MAX_SKEW) > 0
                    ? Optional.of("has a clock that is " + skew.toSeconds() + " s away from this machine's. Set the"
                            + " one that is wrong.")
                    : Optional.empty();
        } catch (DateTimeParseException e) { // a store need not tell its time
            return Optional.empty();
        }
    }
}
