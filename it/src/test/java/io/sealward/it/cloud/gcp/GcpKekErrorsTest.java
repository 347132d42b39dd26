package io.sealward.it.cloud.gcp;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.ONE_ATTEMPT;
import static io.sealward.it.cloud.KekCalls.OTHER_CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.LoggedText;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.gcp.GcpCloud;
import io.sealward.providers.gcp.GcpKek;
import io.sealward.providers.gcp.SubjectTokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each answer, and each silence, of the cloud means to the KEK. */
final class GcpKekErrorsTest extends GcpTenant {
    private static final Duration HURRY = Duration.ofMillis(300);

    /** Cloud KMS reference: the status of each failure; one call each, where gax alone would make up to 24. */
    @ParameterizedTest
    @CsvSource({
        "PERMISSION_DENIED, REVOKED",
        "FAILED_PRECONDITION, UNREACHABLE",
        "NOT_FOUND, REVOKED",
        "INVALID_ARGUMENT, CORRUPT",
        "RESOURCE_EXHAUSTED, THROTTLED",
        "UNAVAILABLE, UNREACHABLE",
        "DEADLINE_EXCEEDED, UNREACHABLE",
        "INTERNAL, UNREACHABLE",
        "UNKNOWN, UNREACHABLE",
        "UNIMPLEMENTED, UNREACHABLE",
        "ABORTED, UNREACHABLE",
    })
    void classifiesEveryStatusAfterOneCall(Status.Code code, KmsError expected) {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        long before = gcp.kmsFaults().calls();
        gcp.refuseAll(Status.fromCode(code).withDescription("words of the cloud"));

        KmsException failure = failureOf(kek.unwrap(wrapped, CONTEXT));

        assertThat(failure.error()).isEqualTo(expected);
        assertThat(failure).hasMessageContaining(code.name()).hasMessageContaining("words of the cloud");
        assertThat(gcp.kmsFaults().calls() - before).isEqualTo(1);
    }

    /** What gRPC makes of an HTTP answer that is none of Cloud KMS's. */
    @ParameterizedTest
    @CsvSource({"PERMISSION_DENIED, 403", "UNAUTHENTICATED, 401", "UNIMPLEMENTED, 404"})
    void doesNotTakeAnAnswerThatIsNotCloudKmssForADecision(Status.Code code, int httpStatus) {
        gcp.refuseAll(Status.fromCode(code)
                .withDescription("HTTP status code " + httpStatus + "\ninvalid content-type: text/html"));

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
    }

