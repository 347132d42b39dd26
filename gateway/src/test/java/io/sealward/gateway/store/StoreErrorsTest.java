package io.sealward.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreErrorsTest {
    private static byte[] document(String code) {
        return ("<Error><Code>" + code + "</Code><Message>m</Message></Error>").getBytes(UTF_8);
    }

    @Test
    void whatIsTheClientsToKnowIsToldInTheStoresWords() {
        assertThat(StoreErrors.of(409, document("BucketNotEmpty"))).isInstanceOfSatisfying(RelayedError.class, e -> {
            assertThat(e.status()).isEqualTo(409);
            assertThat(e.code()).isEqualTo("BucketNotEmpty");
        });
    }

    @ParameterizedTest
    @CsvSource({"404,NoSuchKey", "412,PreconditionFailed", "304,NotModified", "416,InvalidRange", "418,InvalidRequest"})
    void withoutADocumentTheStatusSpeaks(int status, String code) {
        assertThat(StoreErrors.of(status, new byte[0]))
                .isInstanceOfSatisfying(
                        RelayedError.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "403,SignatureDoesNotMatch",
        "403,InvalidAccessKeyId",
        "403,RequestTimeTooSkewed",
        "500,InternalError",
        "503,ServiceUnavailable",
        "301,PermanentRedirect",
        "307,TemporaryRedirect",
        "200,InternalError"
    })
    void whatConcernsTheGatewayIsNotTheClientsToKnow(int status, String code) {
        assertThat(StoreErrors.of(status, document(code)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SERVICE_UNAVAILABLE));
    }

    @Test
    void aStoreThatIsOverItsRateSlowsTheClientDown() {
        assertThat(StoreErrors.of(503, document("SlowDown")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SLOW_DOWN));
    }

    @Test
    void aCodeThatIsNoneIsNotPassedOn() {
        assertThat(StoreErrors.of(404, document("a b&lt;script&gt;")))
                .isInstanceOfSatisfying(
                        RelayedError.class, e -> assertThat(e.code()).isEqualTo("NoSuchKey"));
    }
}
