package io.sealward.gateway.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.DocExamples;
import io.sealward.gateway.sigv4.PayloadPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every digest of a request is verified over the plaintext, and the client's own is what the answer can echo. */
class ContentDigestsTest {
    private static final String BODY = "123456789";
    private static final String MD5 = "JfnnlDI7RTiF9RgfG2JNCw==";
    private static final String SHA256 = "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";

    @ParameterizedTest
    @CsvSource({
        "CRC32, y/Q5Jg==",
        "CRC32C, 4waSgw==",
        "CRC64NVME, rosUhgp5mIg=",
        "SHA1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
        "SHA256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
    })
    void ofEachAlgorithmTheCheckValuePassesAndIsToldAndAnyOtherIsRefused(ChecksumAlgorithm algorithm, String base64) {
        CollectingSink sink = new CollectingSink();
        RequestBody body = unsigned(algorithm.headerName(), base64, "x-amz-sdk-checksum-algorithm", algorithm.name());
        try (BodyIntake intake = body.into(sink)) {
            intake.write(buffer(BODY.substring(0, 4)));
            intake.write(Unpooled.wrappedBuffer(buffer(BODY.substring(4, 5)), buffer(BODY.substring(5))));
            intake.finish();
            assertThat(intake.checksum()).contains(new Checksum(algorithm, base64));
        }
        assertThat(sink.bytes()).isEqualTo(BODY.getBytes(UTF_8));
        refused(S3Error.BAD_DIGEST, "123456780", unsigned(algorithm.headerName(), base64));
        invalid(S3Error.INVALID_REQUEST, algorithm.headerName(), base64 + "AAAA");
        invalid(S3Error.INVALID_REQUEST, algorithm.headerName(), "*");
    }

    @Test
    void aContentMd5MustHold() {
        accepted(unsigned("Content-MD5", MD5));
        refused(S3Error.BAD_DIGEST, "123456780", unsigned("Content-MD5", MD5));
        invalid(S3Error.INVALID_DIGEST, "Content-MD5", "");
        invalid(S3Error.INVALID_DIGEST, "Content-MD5", "rosUhgp5mIg=");
        invalid(S3Error.INVALID_DIGEST, "Content-MD5", "not base64");
    }

    @Test
    void aContentSha256MustHold() {
        PayloadPolicy policy = new PayloadPolicy.ExactSha256(SHA256);
        accepted(RequestBody.of(headers(), policy));
        refused(S3Error.X_AMZ_CONTENT_SHA256_MISMATCH, "123456780", RequestBody.of(headers(), policy));
    }

    @Test
    void aContentSha256AndAChecksumOfTheSameAlgorithmMustBothHold() {
        String checksum = "x-amz-checksum-sha256";
        String base64 = "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=";
        String other = "0".repeat(64);
        PayloadPolicy policy = new PayloadPolicy.ExactSha256(SHA256);
        accepted(RequestBody.of(headers(checksum, base64), policy));
        refused(S3Error.BAD_DIGEST, "123456780", RequestBody.of(headers(checksum, base64), policy));
        refused(
                S3Error.X_AMZ_CONTENT_SHA256_MISMATCH,
                BODY,
                RequestBody.of(headers(checksum, base64), new PayloadPolicy.ExactSha256(other)));
        refused(S3Error.BAD_DIGEST, BODY, RequestBody.of(headers(checksum, "A".repeat(43) + "="), policy));
    }

    @Test
    void oneRightDigestDoesNotExcuseAWrongOne() {
        HttpHeaders headers = headers("Content-MD5", MD5, "x-amz-checksum-crc32", "AAAAAA==");
        refused(S3Error.BAD_DIGEST, BODY, RequestBody.of(headers, new PayloadPolicy.ExactSha256(SHA256)));
    }

    @Test
    void contradictoryOrUnknownChecksumHeadersAreRefused() {
        String crc32 = "x-amz-checksum-crc32";
        invalid(S3Error.INVALID_REQUEST, crc32, "y/Q5Jg==", "x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=");
        invalid(S3Error.INVALID_REQUEST, crc32, "y/Q5Jg==", "x-amz-trailer", "x-amz-checksum-crc32");
        invalid(S3Error.INVALID_REQUEST, "x-amz-checksum-xxhash64", "AAAAAAAAAAA=");
        invalid(S3Error.INVALID_REQUEST, "x-amz-trailer", "x-amz-checksum-crc32");
        invalid(S3Error.INVALID_REQUEST, "x-amz-trailer", "x-amz-meta-a");
        invalid(S3Error.INVALID_REQUEST, "x-amz-sdk-checksum-algorithm", "CRC32");
        invalid(S3Error.INVALID_REQUEST, crc32, "y/Q5Jg==", "x-amz-sdk-checksum-algorithm", "SHA1");
        accepted(unsigned(crc32, "y/Q5Jg==", "x-amz-checksum-type", "FULL_OBJECT"));
        assertThatThrownBy(() -> unsigned(crc32, "y/Q5Jg==", crc32, "AAAAAA==")).isInstanceOf(S3Exception.class);
    }

    @Test
    void theChecksumInTheHeadOfACompletionIsOfTheObjectAndNotOfTheDocument() {
        accepted(RequestBody.ofCompletion(
                headers("x-amz-checksum-crc32", "AAAAAA==-2", "x-amz-checksum-sha1", "x"),
                new PayloadPolicy.Unsigned()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345678", "1234567890"})
    void aBodyThatIsNotAsLongAsAnnouncedIsIncomplete(String body) {
        refused(S3Error.INCOMPLETE_BODY, body, unsigned());
    }

    private static RequestBody unsigned(String... namesAndValues) {
        return RequestBody.of(headers(namesAndValues), new PayloadPolicy.Unsigned());
    }

    private static HttpHeaders headers(String... namesAndValues) {
        return DocExamples.headers(namesAndValues).set("Content-Length", BODY.length());
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.directBuffer().writeBytes(text.getBytes(UTF_8));
    }

    private static void accepted(RequestBody body) {
        CollectingSink sink = new CollectingSink();
        send(BODY, body, sink);
        assertThat(sink.finished()).isTrue();
    }

    private static void invalid(S3Error error, String... namesAndValues) {
        assertThatThrownBy(() -> unsigned(namesAndValues))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    private static void refused(S3Error error, String text, RequestBody body) {
        CollectingSink sink = new CollectingSink();
        assertThatThrownBy(() -> send(text, body, sink))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(error));
        assertThat(sink.finished()).isFalse();
    }

    private static void send(String text, RequestBody body, CollectingSink sink) {
        ByteBuf data = buffer(text);
        try (BodyIntake intake = body.into(sink)) {
            intake.write(data.retain());
            intake.finish();
        } finally {
            assertThat(data.refCnt()).isEqualTo(1);
            data.release();
        }
    }
}
