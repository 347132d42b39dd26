package io.sealward.it.cloud.azure;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.ONE_ATTEMPT;
import static io.sealward.it.cloud.KekCalls.OTHER_CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.LoggedText;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.azure.AzureIdentity;
import io.sealward.providers.azure.AzureKek;
import io.sealward.providers.azure.AzureKeySpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer, and each silence, of the cloud means to the KEK. */
final class AzureKekErrorsTest extends AzureTenant {
    /**
     * Key Vault REST API error codes; one call each, where the library alone would make four of
     * some, and a second one where a new token may help, or where a missing version must be told from a missing key.
     */
    @ParameterizedTest
    @CsvSource({
        "401, Unauthorized, '', UNREACHABLE, 2",
        "403, Forbidden, KeyDisabled, REVOKED, 1",
        "403, Forbidden, ForbiddenByRbac, REVOKED, 2",
        "403, Forbidden, ForbiddenByFirewall, REVOKED, 1",
        "403, Forbidden, KeyOperationForbidden, REVOKED, 1",
        "403, Forbidden, '', REVOKED, 2",
        "403, Forbidden, KeyExpired, MISCONFIGURED, 1",
        "403, Forbidden, KeyNotYetValid, MISCONFIGURED, 1",
        "404, KeyNotFound, '', DESTROYED, 2",
        "400, BadParameter, '', CORRUPT, 1",
        "429, Throttled, '', THROTTLED, 1",
        "500, InternalServerError, '', UNREACHABLE, 1",
        "503, ServiceUnavailable, '', UNREACHABLE, 1",
        "408, RequestTimeout, '', UNREACHABLE, 1",
        "418, Teapot, '', UNREACHABLE, 1",
    })
    void classifiesEveryAnswer(int status, String code, String innerCode, KmsError expected, long calls) {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        await(kek.unwrap(wrapped, CONTEXT));
        long before = vault.faults().calls();
        vault.refuseAll(status, code, innerCode);

        KmsException failure = failureOf(kek.unwrap(wrapped, CONTEXT));

        assertThat(failure.error()).isEqualTo(expected);
        assertThat(failure)
                .hasMessageContaining(innerCode.isEmpty() ? code : innerCode)
                .hasMessageContaining("words of the cloud");
        assertThat(vault.faults().calls() - before).isEqualTo(calls);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void doesNotTakeAnAnswerThatIsNotTheVaultsForADecision(int status) {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        vault.answerAll(status, "<html>a proxy on the way</html>");

        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({"THROTTLE, THROTTLED", "OUTAGE, UNREACHABLE", "GARBAGE, UNREACHABLE"})
    void survivesATroubledVault(Faults.Kind trouble, KmsError expected) {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        vault.faults().set(trouble);

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(expected);
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(expected);

        vault.faults().set(Faults.Kind.NONE);
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void noticesTheRemovedRoleAndTheDeletedKey() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

        vault.revokeRole();
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)))
                .hasMessageContaining("ForbiddenByRbac")
                .extracting(KmsException::error)
                .isEqualTo(KmsError.REVOKED);

