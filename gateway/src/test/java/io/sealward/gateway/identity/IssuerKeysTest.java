package io.sealward.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.sealward.gateway.identity.IdentityException.Reason;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** When the issuer is asked for its keys, and for how long they are good. */
class IssuerKeysTest {
    private static final JWK OLD = TestIssuer.ec("old");
    private static final JWK NEW = TestIssuer.ec("new");

    private final List<CompletableFuture<JWKSet>> asked = new ArrayList<>();
    private long now;
    private final IssuerKeys keys = new IssuerKeys(
            "https://issuer",
            () -> {
                asked.add(new CompletableFuture<>());
                return asked.get(asked.size() - 1);
            },
            () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void told(JWK... known) {
        asked.get(asked.size() - 1).complete(new JWKSet(List.of(known)));
    }

    private CompletableFuture<JWKSet> forToken(JWK key) {
        return keys.forToken(new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(key.getKeyID())
                        .build())
                .toCompletableFuture();
    }

    private static Reason reason(CompletableFuture<JWKSet> failed) {
        try {
            failed.join();
            throw new AssertionError("has keys");
        } catch (CompletionException e) {
            return ((IdentityException) e.getCause()).reason();
        }
    }

    @Test
    void oneQuestionIsAskedForAllWhoWait() {
        CompletableFuture<JWKSet> one = forToken(OLD);
        CompletableFuture<JWKSet> other = forToken(OLD);
        assertThat(asked).hasSize(1);
        told(OLD);
        assertThat(one.join()).isEqualTo(other.join());
        forToken(OLD).join();
        assertThat(asked).hasSize(1);
    }

    @Test
    void anUnknownKeyIsAskedForButNotSoonAgain() {
        forToken(OLD);
        told(OLD);
        assertThat(reason(forToken(NEW))).isEqualTo(Reason.INVALID);
        assertThat(asked).hasSize(1);
        pass(IssuerKeys.PAUSE);
        CompletableFuture<JWKSet> rotated = forToken(NEW);
        assertThat(asked).hasSize(2);
        told(NEW);
        rotated.join();
        assertThat(reason(forToken(OLD))).isEqualTo(Reason.INVALID);
    }

    @Test
    void thousandsOfUnknownKeysAreOneQuestion() {
        forToken(OLD);
        told(OLD);
        for (int i = 0; i < 5_000; i++) {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("key-" + i).build();
            assertThat(reason(keys.forToken(header).toCompletableFuture())).isEqualTo(Reason.INVALID);
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void aWeakKeyIsNone() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        JWK weak = new RSAKey.Builder((RSAPublicKey) generator.generateKeyPair().getPublic()).build();
        CompletableFuture<JWKSet> asking =
                keys.forToken(new JWSHeader(JWSAlgorithm.RS256)).toCompletableFuture();
        told(weak);
        assertThat(reason(asking)).isEqualTo(Reason.INVALID);
    }

    @Test
    void aFailureIsNotTriedAgainAtOnce() {
        CompletableFuture<JWKSet> first = forToken(OLD);
        asked.get(0).completeExceptionally(new IllegalStateException("down"));
        assertThat(reason(first)).isEqualTo(Reason.UNREACHABLE);
        assertThat(reason(forToken(OLD))).isEqualTo(Reason.UNREACHABLE);
        assertThat(asked).hasSize(1);
        pass(IssuerKeys.PAUSE);
        CompletableFuture<JWKSet> again = forToken(OLD);
        told(OLD);
        again.join();
    }

    @Test
    void knownKeysOutlastAnOutageButNotForEver() {
        forToken(OLD);
        told(OLD);
        pass(IssuerKeys.FRESH);
        forToken(OLD).join(); // answered from memory, and asked meanwhile
        assertThat(asked).hasSize(2);
        asked.get(1).completeExceptionally(new IllegalStateException("down"));
        forToken(OLD).join();
        pass(IssuerKeys.USABLE.minus(IssuerKeys.FRESH));
        CompletableFuture<JWKSet> late = forToken(OLD);
        asked.get(2).completeExceptionally(new IllegalStateException("down"));
        assertThat(reason(late)).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aKeyThatIsWithdrawnIsForgotten() {
        forToken(OLD);
        told(OLD);
        pass(IssuerKeys.FRESH);
        forToken(OLD).join();
        told(NEW);
        assertThat(reason(forToken(OLD))).isEqualTo(Reason.INVALID);
    }

    @Test
    void aSourceThatThrowsIsAnOutage() {
        IssuerKeys broken = new IssuerKeys(
                "https://issuer",
                () -> {
                    throw new RejectedExecutionException();
                },
                () -> now);
        assertThat(reason(broken.forToken(new JWSHeader(JWSAlgorithm.ES256)).toCompletableFuture()))
                .isEqualTo(Reason.UNREACHABLE);
    }
}
