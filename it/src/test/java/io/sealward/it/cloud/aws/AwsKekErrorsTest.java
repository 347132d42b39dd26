package io.sealward.it.cloud.aws;

import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static io.sealward.it.cloud.aws.AwsOperation.ASSUME_ROLE;
import static io.sealward.it.cloud.aws.AwsOperation.DECRYPT;
import static io.sealward.it.cloud.aws.AwsOperation.ENCRYPT;
import static io.sealward.it.cloud.aws.AwsTenant.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrappedSecret;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each error that AWS is known to answer: what the gateway makes of it, and how often it asks. */
class AwsKekErrorsTest {
    private final byte[] secret = new byte[32];
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

    @ParameterizedTest
    @CsvSource({
        "DisabledException,           400, REVOKED,       1",
        "KMSInvalidStateException,    400, UNREACHABLE,   3",
        "AccessDeniedException,       400, REVOKED,       1",
        "NotFoundException,           400, DESTROYED,     1",
        "InvalidCiphertextException,  400, CORRUPT,       1",
        "IncorrectKeyException,       400, CORRUPT,       1",
        "InvalidKeyUsageException,    400, MISCONFIGURED, 1",
        "KeyUnavailableException,     500, UNREACHABLE,   3",
        "KMSInternalException,        500, UNREACHABLE,   3",
        "DependencyTimeoutException,  500, UNREACHABLE,   3",
        "ThrottlingException,         400, THROTTLED,     3",
        "ExpiredTokenException,       400, UNREACHABLE,   2",
        "UnrecognizedClientException, 400, UNREACHABLE,   2",
        "InvalidSignatureException,   400, UNREACHABLE,   1",
        "IncompleteSignature,         400, UNREACHABLE,   1",
        "RequestExpired,              400, UNREACHABLE,   1",
        "OptInRequired,               403, REVOKED,       1",
        "NotAuthorized,               400, REVOKED,       1",
        "ValidationException,         400, MISCONFIGURED, 1",
        "LimitExceededException,      400, THROTTLED,     3",
        "SomethingNewException,       400, MISCONFIGURED, 1",
        "SomethingNewException,       503, UNREACHABLE,   3",
        "SomethingNewException,       429, THROTTLED,     3",
    })
    void kmsSays(String code, int status, KmsError error, int attempts) throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        aws.faults().always(DECRYPT, AwsFault.refuse(code, status));

        KmsException failure = failureOf(tenant.kek().unwrap(wrapped, CONTEXT));