        vault.assignRole();
        vault.deleteKey(key);
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.DESTROYED);
        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.DESTROYED);
    }

    @Test
    void getsNoTokenOfATenantThatTheVaultNamesInstead() {
        String elsewhere = tenantWithPrincipal();
        vault.moveTo(elsewhere);

        KmsException failure = failureOf(kek.wrap(SECRET, CONTEXT));

        assertThat(failure.error()).isEqualTo(KmsError.MISCONFIGURED);
        assertThat(failure).hasMessageContaining("asks for a token of the tenant " + elsewhere);
        assertThat(azure.tokenFaults().calls()).isZero();
    }

    @Test
    void takesAMissingServicePrincipalForRevocation() {
        azure.deleteServicePrincipal(tenant);

        KmsException failure = failureOf(kek.wrap(SECRET, CONTEXT));

        assertThat(failure.error()).isEqualTo(KmsError.REVOKED);
        assertThat(failure).hasMessageContaining("AADSTS7000229");
        assertThat(azure.tokenFaults().calls()).isEqualTo(1);
    }

    @Test
    void takesAnUnknownTenantForRevocation() {
        String nowhere = "00000000-0000-0000-0000-000000000001";
        FakeVault stray = azure.createVault(nowhere);
        AzureKeySpec spec = new AzureKeySpec(nowhere, stray.uri(), KEY_NAME, Optional.empty());
        try (AzureKek lost =
                azure.connect(azure.identity(), ONE_ATTEMPT, AN_HOUR).open(spec)) {
            assertThat(failureOf(lost.wrap(SECRET, CONTEXT)))
                    .hasMessageContaining("AADSTS90002")
                    .extracting(KmsException::error)
                    .isEqualTo(KmsError.REVOKED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void doesNotTakeAnAnswerThatIsNotEntrasForADecision(int status) {
        azure.answerTokens(status, "{\"error\":\"blocked\",\"error_description\":\"a proxy on the way\"}");

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
    }

    @Test
    void doesNotTakeItsOwnWrongSecretForRevocation() {
        azure.application().rotateSecret();

        KmsException failure = failureOf(kek.wrap(SECRET, CONTEXT));

        assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(failure).hasMessageContaining("AADSTS7000215").hasMessageContaining("the gateway's own credential");
    }

    @ParameterizedTest
    @CsvSource({"THROTTLE, THROTTLED", "OUTAGE, UNREACHABLE", "GARBAGE, UNREACHABLE"})
    void recoversFromTroubleWithTokensAfterOneCall(Faults.Kind trouble, KmsError expected) {
        azure.tokenFaults().setNext(trouble, 1);

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(expected);
        assertThat(azure.tokenFaults().calls()).isEqualTo(1);

        assertThat(await(kek.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo(key.currentVersion());
    }

    @Test
    void recoversWhenTheServicePrincipalIsCreatedAnew() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        azure.deleteServicePrincipal(tenant);
        azure.forgetTokens();
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT))).hasMessageContaining("AADSTS7000229");
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);

        azure.createServicePrincipal(tenant);
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void doesNotAskForATokenWithEachCallWhileTheRoleIsMissing() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        vault.revokeRole();

        IntStream.range(0, 5).forEach(i -> failureOf(kek.unwrap(wrapped, CONTEXT)));

        assertThat(azure.tokenFaults().calls()).isEqualTo(2);
        vault.assignRole();
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void doesNotTakeItsOwnExpiredAssertionForRevocation() {
        AzureIdentity stale = new AzureIdentity.FederatedAssertion(
                azure.application().clientId(), () -> azure.application().federatedToken(Duration.ofMinutes(-5)));
        try (AzureKek keyless = open(stale, ONE_ATTEMPT, AN_HOUR)) {
            assertThat(failureOf(keyless.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
        }
    }

    @Test
    void doesNotTakeItsOwnForgottenFederationForRevocation() {
        azure.application().forgetFederation();
        AzureIdentity federated = new AzureIdentity.FederatedAssertion(
                azure.application().clientId(), () -> azure.application().federatedToken(Duration.ofMinutes(5)));
        try (AzureKek keyless = open(federated, ONE_ATTEMPT, AN_HOUR)) {
            assertThat(failureOf(keyless.wrap(SECRET, CONTEXT)))
                    .hasMessageContaining("AADSTS70021:")
                    .extracting(KmsException::error)
                    .isEqualTo(KmsError.UNREACHABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                7000215, 7000222, 700027, 700024, 7000216, 700021, 700211, 700212, 700213, 70021, 50013,
            })
    void doesNotTakeAnyFaultOfItsOwnCredentialForRevocation(int number) {
        azure.application().refuseAll("AADSTS" + number + ": words of the cloud.");

        KmsException failure = failureOf(kek.wrap(SECRET, CONTEXT));

        assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(failure).hasMessageContaining("words of the cloud").hasMessageContaining("own credential");
    }

    @Test
    void tellsTheOperatorAloneWhereItsAssertionWasLookedFor(@TempDir Path directory) {
        Path missing = directory.resolve("assertion");
        AzureIdentity lost =
                AzureIdentity.FederatedAssertion.ofFile(azure.application().clientId(), missing);
        try (AzureKek keyless = open(lost, ONE_ATTEMPT, AN_HOUR);
                LoggedText logged = new LoggedText()) {
            KmsException failure = failureOf(keyless.wrap(SECRET, CONTEXT));

            assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
            assertThat(failure).hasMessageNotContaining(directory.toString());
            assertThat(logged.text()).contains("own credential cannot be read", missing.toString());
        }
    }

    @Test
    void endsACallThatKeyVaultDoesNotAnswer() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        vault.faults().hold();
        try (AzureKek hurried = azure.connectHurried(azure.identity(), ONE_ATTEMPT, Duration.ofMillis(300))
                .open(spec())) {
            assertThat(failureOf(hurried.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
        } finally {
            vault.faults().release();
        }
    }

    @Test
    void keepsSecretsOutOfEveryFailureAndOfTheLog() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        String encoded = Base64.getUrlEncoder().encodeToString(SECRET);
        StringWriter seen = new StringWriter();
        PrintWriter out = new PrintWriter(seen);

        try (LoggedText logged = new LoggedText()) {
            failureOf(kek.unwrap(wrapped, OTHER_CONTEXT)).printStackTrace(out);
            vault.answerAll(200, "{\"value\":\"" + encoded);
            failureOf(kek.unwrap(wrapped, CONTEXT)).printStackTrace(out);
            azure.tokenFaults().set(Faults.Kind.GARBAGE);
            azure.forgetTokens();
            failureOf(kek.unwrap(wrapped, CONTEXT)).printStackTrace(out);
            AzureIdentity wrong = new AzureIdentity.Secret(azure.application().clientId(), "planted-secret");
            azure.tokenFaults().set(Faults.Kind.NONE);
            try (AzureKek stranger = open(wrong, ONE_ATTEMPT, AN_HOUR)) {
                failureOf(stranger.wrap(SECRET, CONTEXT)).printStackTrace(out);
            }
            out.println(logged.text() + azure.identity());
        }

        assertThat(seen.toString())
                .contains("AADSTS7000215")
                .doesNotContain(
                        "planted-secret",
                        encoded,
                        FakeEntra.TOKEN_PREFIX,
                        azure.application().secret());
    }
}
