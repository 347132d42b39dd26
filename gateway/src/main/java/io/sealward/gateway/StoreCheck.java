package io.sealward.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreRequest;
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

/** Whether the store can be reached and takes the gateway's credential: one signed ListBuckets. */
final class StoreCheck {
    private static final int MAX_ANSWER_BYTES = 16 << 20;
    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z]{1,64})</Code>");
    /** A third of what S3 refuses. */
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private StoreCheck() {}

    static Finding of(StoreConfig config) {
        String subject = "store " + config.endpoint();
        Transport transport = Transport.start();
        try {
            StoreClient.Collected answer = ask(config, transport);
            return problem(answer)
                    .map(problem -> Finding.wrong(subject, problem))
                    .orElse(Finding.well(subject));
        } catch (TimeoutException e) {
            return Finding.wrong(subject, "does not answer. Check store.endpoint and the network.");
        } catch (ExecutionException e) {
            return Finding.wrong(
                    subject,
                    "can not be reached: " + e.getCause().getMessage()
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

    private static StoreClient.Collected ask(StoreConfig config, Transport transport)
            throws ExecutionException, InterruptedException, TimeoutException {
        StoreClients stores = new StoreClients(
                Settings.store(config),
                transport.loops(),
                transport.store(),
                new RequestSigner(config.accessKey(), config.secretKey().value(), config.region(), Clock.systemUTC()));
        EventLoop loop = (EventLoop) transport.loops().iterator().next();
        return CompletableFuture.supplyAsync(() -> stores.on(loop), loop)
                .thenCompose(client ->
                        client.exchange(StoreRequest.ofBucket(HttpMethod.GET, ""), new byte[0], MAX_ANSWER_BYTES))
                .get(config.connectTimeout().plus(config.responseTimeout()).toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Optional<String> problem(StoreClient.Collected answer) {
        Optional<String> clock = clockProblem(answer);
        if (clock.isPresent() || answer.response().successful()) {
            return clock;
        }
        Matcher found = CODE.matcher(new String(answer.body(), UTF_8));
        String code = found.find() ? found.group(1) : "no S3 error";
        return Optional.of("answers ListBuckets with " + answer.response().status() + " " + code + ". " + cure(code));
    }

    private static String cure(String code) {
        return switch (code) {
            case "InvalidAccessKeyId" -> "Check store.access-key.";
            case "SignatureDoesNotMatch" -> "Check store.secret-key and store.region.";
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
