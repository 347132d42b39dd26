package io.sealward.gateway.sigv4;

import static io.sealward.gateway.sigv4.DocExamples.HOST;
import static io.sealward.gateway.sigv4.DocExamples.TIME;
import static io.sealward.gateway.sigv4.DocExamples.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresignedUrlTest {
    private static final String CREDENTIAL =
            "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request";
    private static final String UNSIGNED = "/key?X-Amz-Algorithm=AWS4-HMAC-SHA256" + CREDENTIAL
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host";

    @Test
    void validFromSkewBeforeUntilItExpires() {
        String target = presign(UNSIGNED, "UNSIGNED-PAYLOAD");
        verify(target, TIME.minus(Duration.ofMinutes(15)));
        verify(target, TIME.plusSeconds(60));
        refused(S3Error.REQUEST_EXPIRED, () -> verify(target, TIME.plusSeconds(61)));
        refused(
                S3Error.ACCESS_DENIED,
                () -> verify(target, TIME.minus(Duration.ofMinutes(15)).minusSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "604801", "", "1h", "%2B60", "%2060", "%D9%A6%D9%A0", "99999999999999999999"})
    void expiresOutOfRange(String expires) {
        refused(
                S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
                () -> verify(presign(UNSIGNED.replace("=60", "=" + expires), "UNSIGNED-PAYLOAD"), TIME));
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amz-Algorithm=AWS4-HMAC-SHA256, X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256",
        "X-Amz-Date=20130524T000000Z, X-Amz-Date=2013-05-24",
        "X-Amz-Date=20130524T000000Z, X-Amz-Date=20130523T235959Z",
        "X-Amz-Date=20130524T000000Z, X-Amz-Date=%D9%A22013052T000000Z",
        "X-Amz-Date=20130524T000000Z, X-Amz-Date=%2B120130524T000000Z",
        "X-Amz-Date=20130524T000000Z, x-amz-date=20130524T000000Z",
        "%2Fs3%2F, %2Fec2%2F",
        "X-Amz-SignedHeaders=host, X-Amz-SignedHeaders=",
        "X-Amz-SignedHeaders=host, X-Amz-SignedHeaders=host&X-Amz-SignedHeaders=host",
        "&X-Amz-Expires=60, ''",
    })
    void malformedParameters(String from, String to) {
        refused(
                S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
                () -> verify(presign(UNSIGNED.replace(from, to), "UNSIGNED-PAYLOAD"), TIME));
    }

    @Test
    void everyParameterIsSigned() {
        String target = presign(UNSIGNED, "UNSIGNED-PAYLOAD");
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> verify(target.replace("=60", "=61"), TIME));
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> verify(target + "&versionId=1", TIME));
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> verify(target.replace("/key", "/key2"), TIME));
    }

    @Test
    void unrelatedParametersAreFine() {
        verify(
                presign(UNSIGNED + "&x-id=GetObject&response-content-type=a%2Fb&x-amz-acl=private", "UNSIGNED-PAYLOAD"),
                TIME);
    }

    @Test
    void aDigestInTheQueryPinsTheBody() {
        String digest = "ab".repeat(32);
        String target = presign(UNSIGNED + "&X-Amz-Content-Sha256=" + digest, digest);
        assertThat(verify(target, TIME).payload()).isEqualTo(new PayloadPolicy.ExactSha256(digest));
    }

    @Test
    void aSignedDigestHeaderPinsTheBody() {
        String digest = "ab".repeat(32);
        HttpHeaders headers = headers("Host", HOST, "x-amz-content-sha256", digest);
        String target =
                presign(UNSIGNED + "%3Bx-amz-content-sha256", digest, headers, List.of("host", "x-amz-content-sha256"));
        assertThat(DocExamples.verify(HttpMethod.PUT, target, headers).payload())
                .isEqualTo(new PayloadPolicy.ExactSha256(digest));
    }

    @Test
    void sessionTokensAreInvalid() {
        refused(
                S3Error.INVALID_TOKEN,
                () -> verify(presign(UNSIGNED + "&X-Amz-Security-Token=abc", "UNSIGNED-PAYLOAD"), TIME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
            })
    void credentialsInTheQueryWithAStreamingPayloadAreRefused(String kind) {
        HttpHeaders headers = headers("Host", HOST, "x-amz-content-sha256", kind);
        String target =
                presign(UNSIGNED + "%3Bx-amz-content-sha256", kind, headers, List.of("host", "x-amz-content-sha256"));
        refused(S3Error.INVALID_REQUEST, () -> DocExamples.verify(HttpMethod.PUT, target, headers));
        String inQuery = presign(UNSIGNED + "&X-Amz-Content-Sha256=" + kind, kind);
        refused(S3Error.INVALID_REQUEST, () -> verify(inQuery, TIME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-amz-copy-source",
                "X-Amz-Tagging",
                "x-amz-acl",
                "x-amz-meta-a",
                "x-amz-content-sha256",
                "x-amz-date",
                "X-AMZ-Server-Side-Encryption"
            })
    void headersAddedToAPresignedRequestAreRefused(String name) {
        String target = presign(UNSIGNED, "UNSIGNED-PAYLOAD");
        refused(
                S3Error.ACCESS_DENIED,
                () -> DocExamples.verify(HttpMethod.PUT, target, headers("Host", HOST, name, "UNSIGNED-PAYLOAD")));
        refused(
                S3Error.ACCESS_DENIED,
                () -> DocExamples.verify(
                        HttpMethod.PUT,
                        "/key",
                        DocExamples.signedPut("/key", "UNSIGNED-PAYLOAD").add("x-amz-new", "")));
    }

    @Test
    void theHostIsAlwaysUnderTheSignature() {
        String target = presign(
                UNSIGNED.replace("SignedHeaders=host", "SignedHeaders=accept"),
                "UNSIGNED-PAYLOAD",
                headers(),
                List.of("accept"));
        refused(S3Error.ACCESS_DENIED, () -> verify(target, TIME));
    }

    private static Verified verify(String target, Instant now) {
        return DocExamples.verifierAt(now).verify(HttpMethod.PUT, RequestTarget.parse(target), headers("Host", HOST));
    }

    private static String presign(String target, String payloadHash) {
        return presign(target, payloadHash, headers("Host", HOST), List.of("host"));
    }

    private static String presign(String target, String payloadHash, HttpHeaders headers, List<String> signedHeaders) {
        RequestTarget parsed = RequestTarget.parse(target);
        CredentialScope scope = new CredentialScope("20130524", "us-east-1");
        String signature = SigningKey.derive(DocExamples.SECRET, scope)
                .sign(CanonicalRequest.of(
                                "PUT",
                                parsed.canonicalPath(),
                                parsed.canonicalQuery(name -> true),
                                headers,
                                signedHeaders,
                                payloadHash)
                        .stringToSign(SigningTime.of(TIME), scope));
        return target + "&X-Amz-Signature=" + signature;
    }

    private static void refused(S3Error error, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.error())
                .isEqualTo(error));
    }
}