        assertThat(failure.error()).isEqualTo(error);
        assertThat(failure).hasMessageContaining(code);
        assertThat(aws.calls(DECRYPT)).isEqualTo(attempts);
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDenied,            403, REVOKED,       1",
        "RegionDisabledException, 403, MISCONFIGURED, 1",
        "MalformedPolicyDocument, 400, MISCONFIGURED, 1",
        "PackedPolicyTooLarge,    400, MISCONFIGURED, 1",
        "ValidationError,         400, MISCONFIGURED, 1",
        "Throttling,              400, THROTTLED,     3",
        "ServiceUnavailable,      503, UNREACHABLE,   3",
        "InternalFailure,         500, UNREACHABLE,   3",
        "ExpiredToken,            400, UNREACHABLE,   1",
        "InvalidClientTokenId,    403, UNREACHABLE,   1",
        "SignatureDoesNotMatch,   403, UNREACHABLE,   1",
    })
    void stsSays(String code, int status, KmsError error, int attempts) throws Exception {
        aws.faults().always(ASSUME_ROLE, AwsFault.refuse(code, status));

        KmsException failure = failureOf(tenant.kek().wrap(secret, CONTEXT));

        assertThat(failure.error()).isEqualTo(error);
        assertThat(failure).hasMessageContaining(code).hasMessageContaining("STS");
        assertThat(aws.calls(ASSUME_ROLE)).isEqualTo(attempts);
        assertThat(aws.calls(ENCRYPT)).isZero();
    }

    /** KMS Developer Guide, "Key states of KMS keys" and "Troubleshooting external key stores". */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    arn:aws:kms:eu-west-1:1:key/k is pending deletion. | DESTROYED
                    arn:aws:kms:eu-west-1:1:key/k is pending replica deletion. | DESTROYED
                    arn:aws:kms:eu-west-1:1:key/k is pending import. | REVOKED
                    arn:aws:kms:eu-west-1:1:key/k is unavailable. | UNREACHABLE
                    The external key store proxy denied access to the operation. Verify that the user | REVOKED
                    The external key store proxy rejected the request because the external key is not enabled in the external key manager. | REVOKED
                    The external key store proxy rejected the request because it could not find the external key. | REVOKED
                    The external key store proxy rejected the request because the external key does not support the requested operation. | MISCONFIGURED
                    The external key store proxy rejected the request because the specified ciphertext or additional authenticated data is corrupted, missing, or otherwise invalid. | CORRUPT
                    The ciphertext that the external key store proxy submitted for decryption, or the encryption context, is corrupted, missing, or otherwise invalid. | UNREACHABLE
                    The external key store proxy is in an unhealthy state. If you see this message repeatedly, notify | UNREACHABLE
                    AWS KMS cannot interpret the response from the external key store proxy. If you see this error | UNREACHABLE
                    The external key store proxy did not answer in time. | UNREACHABLE
                    """)
    void anInvalidStateIsToldApartByItsWords(String words, KmsError error) throws Exception {
        aws.faults().always(ENCRYPT, new AwsFault.Refuse("KMSInvalidStateException", 400, words));

        KmsException failure = failureOf(tenant.kek().wrap(secret, CONTEXT));

        assertThat(failure.error()).isEqualTo(error);
        assertThat(failure).hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({"ExpiredTokenException, true", "InvalidSignatureException, true", "AccessDeniedException, false"})
    void aSessionThatKmsDoesNotTakeIsTheGatewaysOwnTrouble(String code, boolean own) throws Exception {
        aws.faults().always(ENCRYPT, AwsFault.refuse(code, 400));
        assertThat(failureOf(tenant.kek().wrap(secret, CONTEXT)).gatewaysOwn()).isEqualTo(own);
    }

    @Test
    void anOutageThatPassesIsNotSeen() throws Exception {
        aws.faults().next(1, ENCRYPT, AwsFault.throttle());
        aws.faults().next(1, ENCRYPT, AwsFault.refuse("KMSInternalException", 500));
        await(tenant.kek().wrap(secret, CONTEXT));
        assertThat(aws.calls(ENCRYPT)).isEqualTo(3);
    }

    @Test
    void aDroppedConnectionIsAnOutage() throws Exception {
        aws.faults().always(ENCRYPT, AwsFault.drop());
        KmsException failure = failureOf(tenant.kek().wrap(secret, CONTEXT));
        assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(failure).hasMessageContaining("the connection broke");
        assertThat(aws.calls(ENCRYPT)).isGreaterThanOrEqualTo(AwsTenant.ATTEMPTS);
    }

    @Test
    void garbageIsAnOutage() throws Exception {
        aws.faults().always(ENCRYPT, AwsFault.garbage());
        assertThat(failureOf(tenant.kek().wrap(secret, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({"403", "400", "502"})
    void anErrorThatDoesNotComeFromAwsRevokesNothing(int status) throws Exception {
        aws.faults().always(ENCRYPT, AwsFault.answer(status, "text/html", "<html>some proxy</html>"));
        assertThat(failureOf(tenant.kek().wrap(secret, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
    }

    @Test
    void anEmptyAnswerIsNoSecret() throws Exception {
        aws.faults().always(ENCRYPT, AwsFault.answer(200, "application/x-amz-json-1.1", "{}"));
        assertThat(failureOf(tenant.kek().wrap(secret, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
    }

    @Test
    void aCallThatHangsEndsAtItsTimeOutAndIsTriedAgain() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (AwsTenant hurried = AwsTenant.in(aws, "hurried", Duration.ofMinutes(2), Duration.ofSeconds(2))) {
            await(hurried.kek().wrap(secret, CONTEXT));
            aws.faults().next(1, ENCRYPT, AwsFault.hold(never));
            await(hurried.kek().wrap(secret, CONTEXT));
        } finally {
            never.countDown();
        }
    }

    @Test
    void nothingThatFailsTellsASecret() throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        String planted = "planted-session-token";
        for (String code : new String[] {"InvalidSignatureException", "ExpiredTokenException"}) {
            aws.faults().always(DECRYPT, new AwsFault.Refuse(code, 400, "x-amz-security-token:" + planted));
            for (Throwable at = failureOf(tenant.kek().unwrap(wrapped, CONTEXT)); at != null; at = at.getCause()) {
                assertThat(at.toString()).doesNotContain(planted).doesNotContain(aws.gatewaySecretAccessKey());
            }
            aws.faults().clear();
        }
    }

    @Test
    void anAnswerThatBreaksOffTellsNothingOfTheSecretInIt() throws Exception {
        WrappedSecret wrapped = await(tenant.kek().wrap(secret, CONTEXT));
        for (String cut :
                new String[] {"{\"Plaintext\":\"cGxhbnRlZA==", "{\"Plaintext\":cGxhbnRlZA==}", "cGxhbnRlZA=="}) {
            aws.faults().always(DECRYPT, AwsFault.answer(200, "application/x-amz-json-1.1", cut));
            for (Throwable at = failureOf(tenant.kek().unwrap(wrapped, CONTEXT)); at != null; at = at.getCause()) {
                assertThat(at.toString()).doesNotContain("cGxhbnRlZA");
            }
            aws.faults().clear();
        }
    }
}