    @Test
    void callsARefusedRequestToEncryptMisconfigured() {
        gcp.refuseAll(Status.INVALID_ARGUMENT.withDescription("The purpose of the key is not ENCRYPT_DECRYPT."));

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.MISCONFIGURED);
    }

    @ParameterizedTest
    @CsvSource({"DISABLED, REVOKED", "DESTROY_SCHEDULED, DESTROYED", "DESTROYED, DESTROYED"})
    void noticesTheStateOfTheVersionAndItsReturn(VersionState state, KmsError expected) {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        key.setState(state);

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(expected);
        KmsException failure = failureOf(kek.unwrap(wrapped, CONTEXT));
        assertThat(failure.error()).isEqualTo(expected);
        assertThat(failure).hasMessageContaining("current state is: " + state);

        key.enable();
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void noticesTheRemovedBindingAndTheDeletedKeyAndTheDisabledApi() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

        key.revokeBindings();
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)))
                .hasMessageContaining("IAM_PERMISSION_DENIED")
                .extracting(KmsException::error)
                .isEqualTo(KmsError.REVOKED);

        key.bind(pool.principal(SUBJECT));
        gcp.disableApi();
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)))
                .hasMessageContaining("SERVICE_DISABLED")
                .extracting(KmsException::error)
                .isEqualTo(KmsError.REVOKED);

        gcp.answerAgain();
        gcp.deleteKey(key);
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);
    }

    @Test
    void takesARefusalOfTheNewTokenTooForItsOwnTrouble() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        gcp.refuseAll(Status.UNAUTHENTICATED.withDescription("no"));

        KmsException failure = failureOf(kek.unwrap(wrapped, CONTEXT));

        assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(failure.gatewaysOwn()).isTrue();
        assertThat(gcp.kmsFaults().calls()).isEqualTo(3);
        assertThat(gcp.tokenFaults().calls()).isEqualTo(2);
    }

    @Test
    void takesADeletedPoolForRevocation() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        gcp.deletePool(pool);

        KmsException failure = failureOf(kek.unwrap(wrapped, CONTEXT));

        assertThat(failure.error()).isEqualTo(KmsError.REVOKED);
        assertThat(failure).hasMessageContaining("Invalid value for \"audience\"");
    }

    @Test
    void takesAnAudienceThatIsNoLongerAllowedForRevocation() {
        pool.removeAudience("org-a").allowAudience("org-b");

        KmsException failure = failureOf(kek.wrap(SECRET, CONTEXT));

        assertThat(failure.error()).isEqualTo(KmsError.REVOKED);
        assertThat(failure).hasMessageContaining("[org-a] does not match the expected audience org-b");
    }

    /** The pool's project has turned the token service's API off, which is told in the form of another kind of API. */
    @Test
    void takesATokenServiceThatIsOffForRevocation() {
        gcp.answerTokens(
                403, "{\"error\":{\"code\":403,\"message\":\"API is disabled\",\"status\":\"PERMISSION_DENIED\"}}");

        KmsException failure = failureOf(kek.wrap(SECRET, CONTEXT));

        assertThat(failure.error()).isEqualTo(KmsError.REVOKED);
        assertThat(failure).hasMessageContaining("PERMISSION_DENIED").hasMessageContaining("API is disabled");
    }

    @Test
    void doesNotTakeTroubleWithTheTokenExchangeForRevocation() {
        for (Faults.Kind trouble : new Faults.Kind[] {Faults.Kind.THROTTLE, Faults.Kind.OUTAGE, Faults.Kind.GARBAGE}) {
            gcp.tokenFaults().set(trouble);

            assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error())
                    .as(trouble.name())
                    .isEqualTo(KmsError.UNREACHABLE);
        }
        gcp.tokenFaults().set(Faults.Kind.NONE);
        assertThat(await(kek.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo("1");
    }

    @Test
    void doesNotTakeItsOwnMissingIdentityForRevocation() {
        SubjectTokens none = audience -> {
            throw new IOException("the metadata server is away");
        };
        try (GcpCloud nobody = gcp.connect(none, ONE_ATTEMPT);
                GcpKek nobodys = nobody.open(spec(Optional.empty()));
                LoggedText logged = new LoggedText()) {
            KmsException failure = failureOf(nobodys.wrap(SECRET, CONTEXT));

            assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
            assertThat(failure)
                    .hasMessageContaining("no identity token to show")
                    .hasMessageNotContaining("the metadata server is away");
            assertThat(logged.text()).contains("the metadata server is away");
        }
    }

    @Test
    void doesNotTakeItsOwnStaleTokenForRevocation() {
        SubjectTokens stale = audience -> gcp.issuer().token(SUBJECT, audience, Duration.ofMinutes(-5));
        try (GcpCloud late = gcp.connect(stale, ONE_ATTEMPT);
                GcpKek lates = late.open(spec(Optional.empty()))) {
            KmsException failure = failureOf(lates.wrap(SECRET, CONTEXT));

            assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
            assertThat(failure).hasMessageContaining("own token").hasMessageContaining("is stale to sign-in");
        }
    }

    @Test
    void endsATokenExchangeThatIsNotAnswered() {
        gcp.tokenFaults().hold();
        try (GcpCloud hurried = gcp.connect(gcp.subjectTokens(SUBJECT), ONE_ATTEMPT, HURRY);
                GcpKek impatient = hurried.open(spec(Optional.empty()))) {
            assertThat(failureOf(impatient.wrap(SECRET, CONTEXT)))
                    .hasMessageMatching(".*(timed out|no connection is made).*") // on a busy machine not even that
                    .extracting(KmsException::error)
                    .isEqualTo(KmsError.UNREACHABLE);
        } finally {
            gcp.tokenFaults().release();
        }
        assertThat(await(kek.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(
            value = WireDamage.class,
            names = {"REPLY", "CHECKSUMS_IGNORED"})
    void noticesDamageOnTheWayBack(WireDamage damage) {
        gcp.damage(damage);
        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);

        gcp.damage(WireDamage.NONE);
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        gcp.damage(WireDamage.REPLY);
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT))).hasMessageContaining("checksum");
    }

    @Test
    void sendsChecksumsThatLetCloudKmsNoticeDamageOnTheWayThere() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        gcp.damage(WireDamage.REQUEST);

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)))
                .hasMessageContaining("plaintext_crc32c did not match")
                .extracting(KmsException::error)
                .isEqualTo(KmsError.UNREACHABLE);
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)))
                .hasMessageContaining("ciphertext_crc32c did not match")
                .extracting(KmsException::error)
                .isEqualTo(KmsError.UNREACHABLE);
    }

    @Test
    void refusesAnAnswerForAnotherKeyOrWithoutChecksums() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        gcp.kmsFaults().set(Faults.Kind.GARBAGE);

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT))).hasMessageContaining("another key");
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT))).hasMessageContaining("checksum");
    }

    @Test
    void endsACallThatCloudKmsDoesNotAnswer() {
        gcp.kmsFaults().hold();
        try (GcpCloud hurried = gcp.connect(gcp.subjectTokens(SUBJECT), ONE_ATTEMPT, HURRY);
                GcpKek impatient = hurried.open(spec(Optional.empty()))) {
            assertThat(failureOf(impatient.wrap(SECRET, CONTEXT)))
                    .extracting(KmsException::error)
                    .isEqualTo(KmsError.UNREACHABLE);
        } finally {
            gcp.kmsFaults().release();
        }
    }

    @Test
    void keepsSecretsOutOfEveryFailureAndOfTheLog() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        StringWriter seen = new StringWriter();
        PrintWriter out = new PrintWriter(seen);

        try (LoggedText logged = new LoggedText()) {
            failureOf(kek.unwrap(wrapped, OTHER_CONTEXT)).printStackTrace(out);
            gcp.damage(WireDamage.REPLY);
            failureOf(kek.unwrap(wrapped, CONTEXT)).printStackTrace(out);
            gcp.tokenFaults().set(Faults.Kind.GARBAGE);
            pool.forgetTokens();
            failureOf(kek.unwrap(wrapped, CONTEXT)).printStackTrace(out);
            out.println(logged.text());
        }

        assertThat(seen.toString()).contains("checksum").doesNotContain("planted-secret", FakePool.TOKEN_PREFIX, "eyJ");
    }
}
