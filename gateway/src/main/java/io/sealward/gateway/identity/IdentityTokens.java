package io.sealward.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.sealward.gateway.identity.IdentityException.Reason;
import io.sealward.providers.StageFailure;
import io.sealward.providers.resilience.BoundedThreads;
import java.text.ParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Verifies identity tokens (JWT) of the issuers that are configured, on threads of its own. Signatures are those of a pair of
 * keys: a token that says {@code none}, or names an HMAC, is refused before any key is looked at. Thread-safe.
 */
public final class IdentityTokens implements AutoCloseable {
    /** As AWS STS bounds them. */
    public static final int MAX_CHARS = 20_000;

    private static final int LEEWAY_SECONDS = 60;
    private static final int MAX_SUBJECT_CHARS = 1024;
    private static final int THREADS = 2;
    private static final int WAITING = 64;

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final Map<String, IssuerKeys> issuers = new HashMap<>();
    private final ThreadPoolExecutor executor = BoundedThreads.of("sealward-identity", THREADS, WAITING);

    /** Fetches nothing yet. */
    public IdentityTokens(Collection<Issuer> configured) {
        configured.forEach(issuer ->
                issuers.put(issuer.issuer(), new IssuerKeys(issuer.issuer(), source(issuer), System::nanoTime)));
    }

    private KeySource source(Issuer issuer) {
        return issuer.keys() instanceof Issuer.Keys.InFile in
                ? new KeySetFile(in.file(), executor)
                : new KeySetUrl(issuer);
    }

    /**
     * Says whom a token vouches for.
     *
     * @return completes on any thread; fails with an {@link IdentityException}
     */
    public CompletionStage<Identity> verify(String token) {
        try {
            return CompletableFuture.supplyAsync(() -> parse(token), executor).thenCompose(this::verify);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedStage(busy());
        }
    }

    private CompletionStage<Identity> verify(SignedJWT token) {
        return keys(token)
                .forToken(token.getHeader())
                .thenApplyAsync(keys -> identity(token, keys), executor)
                .exceptionally(failure -> {
                    throw StageFailure.cause(failure) instanceof RejectedExecutionException
                            ? busy()
                            : new CompletionException(StageFailure.cause(failure));
                });
    }

    private static SignedJWT parse(String token) {
        if (token.length() > MAX_CHARS) {
            throw invalid("The token is too long.");
        }
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            if (!ALGORITHMS.contains(parsed.getHeader().getAlgorithm())) {
                throw invalid("The token is signed in a way that is not taken here.");
            }
            return parsed;
        } catch (ParseException | IllegalArgumentException e) {
            throw invalid("The ID Token provided is not a valid JWT.");
        }
    }

    private IssuerKeys keys(SignedJWT token) {
        String issuer = Optional.ofNullable(claims(token).getIssuer()).orElse("");
        return Optional.ofNullable(issuers.get(issuer))
                .orElseThrow(
                        () -> invalid("No OpenIDConnect provider found in your account for the issuer of the token."));
    }

    private static Identity identity(SignedJWT token, JWKSet keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
        DefaultJWTClaimsVerifier<SecurityContext> times =
                new DefaultJWTClaimsVerifier<>(new JWTClaimsSet.Builder().build(), Set.of("iss", "sub", "aud", "exp"));
        times.setMaxClockSkew(LEEWAY_SECONDS);
        processor.setJWTClaimsSetVerifier(times);
        try {
            return identity(processor.process(token, null));
        } catch (ExpiredJWTException e) {
            throw new IdentityException(Reason.EXPIRED, "Token expired: it must not be used any more.");
        } catch (BadJOSEException | JOSEException e) {
            throw invalid("The ID Token provided does not verify: " + e.getMessage());
        }
    }

    private static Identity identity(JWTClaimsSet claims) {
        String subject = claims.getSubject();
        boolean plain = subject.length() <= MAX_SUBJECT_CHARS
                && !subject.isEmpty()
                && subject.codePoints().noneMatch(Character::isISOControl);
        if (!plain) {
            throw invalid("The subject of the token is empty, too long or not printable.");
        }
        Map<String, List<String>> texts = new HashMap<>();
        claims.getClaims().forEach((name, value) -> texts.put(name, texts(value)));
        return new Identity(
                claims.getIssuer(),
                subject,
                claims.getAudience(),
                texts.getOrDefault("azp", List.of()).stream().findFirst(),
                texts);
    }

    /** Of a value that is plain, or a list of such. */
    private static List<String> texts(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().flatMap(each -> texts(each).stream()).toList();
        }
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? List.of(value.toString())
                : List.of();
    }

    private static JWTClaimsSet claims(SignedJWT token) {
        try {
            return Optional.ofNullable(token.getJWTClaimsSet()).orElseThrow(() -> invalid("The token has no claims."));
        } catch (ParseException e) {
            throw invalid("The claims of the token cannot be read.");
        }
    }

    private static IdentityException invalid(String message) {
        return new IdentityException(Reason.INVALID, message);
    }

    private static IdentityException busy() {
        return new IdentityException(Reason.BUSY, "Too many tokens are being verified. Please try again.");
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
