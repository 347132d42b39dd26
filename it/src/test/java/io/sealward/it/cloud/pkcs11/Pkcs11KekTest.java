package io.sealward.it.cloud.pkcs11;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.OTHER_CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.it.cloud.LoggedText;
import io.sealward.it.cloud.TenantKey;
import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.catalog.Providers;
import io.sealward.providers.pkcs11.Pkcs11Opener;
import io.sealward.providers.pkcs11.Pkcs11Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key in a token of a real PKCS#11 library. */
final class Pkcs11KekTest {
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
        kek = open(key.keyId());
    }

    @AfterEach
    void stop() {
        if (opener != null) {
            opener.close();
        }
    }

    private Kek open(String label) {
        return opener.open("org-a", Providers.parse("pkcs11", Map.of("key_label", label)));
    }

    @Test
    void unwrapsWhatItWrapped() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

        assertThat(kek.keyId()).isEqualTo("org-a--kek");
        assertThat(wrapped.keyVersion()).isEmpty();
        assertThat(wrapped.ciphertext()).hasSize(1 + 12 + SECRET.length + 16).startsWith(1);
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
        await(kek.probe(wrapped, CONTEXT));
    }

    @Test
    void refusesAForgedSecretAnotherContextAndAVersion() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        byte[] forged = wrapped.ciphertext().clone();
        forged[forged.length - 1] ^= 1;
        byte[] otherFormat = wrapped.ciphertext().clone();
        otherFormat[0] = 2;

        for (WrappedSecret wrong : List.of(
                new WrappedSecret("", forged),
                new WrappedSecret("", otherFormat),
                new WrappedSecret("", new byte[3]),
                new WrappedSecret("", new byte[2_000]),
                new WrappedSecret("1", wrapped.ciphertext()))) {
            assertThat(failureOf(kek.unwrap(wrong, CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
        }
        assertThat(failureOf(kek.unwrap(wrapped, OTHER_CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void doesNotOpenWhatAnotherKeyOfTheTokenWrapped() {
        token.createKey("org-b");
        WrappedSecret wrapped = await(open("org-b--kek").wrap(SECRET, CONTEXT));

        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
    }

    @Test
    void takesAKeyThatIsRemovedForDestroyedAndNoticesItsReturn() {
        token.restore("org-a--backup", new byte[32]);
        Kek backup = open("org-a--backup");
        WrappedSecret wrapped = await(backup.wrap(SECRET, CONTEXT));
        token.delete("org-a--backup");

        KmsException gone = failureOf(backup.unwrap(wrapped, CONTEXT));
        assertThat(gone.error()).isEqualTo(KmsError.DESTROYED);
        assertThat(gone).hasMessageContaining("org-a--backup");
        assertThat(failureOf(backup.probe(wrapped, CONTEXT)).error()).isEqualTo(KmsError.DESTROYED);
        assertThat(failureOf(backup.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.DESTROYED);
        await(kek.wrap(SECRET, CONTEXT));

        token.restore("org-a--backup", new byte[32]);
        assertThat(await(backup.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void takesAnotherKeyOfTheSameLabelForWhatItIs() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        token.delete(key.keyId());
        token.createKey("org-a");

        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
    }

    @Test
    void takesAKeyThatIsForbiddenToDecryptForRevokedUntilItMayAgain() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        key.disable();

        KmsException refused = failureOf(kek.unwrap(wrapped, CONTEXT));
        assertThat(refused.error()).isEqualTo(KmsError.REVOKED);
        assertThat(refused).hasMessageContaining("CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);

        key.enable();
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void findsAKeyThatWasMadeAfterTheLogin() {
        await(kek.wrap(SECRET, CONTEXT));
        token.createKey("org-late");
        Kek late = open("org-late--kek");

        assertThat(await(late.unwrap(await(late.wrap(SECRET, CONTEXT)), CONTEXT)))
                .isEqualTo(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "AES:16, --sensitive, has not 256 bits",
        "AES:32, --extractable, can leave the token",
        "GENERIC:32, --sensitive, is no AES key"
    })
    void refusesAKeyOfTheWrongKind(String type, String attribute, String words) {
        token.make("org-a--other", type, attribute);

        KmsException refused =
                failureOf(opener.check("org-a", Providers.parse("pkcs11", Map.of("key_label", "org-a--other")), CONTEXT)
                        .run());
        assertThat(refused.error()).isEqualTo(KmsError.MISCONFIGURED);
        assertThat(refused).hasMessageContaining(words);
    }

    @Test
    void registersAKeyThatIsRight() {
        await(opener.logins().get("pkcs11").run());
        await(opener.check("org-a", Providers.parse("pkcs11", key.registration()), CONTEXT)
                .run());
    }

    @Test
    void saysThatAKeyIsNotThere() {
        KmsException refused =
                failureOf(opener.check("org-a", Providers.parse("pkcs11", Map.of("key_label", "org-a--none")), CONTEXT)
                        .run());
        assertThat(refused.error()).isEqualTo(KmsError.DESTROYED);
        assertThat(refused).hasMessageContaining("org-a--none");
    }

    /** SunPKCS11 reads no token of which two keys have the same label; what is known already goes on. */
    @Test
    void usesNoneOfTwoKeysOfOneLabelAndSaysSoToTheOperator() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        token.createKey("org-a");
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.MISCONFIGURED);

        try (Pkcs11Opener later = InstalledHsm.opener(token)) {
            Kek any = later.open("org-b", Providers.parse("pkcs11", Map.of("key_label", "org-b--kek")));
            KmsException refused = failureOf(any.wrap(SECRET, CONTEXT));
            assertThat(refused.error()).isEqualTo(KmsError.UNREACHABLE);
            assertThat(refused.gatewaysOwn()).isTrue();
            assertThat(refused).hasMessageContaining("Two keys of the token have the same label");
        }
    }

    @Test
    void manyThreadsShareOneToken() {
        List<Kek> keks = IntStream.range(0, 8)
                .mapToObj(i -> {
                    token.createKey("org-" + i);
                    return open("org-" + i + "--kek");
                })
                .toList();
        List<CompletionStage<byte[]>> calls = IntStream.range(0, 400)
                .mapToObj(i -> keks.get(i % keks.size()))
                .map(each -> each.wrap(SECRET, CONTEXT).thenCompose(wrapped -> each.unwrap(wrapped, CONTEXT)))
                .toList();

        assertThat(calls).allSatisfy(call -> assertThat(await(call)).isEqualTo(SECRET));
    }

    @Test
    void triesAWrongPinOnceAndNeverAgain() {
        Pkcs11Setup wrong = new Pkcs11Setup(token.library(), token.label(), OptionalLong.empty(), "another-pin");
        try (LoggedText log = new LoggedText();
                Pkcs11Opener locked = new Pkcs11Opener(wrong, InstalledHsm.LIMITS)) {
            Kek unusable = locked.open("org-a", Providers.parse("pkcs11", key.registration()));
            for (int i = 0; i < 20; i++) {
                KmsException refused = failureOf(unusable.wrap(SECRET, CONTEXT));
                assertThat(refused.error()).isEqualTo(KmsError.MISCONFIGURED);
                assertThat(refused).hasMessageContaining("CKR_PIN_INCORRECT").hasMessageNotContaining("another-pin");
            }
            assertThat(log.text())
                    .containsOnlyOnce("no login to the token '" + token.label() + "'")
                    .doesNotContain("another-pin");
        }
        await(kek.wrap(SECRET, CONTEXT));
    }

    @Test
    void saysThatTheTokensUserMayNotLogIn() {
        SoftToken closed = InstalledHsm.newToken();
        closed.forgetUser();
        try (Pkcs11Opener nobody = InstalledHsm.opener(closed)) {
            KmsException refused =
                    failureOf(nobody.check("org-a", Providers.parse("pkcs11", key.registration()), CONTEXT)
                            .run());
            assertThat(refused.error()).isEqualTo(KmsError.MISCONFIGURED);
            assertThat(refused).hasMessageContaining("CKR_USER_PIN_NOT_INITIALIZED");
            assertThat(failureOf(nobody.logins().get("pkcs11").run()))
                    .hasMessageContaining("CKR_USER_PIN_NOT_INITIALIZED");
        }
    }

    @Test
    void usesTheTokenOfTheSlotWhereTwoHaveOneLabelAndNoneWhereNoSlotIsNamed() {
        SoftToken twin = SoftToken.create(InstalledHsm.get(), token.label(), InstalledHsm.PIN);
        try (Pkcs11Opener either = InstalledHsm.opener(token);
                Pkcs11Opener exact = new Pkcs11Opener(
                        new Pkcs11Setup(token.library(), token.label(), OptionalLong.of(token.slot()), token.pin()),
                        InstalledHsm.LIMITS);
                Pkcs11Opener other = new Pkcs11Opener(
                        new Pkcs11Setup(token.library(), token.label(), OptionalLong.of(twin.slot()), token.pin()),
                        InstalledHsm.LIMITS)) {
            restartTheLibrary();
            KmsException refused = failureOf(either.open("org-a", Providers.parse("pkcs11", key.registration()))
                    .wrap(SECRET, CONTEXT));
            assertThat(refused.gatewaysOwn()).isTrue();
            assertThat(refused).hasMessageContaining("Several tokens");
            await(exact.open("org-a", Providers.parse("pkcs11", key.registration()))
                    .wrap(SECRET, CONTEXT));
            assertThat(failureOf(other.open("org-a", Providers.parse("pkcs11", key.registration()))
                                    .wrap(SECRET, CONTEXT))
                            .error())
                    .isEqualTo(KmsError.DESTROYED);
        }
    }

    /** The library of this process sees a new token only when it is started anew, which a token that is not there makes it. */
    private static void restartTheLibrary() {
        SoftToken unseen = InstalledHsm.newToken();
        TenantKey key = unseen.createKey("org-a");
        try (Pkcs11Opener opener = InstalledHsm.opener(unseen)) {
            await(opener.open("org-a", Providers.parse("pkcs11", key.registration()))
                    .wrap(SECRET, CONTEXT));
        }
    }

    @Test
    void aTokenThatIsNotThereIsAnOutage() {
        Pkcs11Setup elsewhere = new Pkcs11Setup(token.library(), "no-such-token", OptionalLong.empty(), token.pin());
        try (Pkcs11Opener nowhere = new Pkcs11Opener(elsewhere, InstalledHsm.LIMITS)) {
            KmsException refused = failureOf(nowhere.open("org-a", Providers.parse("pkcs11", key.registration()))
                    .wrap(SECRET, CONTEXT));
            assertThat(refused.error()).isEqualTo(KmsError.UNREACHABLE);
            assertThat(refused).hasMessage("The token is not there.");
        }
    }

    @Test
    void aFileThatIsNoLibraryIsToldAtTheStart(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("library.so"), "text");
        assertThatThrownBy(() ->
                        new Pkcs11Opener(new Pkcs11Setup(text, "t", OptionalLong.empty(), "p"), InstalledHsm.LIMITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text.toString())
                .hasMessageContaining("cannot be loaded");
    }

    @Test
    void printsNoPin() {
        assertThat(InstalledHsm.setup(token)).asString().doesNotContain(InstalledHsm.PIN);
    }
}
