package io.sealward.gateway.body;

import static io.sealward.gateway.sigv4.DocExamples.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.PayloadPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static final PayloadPolicy UNSIGNED = new PayloadPolicy.Unsigned();
    private static final PayloadPolicy CHUNKED = new PayloadPolicy.UnsignedChunksWithTrailer();

    @Test
    void lengthIsThePlaintexts() {
        HttpHeaders headers = headers("Content-Length", "60", "x-amz-decoded-content-length", "5000000000");
        assertThat(RequestBody.of(headers, CHUNKED).length()).isEqualTo(5_000_000_000L);
        assertThat(RequestBody.of(headers("Content-Length", "0"), UNSIGNED).length())
                .isZero();
        HttpHeaders httpChunked = headers("Transfer-Encoding", "chunked", "x-amz-decoded-content-length", "5");
        assertThat(RequestBody.of(httpChunked, CHUNKED).length()).isEqualTo(5);
    }

    @Test
    void lengthMustBeGiven() {
        refused(S3Error.MISSING_CONTENT_LENGTH, headers("Transfer-Encoding", "chunked"), UNSIGNED);
        refused(S3Error.MISSING_CONTENT_LENGTH, headers("Content-Length", "60"), CHUNKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "1.5", "abc", "", "0x10", "9999999999999999999"})
    void lengthMustBeANumber(String length) {
        refused(S3Error.INVALID_ARGUMENT, headers("Content-Length", length), UNSIGNED);
        refused(S3Error.MISSING_CONTENT_LENGTH, headers("x-amz-decoded-content-length", length), CHUNKED);
    }

    @Test
    void framingThatIsNotDeclaredIsNotStoredAsContent() {
        refused(
                S3Error.INVALID_REQUEST,
                headers("Content-Length", "60", "x-amz-decoded-content-length", "5", "Content-Encoding", "aws-chunked"),
                UNSIGNED);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, gzip",
        "'deflate, gzip', 'deflate,gzip'",
        "aws-chunked, ''",
        "'aws-chunked, gzip', gzip",
        "'gzip,AWS-Chunked', gzip",
        "'', ''"
    })
    void storedContentEncodingLosesAwsChunked(String sent, String stored) {
        assertThat(RequestBody.storedContentEncoding(headers("Content-Encoding", sent))
                        .orElse(""))
                .isEqualTo(stored);
        assertThat(RequestBody.storedContentEncoding(headers())).isEmpty();
    }

    private static void refused(S3Error error, HttpHeaders headers, PayloadPolicy policy) {
        assertThatThrownBy(() -> RequestBody.of(headers, policy))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(error));
    }
}
