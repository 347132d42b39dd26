package io.sealward.it.cloud.pkcs11;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.cloud.TenantKey;
import io.sealward.it.stack.Eventually;
import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.catalog.Providers;
import io.sealward.providers.pkcs11.Pkcs11Opener;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token that goes and comes back is an outage, never a withdrawal; so is a library that does not return. */
final class TokenLossTest {
    private static final byte[] SECRET = "planted-secret-of-thirty-two-byt".getBytes(US_ASCII);

    private SoftToken token;
    private TenantKey key;
    private Pkcs11Opener opener;
    private Kek kek;

    @BeforeEach
    void start() {
        token = InstalledHsm.newToken();
        key = token.createKey("org-a");
        opener = InstalledHsm.opener(token);
        kek = open(opener);
    }

    @AfterEach
    void stop() {
        if (opener != null) {
            opener.close();
        }
    }

    private Kek open(Pkcs11Opener by) {
        return by.open("org-a", Providers.parse("pkcs11", key.registration()));
    }

    @Test
    void aTokenThatIsRemovedIsAnOutageUntilItIsBack() throws Exception {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        token.remove();

        for (int i = 0; i < 5; i++) {
            assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
            assertThat(failureOf(kek.probe(wrapped, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
            assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
        }

        token.putBack();
        Eventually.holds("the token is found again", () -> opened(kek.unwrap(wrapped, CONTEXT)));
    }

    /** Whether the call opened the secret; a token that is away may fail it, as an outage only. */
    private static boolean opened(CompletionStage<byte[]> call) {
        try {
            assertThat(await(call)).isEqualTo(SECRET);
            return true;
        } catch (CompletionException e) {
            assertThat(failureOf(call).error()).isEqualTo(KmsError.UNREACHABLE);
            return false;
        }
    }

    @Test
    void callsUnderWayWhileTheTokenGoesAndComesNeverMeanAWithdrawal() throws Exception {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        for (int round = 0; round < 3; round++) {
            List<CompletionStage<byte[]>> calls = IntStream.range(0, 100)
                    .mapToObj(i -> kek.unwrap(wrapped, CONTEXT))
                    .toList();
            token.remove();
            token.putBack();
            calls.forEach(TokenLossTest::opened);
            Eventually.holds("the token is found again", () -> opened(kek.unwrap(wrapped, CONTEXT)));
        }
    }

    /** The login is the process's, not the session's: whoever logs out takes it from all. */
    @Test
    void logsInAgainWhenSomebodyElseInTheProcessLogsOut() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        try (Pkcs11Opener other = InstalledHsm.opener(token)) {
            await(open(other).unwrap(wrapped, CONTEXT));
        }

        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void aClosedTokenIsAnOutage() {
        await(kek.wrap(SECRET, CONTEXT));
        opener.close();

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
    }

    @Test
    void aLibraryThatDoesNotReturnHoldsFewThreadsAndNoCallBeyondItsTime() throws Exception {
        CallLimits brief = new CallLimits(4, 256, 1, Duration.ofSeconds(2), Duration.ofMillis(1));
        try (Pkcs11Opener hasty = new Pkcs11Opener(InstalledHsm.setup(token), brief)) {
            List<Kek> keks = IntStream.range(0, 10).mapToObj(i -> open(hasty)).toList();
            WrappedSecret wrapped = await(keks.get(0).wrap(SECRET, CONTEXT));
            try (HeldFile held = new HeldFile(token.folder().resolve("generation"))) {
                List<CompletionStage<?>> calls = keks.stream()
                        .flatMap(each -> IntStream.range(0, 10)
                                .<CompletionStage<?>>mapToObj(
                                        i -> i % 2 == 0 ? each.unwrap(wrapped, CONTEXT) : each.probe(wrapped, CONTEXT)))
                        .toList();
                assertThat(calls)
                        .allSatisfy(call -> assertThat(failureOf(call).error()).isEqualTo(KmsError.UNREACHABLE));
                Eventually.holds("who waits for a place is let go", () -> stuck() <= 24);
                assertThat(held.isHeld()).isTrue();
                assertThat(stuck()).isPositive();
            }
            Eventually.holds("the library returns", () -> stuck() == 0);
            assertThat(await(keks.get(9).unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
        }
    }

    private static long stuck() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("kms-pkcs11-"))
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("sun.security.pkcs11.")))
                .count();
    }
}
