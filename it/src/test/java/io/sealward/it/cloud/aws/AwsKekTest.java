package io.sealward.it.cloud.aws;

import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static io.sealward.it.cloud.aws.AwsOperation.ASSUME_ROLE;
import static io.sealward.it.cloud.aws.AwsOperation.DECRYPT;
import static io.sealward.it.cloud.aws.AwsOperation.ENCRYPT;
import static io.sealward.it.cloud.aws.AwsTenant.CONTEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.cloud.LoggedText;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.aws.AwsEndpoints;
import io.sealward.providers.aws.AwsIdentity;
import io.sealward.providers.aws.AwsKek;
import io.sealward.providers.aws.AwsKeySpec;
import io.sealward.providers.aws.AwsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.StsException;

/** The real SDK against an AWS that checks what it is sent. */
class AwsKekTest {
    private final byte[] secret = "a secret of thirty-two bytes, ok".getBytes(UTF_8);
    private FakeAws aws;
    private AwsTenant tenant;

    @BeforeEach
    void start() throws IOException {
        aws = FakeAws.start();
        tenant = AwsTenant.in(aws, "tenant");
    }

    @AfterEach
    void stop() {
        tenant.close();
        aws.close();
    }

    @Test
    void whatItWrapsItUnwrapsUnderOneSession() throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));

        assertThat(wrapped.keyVersion()).isEmpty();
        assertThat(await(tenant.kek().unwrap(wrapped, CONTEXT))).isEqualTo(secret);
        assertThat(aws.calls(ASSUME_ROLE)).isEqualTo(1);
        assertThat(aws.calls(ENCRYPT)).isEqualTo(1);
        assertThat(aws.calls(DECRYPT)).isEqualTo(1);
    }

    @Test
    void anotherContextDoesNotUnwrap() throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        for (WrapContext other : List.of(
                WrapContext.of(Map.of("sealward:org_id", "org-1", "object", "0f3b")),
                WrapContext.of(Map.of("sealward:org_id", "org-1", "Object", "0f3a")),
                WrapContext.of(Map.of("sealward:org_id", "org-1")))) {
            assertThat(failureOf(tenant.kek().unwrap(wrapped, other)).error()).isEqualTo(KmsError.CORRUPT);
        }
    }

    @Test
    void changedOrForeignBytesAreCorrupt() throws Exception {
        byte[] changed = await(tenant.kek().wrap(secret, CONTEXT)).ciphertext();
        changed[changed.length - 1] ^= 1;
        for (byte[] bytes : List.of(changed, new byte[0], new byte[50], new byte[7000])) {
            WrappedSecret forged = new WrappedSecret("", bytes);
            assertThat(failureOf(tenant.kek().unwrap(forged, CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
        }
    }

    @Test
    void whatAnotherTenantsKeyWrappedIsCorrupt() throws Exception {
        try (AwsTenant other = AwsTenant.in(aws, "other")) {
            WrappedSecret foreign = await(other.kek().wrap(secret, CONTEXT));
            assertThat(failureOf(tenant.kek().unwrap(foreign, CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLED, REVOKED",
        "PENDING_DELETION, DESTROYED",
        "PENDING_IMPORT, REVOKED",
        "UNAVAILABLE, UNREACHABLE",
        "DELETED, DESTROYED"
    })
    void aKeyInNoStateToBeUsedIsWithdrawnUntilItIsBack(FakeKey.State state, KmsError error) throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        tenant.key().become(state);
        assertThat(failureOf(tenant.kek().unwrap(wrapped, CONTEXT)).error()).isEqualTo(error);
        assertThat(failureOf(tenant.kek().wrap(secret, CONTEXT)).error()).isEqualTo(error);

        tenant.key().enable();
        assertThat(await(tenant.kek().unwrap(wrapped, CONTEXT))).isEqualTo(secret);
    }

    @Test
    void takingThePermissionAwayRevokesWithinALivingSession() throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        tenant.role().allow();

        KmsException failure = failureOf(tenant.kek().unwrap(wrapped, CONTEXT));
        assertThat(failure.error()).isEqualTo(KmsError.REVOKED);
        assertThat(failure)
                .hasMessageContaining("is not authorized to perform: kms:Decrypt")
                .hasMessageContaining("assumed-role/tenant/sealward-org-1")
                .hasMessageContaining("must allow kms:Encrypt and kms:Decrypt");
    }

    @Test
    void theTenantCanCutOffOneProjectByItsContext() throws Exception {
        Set<String> both = Set.of("kms:Encrypt", "kms:Decrypt");
        tenant.role().allow(new AwsGrant(both, tenant.key().arn(), Map.of("sealward:project_id", "proj_1")));

        await(tenant.kek().wrap(secret, WrapContext.of(Map.of("sealward:project_id", "proj_1"))));
        WrapContext other = WrapContext.of(Map.of("sealward:project_id", "proj_2"));
        assertThat(failureOf(tenant.kek().wrap(secret, other)).error()).isEqualTo(KmsError.REVOKED);
    }

    @Test
    void aBroadRoleIsNarrowedToTheOneKey() throws Exception {
        FakeKey unregistered = aws.createKey("eu-central-1");
        tenant.role().allow(new AwsGrant(Set.of("kms:*"), "*", Map.of()));
        await(tenant.kek().wrap(secret, CONTEXT));

        AwsKeySpec spec = new AwsKeySpec(tenant.role().arn(), unregistered.arn(), "org-1");
        try (AwsKek kek = AwsTenant.kek(aws, spec)) {
            await(kek.wrap(secret, CONTEXT));
        }
        assertThat(aws.lastSessionPolicy(tenant.role()))
                .containsExactly(new AwsGrant(Set.of("kms:Encrypt", "kms:Decrypt"), unregistered.arn(), Map.of()));
    }

    @Test
    void anAnswerFromAnotherKeyIsNotTaken() throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        String other = aws.createKey("eu-central-1").arn();
        String bytes = Base64.getEncoder().encodeToString(secret);
        String answer =
                "{\"KeyId\":\"" + other + "\",\"Plaintext\":\"" + bytes + "\",\"CiphertextBlob\":\"" + bytes + "\"}";
        aws.faults().always(DECRYPT, AwsFault.answer(200, "application/x-amz-json-1.1", answer));
        aws.faults().always(ENCRYPT, AwsFault.answer(200, "application/x-amz-json-1.1", answer));

        for (CompletionStage<?> call :
                List.of(tenant.kek().unwrap(wrapped, CONTEXT), tenant.kek().wrap(secret, CONTEXT))) {
            KmsException failure = failureOf(call);
            assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
            assertThat(failure)
                    .hasMessageContaining(other)
                    .hasMessageContaining(tenant.key().arn());
        }
    }

    @Test
    void aSessionPastItsEndIsReplacedUnseen() throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        aws.expireSessions();
        assertThat(await(tenant.kek().unwrap(wrapped, CONTEXT))).isEqualTo(secret);
        aws.forgetSessions();
        assertThat(await(tenant.kek().unwrap(wrapped, CONTEXT))).isEqualTo(secret);
        assertThat(aws.calls(ASSUME_ROLE)).isEqualTo(3);
        assertThat(aws.calls(DECRYPT)).isEqualTo(4);
    }

    @Test
    void callsThatLoseTheSameSessionShareTheNext() throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        CountDownLatch both = new CountDownLatch(1);
        tenant.key().faults().next(2, DECRYPT, AwsFault.hold(both));
        CompletionStage<byte[]> one = tenant.kek().unwrap(wrapped, CONTEXT);
        CompletionStage<byte[]> other = tenant.kek().unwrap(wrapped, CONTEXT);
        aws.awaitCalls(DECRYPT, 2);
        aws.expireSessions();
        both.countDown();

        assertThat(await(one)).isEqualTo(secret);
        assertThat(await(other)).isEqualTo(secret);
        assertThat(aws.calls(ASSUME_ROLE)).isEqualTo(2);
    }

    /** Held up by a KMS that does not answer, or by more requests than it takes: the canary waits behind none of them. */
    @Test
    void aProbeIsAnsweredWhileRequestsFillTheirLane() throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        CountDownLatch held = new CountDownLatch(1);
        tenant.key().faults().next(AwsTenant.CONCURRENCY, DECRYPT, AwsFault.hold(held));
        List<CompletionStage<byte[]>> requests = new ArrayList<>();
        for (int i = 0; i < AwsTenant.CONCURRENCY; i++) {
            requests.add(tenant.kek().unwrap(wrapped, CONTEXT));
        }
        aws.awaitCalls(DECRYPT, AwsTenant.CONCURRENCY);
        for (int i = 0; i < AwsTenant.WAITING; i++) {
            requests.add(tenant.kek().unwrap(wrapped, CONTEXT));
        }
        assertThat(failureOf(tenant.kek().unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.THROTTLED);

        await(tenant.kek().probe(wrapped, CONTEXT));
        tenant.key().disable();
        assertThat(failureOf(tenant.kek().probe(wrapped, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);

        assertThat(requests).noneMatch(request -> request.toCompletableFuture().isDone());
        held.countDown();
    }

    @Test
    void aSessionNearItsEndIsReplacedBeforeItIsRefused() throws Exception {
        aws.sessionsLast(Duration.ofSeconds(30));
        await(tenant.kek().wrap(secret, CONTEXT));
        await(tenant.kek().wrap(secret, CONTEXT));
        assertThat(aws.calls(ASSUME_ROLE)).isEqualTo(2);
        assertThat(aws.calls(ENCRYPT)).isEqualTo(2);
    }

    @Test
    void anStsOutageDoesNotEndASessionThatLives() throws Exception {
        // Young enough to serve and old enough to be renewed: the SDK picks a random moment between five minutes and
        // one.
        aws.sessionsLast(Duration.ofMinutes(3));
        await(tenant.kek().wrap(secret, CONTEXT));
        aws.faults().always(ASSUME_ROLE, AwsFault.refuse("ServiceUnavailable", 503));

        await(tenant.kek().wrap(secret, CONTEXT));
    }

    @Test
    void trustTakenAwayRevokesWhenTheSessionEnds() throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        tenant.role().distrust();
        assertThat(await(tenant.kek().unwrap(wrapped, CONTEXT))).isEqualTo(secret);

        aws.expireSessions();
        KmsException failure = failureOf(tenant.kek().unwrap(wrapped, CONTEXT));
        assertThat(failure.error()).isEqualTo(KmsError.REVOKED);
        assertThat(failure).hasMessageContaining("sts:AssumeRole").hasMessageContaining("trust policy");
    }

    @Test
    void theGatewaysOwnBrokenCredentialsRevokeNobody() throws Exception {
        AwsIdentity wrong = AwsIdentity.of(aws.gatewayAccessKeyId(), "planted-secret-access-key");
        AwsSettings settings = AwsSettings.of(wrong, AwsEndpoints.at(aws.endpoint()));
        try (AwsKek kek = new AwsKek(tenant.spec(), settings)) {
            KmsException failure = failureOf(kek.wrap(secret, CONTEXT));
            assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
            assertThat(failure).hasMessageContaining("gateway's own credentials");
            assertThat(failure.toString()).doesNotContain("planted-secret-access-key");
        }
    }

    @Test
    void theGatewaysOwnLostTrustRevokesNobody() throws Exception {
        AwsIdentity untrusted = new AwsIdentity.FromEnvironment(() -> {
            throw StsException.builder()
                    .statusCode(403)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("AccessDenied")
                            .errorMessage("Not authorized to perform sts:AssumeRoleWithWebIdentity")
                            .build())
                    .build();
        });
        AwsIdentity nobody = new AwsIdentity.FromEnvironment(() -> {
            throw SdkClientException.create("looked for credentials in /home/operator");
        });
        for (AwsIdentity own : List.of(untrusted, nobody)) {
            AwsSettings settings = AwsSettings.of(own, AwsEndpoints.at(aws.endpoint()));
            try (AwsKek kek = new AwsKek(tenant.spec(), settings);
                    LoggedText logged = new LoggedText()) {
                KmsException failure = failureOf(kek.wrap(secret, CONTEXT));
                assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
                assertThat(failure)
                        .hasMessageContaining("gateway's own AWS credentials")
                        .hasMessageNotContaining("/home/operator");
                assertThat(logged.text()).contains("gateway's own AWS credentials");
            }
        }
    }

    @Test
    void keysShareTheThreadOfTheirTimeOuts() throws Exception {
        try (AwsTenant other = AwsTenant.in(aws, "other")) {
            await(other.kek().wrap(secret, CONTEXT));
        }
        await(tenant.kek().wrap(secret, CONTEXT));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("sdk-ScheduledExecutor"))
                .containsOnlyOnce("aws-time-outs");
    }

    @Test
    void oneTenantsStuckKmsDoesNotHoldAnothers() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        List<CompletionStage<WrappedSecret>> held = new ArrayList<>();
        tenant.key().faults().always(ENCRYPT, AwsFault.hold(stuck));
        try (AwsTenant other = AwsTenant.in(aws, "other")) {
            // Two threads and eight places in the queue: every one of them is taken.
            for (int call = 0; call < 10; call++) {
                held.add(tenant.kek().wrap(secret, CONTEXT));
            }
            assertThat(failureOf(tenant.kek().wrap(secret, CONTEXT)).error()).isEqualTo(KmsError.THROTTLED);

            for (int call = 0; call < 20; call++) {
                await(other.kek().wrap(secret, CONTEXT));
            }
            assertThat(held).noneMatch(call -> call.toCompletableFuture().isDone());
        } finally {
            stuck.countDown();
        }
        for (CompletionStage<WrappedSecret> call : held) {
            await(call);
        }
    }
}
