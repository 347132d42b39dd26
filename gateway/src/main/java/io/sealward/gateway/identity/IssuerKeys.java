package io.sealward.gateway.identity;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import io.sealward.gateway.identity.IdentityException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer, as it last told them. They are asked for when a token names one that is not among them, and now and
 * then as some may have been withdrawn, but never more often than once in {@link #PAUSE}, whatever tokens come. Thread-safe.
 */
final class IssuerKeys {
    /** Between two questions to the issuer. */
    static final Duration PAUSE = Duration.ofSeconds(10);
    /** After that, keys are asked for anew with the next token. */
    static final Duration FRESH = Duration.ofMinutes(5);
    /** So long keys are good while the issuer does not answer. */
    static final Duration USABLE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final int MIN_RSA_BITS = 2048;

    private record Told(JWKSet keys, long atNanos) {}

    private final String issuer;
    private final KeySource source;
    private final LongSupplier nanoTime;
    private Optional<Told> told = Optional.empty();
    private Optional<CompletableFuture<JWKSet>> question = Optional.empty();
    private long askedAtNanos;

    IssuerKeys(String issuer, KeySource source, LongSupplier nanoTime) {
        this.issuer = issuer;
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /**
     * Keys that hold one for a token.
     *
     * @return fails with an {@link IdentityException}: INVALID if the issuer has no such key, UNREACHABLE
     */
    synchronized CompletionStage<JWKSet> forToken(JWSHeader header) {
        Optional<JWKSet> known = told.filter(last -> age(last.atNanos()).compareTo(USABLE) < 0)
                .map(Told::keys)
                .filter(keys -> hold(keys, header));
        boolean fresh =
                told.filter(last -> age(last.atNanos()).compareTo(FRESH) < 0).isPresent();
        if (known.isPresent() && fresh) {
            return CompletableFuture.completedStage(known.get());
        }
        CompletionStage<JWKSet> asked = ask();
        return known.<CompletionStage<JWKSet>>map(CompletableFuture::completedStage)
                .orElseGet(() -> asked.thenApply(keys -> {
                    if (!hold(keys, header)) {
                        throw new IdentityException(
                                Reason.INVALID,
                                "Couldn't retrieve verification key from your identity provider: it has none for this token.");
                    }
                    return keys;
                }));
    }

    /** Asks, or waits with whoever has asked; too soon after the last time it is what was said then. */
    private CompletionStage<JWKSet> ask() {
        if (question.isPresent()
                && (!question.get().isDone() || age(askedAtNanos).compareTo(PAUSE) < 0)) {
            return question.get();
        }
        askedAtNanos = nanoTime.getAsLong();
        CompletableFuture<JWKSet> next = new CompletableFuture<>();
        question = Optional.of(next);
        CompletableFuture.completedStage(source)
                .thenCompose(KeySource::fetch) // what it throws is an answer, too
                .thenApply(this::learned)
                .whenComplete((keys, failure) -> {
                    if (failure == null) {
                        next.complete(keys);
                    } else {
                        LOG.warn("the keys of {} cannot be had: {}", issuer, failure.toString());
                        next.completeExceptionally(new IdentityException(
                                Reason.UNREACHABLE,
                                "The keys of your identity provider cannot be had. Please try again."));
                    }
                });
        return next;
    }

    private synchronized JWKSet learned(JWKSet keys) {
        JWKSet strong =
                new JWKSet(keys.getKeys().stream().filter(IssuerKeys::isStrong).toList());
        told = Optional.of(new Told(strong, nanoTime.getAsLong()));
        return strong;
    }

    private static boolean isStrong(JWK key) {
        return !key.getKeyType().equals(KeyType.RSA) || key.size() >= MIN_RSA_BITS;
    }

    private Duration age(long sinceNanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - sinceNanos);
    }

    private static boolean hold(JWKSet keys, JWSHeader header) {
        return !new JWKSelector(JWKMatcher.forJWSHeader(header)).select(keys).isEmpty();
    }
}
