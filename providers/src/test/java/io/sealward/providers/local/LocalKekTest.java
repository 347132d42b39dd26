package io.sealward.providers.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.CallLane;
import io.sealward.providers.resilience.CallLimits;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKekTest {
    private static final WrapContext CONTEXT = WrapContext.of(Map.of("org", "org-1", "project", "proj_1"));
    private static final byte[] SECRET = "a secret of thirty-two bytes, ok".getBytes(UTF_8);

    @TempDir
    Path directory;

    private final CallLane lane = LocalKek.lane("test", new CallLimits(1, 2, 1, Duration.ofHours(1), Duration.ZERO));
    private Path file;
    private LocalKeystore keystore;
    private LocalKek kek;

    @BeforeEach
    void makeKey() throws LocalKeystoreException {
        file = directory.resolve("keks.bcfks");
        keystore = LocalKeystore.open(QuickKeystore.at(file, password()), password());
        keystore.createKey("main");
        kek = new LocalKek(keystore, "main", lane, lane);
    }

    @AfterEach
    void stop() {
        kek.close();
        keystore.close();
    }

    @Test
    void whatItWrapsItUnwraps() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

        assertThat(wrapped.keyVersion()).isEqualTo("1");
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
        await(RegistrationCheck.roundTrip(kek, CONTEXT).run());
    }

    @Test
    void theSecretIsCopiedBeforeTheCallReturns() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CompletionStage<?> blocker = lane.run(() -> {
            busy.await();
            return true;
        });
        byte[] secret = SECRET.clone();
        CompletionStage<WrappedSecret> wrapping = kek.wrap(secret, CONTEXT);
        secret[0] ^= 1;
        busy.countDown();
        await(blocker);

        assertThat(await(kek.unwrap(await(wrapping), CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void anotherContextDoesNotUnwrap() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

        WrapContext other = WrapContext.of(Map.of("org", "org-1", "project", "proj_2"));
        assertFails(() -> await(kek.unwrap(wrapped, other)), KmsError.CORRUPT);
    }

    @Test
    void noChangedByteUnwraps() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        for (int at = 0; at < wrapped.ciphertext().length; at++) {
            byte[] changed = wrapped.ciphertext().clone();
            changed[at] ^= 0x40;
            WrappedSecret forged = new WrappedSecret("1", changed);
            assertFails(() -> await(kek.unwrap(forged, CONTEXT)), KmsError.CORRUPT);
        }
    }

    @Test
    void bytesOfAWrongLengthAreCorruptNotAFault() {
        for (int length : List.of(0, 1, 32, 33, 200)) {
            WrappedSecret forged = new WrappedSecret("1", new byte[length]);
            assertFails(() -> await(kek.unwrap(forged, CONTEXT)), KmsError.CORRUPT);
        }
    }

    @Test
    void aSecretThatFitsNoProviderIsRefused() {
        assertThatThrownBy(() -> kek.wrap(new byte[0], CONTEXT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kek.wrap(new byte[65], CONTEXT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rotationWrapsAnewAndStillUnwrapsTheOld() throws LocalKeystoreException {
        WrappedSecret old = await(kek.wrap(SECRET, CONTEXT));
        assertThat(keystore.rotate("main")).isEqualTo(2);
        WrappedSecret fresh = await(kek.wrap(SECRET, CONTEXT));

        assertThat(fresh.keyVersion()).isEqualTo("2");
        assertThat(await(kek.unwrap(old, CONTEXT))).isEqualTo(SECRET);
        assertThat(await(kek.unwrap(fresh, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void aReferenceToAnotherVersionIsCorrupt() throws LocalKeystoreException {
        WrappedSecret old = await(kek.wrap(SECRET, CONTEXT));
        keystore.rotate("main");

        assertFails(() -> await(kek.unwrap(new WrappedSecret("2", old.ciphertext()), CONTEXT)), KmsError.CORRUPT);
    }

    @Test
    void aDestroyedVersionIsGoneAndItsNumberNeverComesBack() throws LocalKeystoreException {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        keystore.destroyVersion("main", 1);
        assertFails(() -> await(kek.wrap(SECRET, CONTEXT)), KmsError.DESTROYED);

        assertThat(keystore.rotate("main")).isEqualTo(2);
        assertFails(() -> await(kek.unwrap(wrapped, CONTEXT)), KmsError.DESTROYED);
        assertThat(await(kek.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo("2");
    }

    @Test
    void aVersionThatWasNeverMadeIsCorruptAndNoWithdrawal() {
        for (int version : List.of(2, 99, 0, -1, Integer.MAX_VALUE)) {
            byte[] forged =
                    ByteBuffer.allocate(65).put((byte) 1).putInt(version).array();
            WrappedSecret made = new WrappedSecret(Integer.toString(version), forged);
            assertFails(() -> await(kek.unwrap(made, CONTEXT)), KmsError.CORRUPT);
        }
    }

    @Test
    void aKeyThatWasNeverMadeIsDestroyed() {
        assertFails(() -> await(new LocalKek(keystore, "other", lane, lane).wrap(SECRET, CONTEXT)), KmsError.DESTROYED);
    }

    @Test
    void theNextCallSeesWhatAnotherProcessChanged() throws LocalKeystoreException {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        try (LocalKeystore other = LocalKeystore.open(file, password())) {
            other.disable("main");
            assertFails(() -> await(kek.unwrap(wrapped, CONTEXT)), KmsError.REVOKED);
            assertFails(() -> await(kek.wrap(SECRET, CONTEXT)), KmsError.REVOKED);

            other.enable("main");
            assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);

            other.rotate("main");
            assertThat(await(kek.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo("2");
        }
    }

    @Test
    void aKeystoreThatCanNotBeReadIsAnOutageAndNoRevocation() throws Exception {
        Path away = directory.resolve("away");
        Files.move(file, away);
        assertFails(() -> await(kek.wrap(SECRET, CONTEXT)), KmsError.UNREACHABLE);
        Files.write(file, new byte[100]);
        assertFails(() -> await(kek.wrap(SECRET, CONTEXT)), KmsError.UNREACHABLE);
        Files.delete(file);
        Files.move(away, file);
        await(kek.wrap(SECRET, CONTEXT));
    }

    @Test
    void aFileThatDoesNotAnswerHoldsNoCallForEver() throws Exception {
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        LocalKek patient = within(Duration.ofHours(1));
        try (LocalKek stalled = within(Duration.ofMillis(200))) {
            assertFails(() -> await(stalled.wrap(SECRET, CONTEXT)), KmsError.UNREACHABLE);

            CompletionStage<WrappedSecret> running = patient.wrap(SECRET, CONTEXT);
            CompletionStage<WrappedSecret> waiting = patient.wrap(SECRET, CONTEXT);
            assertFails(() -> await(patient.wrap(SECRET, CONTEXT)), KmsError.THROTTLED);
            assertThat(running.toCompletableFuture()).isNotDone();
            patient.close();
            assertFails(() -> await(waiting), KmsError.UNREACHABLE);
        } finally {
            patient.close();
            Files.newOutputStream(file).close();
        }
    }

    private LocalKek within(Duration deadline) {
        CallLimits narrow = new CallLimits(1, 1, 1, deadline, Duration.ZERO);
        return new LocalKek(keystore, "main", LocalKek.lane("narrow", narrow), LocalKek.lane("narrow-probe", narrow));
    }

    @Test
    void aClosedKekAnswersNothing() {
        kek.close();
        assertFails(() -> await(kek.wrap(SECRET, CONTEXT)), KmsError.UNREACHABLE);
    }

    @Test
    void theFileAndItsLockAreTheOwnersAlone() throws Exception {
        try (var files = Files.list(directory)) {
            assertThat(files.toList()).hasSize(2).allSatisfy(made -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void theFileShowsNoNameAndNoState() throws Exception {
        keystore.disable("main");
        assertThat(Files.readString(file, ISO_8859_1)).doesNotContain("main").doesNotContain("disabled");
    }

    private static char[] password() {
        return "correct horse".toCharArray();
    }

    private static void assertFails(ThrowingCallable call, KmsError error) {
        assertThatThrownBy(call).cause().isInstanceOfSatisfying(KmsException.class, failure -> {
            assertThat(failure.error()).isEqualTo(error);
            assertThat(failure.getMessage()).doesNotContain("correct horse");
        });
    }

    private static <T> T await(CompletionStage<T> stage) throws CompletionException {
        return stage.toCompletableFuture().join();
    }
}
