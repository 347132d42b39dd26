package io.sealward.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreErrorsTest {
    private static byte[] document(String code) {
        return ("<Error><Code>" + code + "</Code><Message>m</Message></Error>").getBytes(UTF_8);
    }

    @Test
    void whatIsTheClientsToKnowIsToldInTheStoresWords() {
        assertThat(StoreErrors.of(409, document("BucketNotEmpty"), "store-user"))
                .isInstanceOfSatisfying(RelayedError.class, e -> {
                    assertThat(e.status()).isEqualTo(409);
                    assertThat(e.code()).isEqualTo("BucketNotEmpty");
                });
    }

    @Test
    void aStoreWithoutWordsIsGivenThoseOfS3() {
        byte[] silent = "<Error><Code>NoSuchKey</Code><Message></Message></Error>".getBytes(UTF_8);
        assertThat(StoreErrors.of(404, silent, "store-user")).hasMessage(S3Error.NO_SUCH_KEY.message());
        assertThat(StoreErrors.of(404, new byte[0], "store-user")).hasMessage(S3Error.NO_SUCH_KEY.message());
    }

    @ParameterizedTest
    @CsvSource({
        "404,NoSuchKey",
        "412,PreconditionFailed",
        "304,NotModified",
        "416,InvalidRange",
        "418,InvalidRequest",
        "501,NotImplemented"
    })
    void withoutADocumentTheStatusSpeaks(int status, String code) {
        assertThat(StoreErrors.of(status, new byte[0], "store-user"))
                .isInstanceOfSatisfying(
                        RelayedError.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "403,SignatureDoesNotMatch",
        "403,InvalidAccessKeyId",
        "403,RequestTimeTooSkewed",
        "403,AccountProblem",
        "403,NotSignedUp",
        "403,InvalidSecurity",
        "400,TokenRefreshRequired",
        "500,InternalError",
        "503,ServiceUnavailable",
        "301,PermanentRedirect",
        "307,TemporaryRedirect",
        "200,InternalError",
        "200,SomethingUnheardOf"
    })
    void whatConcernsTheGatewayIsNotTheClientsToKnow(int status, String code) {
        assertThat(StoreErrors.of(status, document(code), "store-user"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SERVICE_UNAVAILABLE));
    }

    @ParameterizedTest
    @CsvSource({"PreconditionFailed,412", "NoSuchUpload,404", "ConditionalRequestConflict,409", "InvalidPart,400"})
    void anErrorBehindASuccessfulStatusIsWhatItsCodeSays(String code, int status) {
        assertThat(StoreErrors.of(200, document(code), "store-user")).isInstanceOfSatisfying(RelayedError.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.code()).isEqualTo(code);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDenied", "AllAccessDisabled"})
    void whatTheGatewayMayNotAtTheStoreIsNotToldInTheStoresWords(String code) {
        assertThat(StoreErrors.of(403, document(code), "store-user")).isInstanceOfSatisfying(RelayedError.class, e -> {
            assertThat(e.status()).isEqualTo(403);
            assertThat(e.code()).isEqualTo("AccessDenied");
            assertThat(e.getMessage()).isEqualTo("Access Denied.");
        });
    }

    @Test
    void aStoreThatIsOverItsRateSlowsTheClientDown() {
        assertThat(StoreErrors.of(503, document("SlowDown"), "store-user"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SLOW_DOWN));
    }

    @Test
    void aCodeThatIsNoneIsNotPassedOn() {
        assertThat(StoreErrors.of(404, document("a b&lt;script&gt;"), "store-user"))
                .isInstanceOfSatisfying(
                        RelayedError.class, e -> assertThat(e.code()).isEqualTo("NoSuchKey"));
    }

    @ParameterizedTest
    @CsvSource({"503,SlowDownWrite", "429,TooManyRequests", "200,SlowDownRead"})
    void whateverItCallsIt(int status, String code) {
        assertThat(StoreErrors.of(status, document(code), "store-user"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SLOW_DOWN));
    }

    @Test
    void aStoreThatFailsIsNotSaidToBeOutOfReach() {
        assertThat(StoreErrors.of(500, document("InternalError"), "store-user"))
                .hasMessage("The store answered 500 InternalError.");
        assertThat(StoreErrors.of(403, document("SignatureDoesNotMatch"), "store-user"))
                .hasMessage("The store does not serve this gateway.");
    }
}
