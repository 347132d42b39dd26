package io.sealward.gateway.sigv4;

import static io.sealward.gateway.sigv4.DocExamples.EMPTY_SHA256;
import static io.sealward.gateway.sigv4.DocExamples.HOST;
import static io.sealward.gateway.sigv4.DocExamples.TIME;
import static io.sealward.gateway.sigv4.DocExamples.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.S3Credential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {
    private static final HttpMethod GET = HttpMethod.GET;

    @Test
    void anonymousIsDenied() {
        refused(S3Error.ACCESS_DENIED, () -> DocExamples.verify(GET, "/", headers("Host", HOST)));
    }

    @Test
    void unknownKey() {
        refused(
                S3Error.INVALID_ACCESS_KEY_ID,
                () -> DocExamples.verify(GET, "/", withAuthorization(text -> text.replace("AKIA", "AKIB"))));
    }

    @Test
    void anotherSecret() {
        HttpHeaders headers = headers("Host", HOST);
        new RequestSigner(DocExamples.ACCESS_KEY_ID, "guess", "us-east-1", DocExamples.CLOCK)
                .sign(GET, "/", headers, EMPTY_SHA256);
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> DocExamples.verify(GET, "/", headers));
    }

    @Test
    void everythingSignedIsBound() {
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> DocExamples.verify(HttpMethod.DELETE, "/", signedGet()));
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> DocExamples.verify(GET, "/other", signedGet()));
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> DocExamples.verify(GET, "/?acl", signedGet()));
        refused(
                S3Error.SIGNATURE_DOES_NOT_MATCH,
                () -> DocExamples.verify(GET, "/", signedGet().set("Host", "other")));
        refused(
                S3Error.SIGNATURE_DOES_NOT_MATCH,
                () -> DocExamples.verify(GET, "/", signedGet().set("x-amz-content-sha256", "UNSIGNED-PAYLOAD")));
        refused(
                S3Error.SIGNATURE_DOES_NOT_MATCH,
                () -> DocExamples.verify(GET, "/", signedGet().set("x-amz-date", "20130524T000001Z")));
        refused(
                S3Error.SIGNATURE_DOES_NOT_MATCH,
                () -> DocExamples.verify(GET, "/", withAuthorization(text -> text.replace("us-east-1", "us-west-1"))));
    }

    @Test
    void everyFlippedHexDigitOfTheSignatureIsRefused() {
        String authorization = signedGet().get("Authorization");
        for (int i = authorization.length() - 64; i < authorization.length(); i++) {
            StringBuilder flipped = new StringBuilder(authorization);
            flipped.setCharAt(i, flipped.charAt(i) == '0' ? '1' : '0');
            refused(
                    S3Error.SIGNATURE_DOES_NOT_MATCH,
                    () -> DocExamples.verify(GET, "/", signedGet().set("Authorization", flipped.toString())));
        }
    }

    @Test
    void clockSkewOfFifteenMinutesIsTheLimit() {
        Duration limit = Duration.ofMinutes(15);
        verifyAt(TIME.plus(limit), "/", signedGet());
        verifyAt(TIME.minus(limit), "/", signedGet());
        refused(S3Error.REQUEST_TIME_TOO_SKEWED, () -> verifyAt(TIME.plus(limit).plusSeconds(1), "/", signedGet()));
        refused(
                S3Error.REQUEST_TIME_TOO_SKEWED,
                () -> verifyAt(TIME.minus(limit).minusSeconds(1), "/", signedGet()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 ",
                "AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request",
                "AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request,SignedHeaders=host,Signature",
                "AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;host,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request,SignedHeaders=Host,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request,SignedHeaders=,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20130525/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/ec2/aws4_request,SignedHeaders=host,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws5_request,SignedHeaders=host,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20130524//s3/aws4_request,SignedHeaders=host,Signature=0",
                "AWS4-HMAC-SHA256 Credential=/20130524/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0,X=1",
                "AWS4-HMAC-SHA256 Signature=1,Credential=a/20130524/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0",
            })
    void malformedAuthorization(String authorization) {
        assertThatThrownBy(() -> DocExamples.verify(GET, "/", signedGet().set("Authorization", authorization)))
                .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.error())
                        .isIn(S3Error.AUTHORIZATION_HEADER_MALFORMED, S3Error.INVALID_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({
        "AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg=, INVALID_REQUEST",
        "AWS4-ECDSA-P256-SHA256 Credential=x, INVALID_REQUEST",
        "Basic dXNlcjpwYXNz, INVALID_ARGUMENT",
        "Bearer token, INVALID_ARGUMENT",
        "'', INVALID_ARGUMENT",
    })
    void otherMechanisms(String authorization, S3Error error) {
        refused(error, () -> DocExamples.verify(GET, "/", signedGet().set("Authorization", authorization)));
    }

    @Test
    void queryOfVersionTwo() {
        refused(
                S3Error.INVALID_REQUEST,
                () -> DocExamples.verify(GET, "/?AWSAccessKeyId=a&Signature=b&Expires=1", headers("Host", HOST)));
    }

    @Test
    void twoMechanismsAtOnce() {
        refused(
                S3Error.INVALID_ARGUMENT,
                () -> DocExamples.verify(GET, "/?X-Amz-Algorithm=AWS4-HMAC-SHA256", signedGet()));
        refused(
                S3Error.INVALID_ARGUMENT,
                () -> DocExamples.verify(GET, "/?X-Amz-Signature=0", headers("Authorization", "Basic eDp5")));
    }

    @Test
    void contentSha256IsRequiredAndWellFormed() {
        refused(
                S3Error.INVALID_REQUEST,
                () -> DocExamples.verify(GET, "/", signedGet().remove("x-amz-content-sha256")));
        refused(S3Error.INVALID_ARGUMENT, () -> verifyPayload("unsigned-payload"));
        refused(S3Error.INVALID_ARGUMENT, () -> verifyPayload(""));
        refused(S3Error.INVALID_ARGUMENT, () -> verifyPayload("0".repeat(63)));
        refused(S3Error.NOT_IMPLEMENTED, () -> verifyPayload("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD"));
        assertThat(verifyPayload("STREAMING-AWS4-HMAC-SHA256-PAYLOAD").payload())
                .isInstanceOf(PayloadPolicy.SignedChunks.class);
        assertThat(verifyPayload("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER").payload())
                .isInstanceOf(PayloadPolicy.SignedChunksWithTrailer.class);
        assertThat(verifyPayload("STREAMING-UNSIGNED-PAYLOAD-TRAILER").payload())
                .isInstanceOf(PayloadPolicy.UnsignedChunksWithTrailer.class);
        assertThat(verifyPayload("AB".repeat(32)).payload()).isEqualTo(new PayloadPolicy.ExactSha256("ab".repeat(32)));
    }

    @Test
    void aRepeatedHeaderThatMayOccurOnceIsRefused() {
        for (String name : new String[] {"x-amz-content-sha256", "x-amz-date", "Authorization"}) {
            refused(
                    S3Error.INVALID_ARGUMENT,
                    () -> DocExamples.verify(GET, "/", signedGet().add(name, "again")));
        }
    }

    @Test
    void sessionTokensAreInvalid() {
        HttpHeaders headers = headers("Host", HOST, "x-amz-security-token", "FwoGZXIvYXdzE");
        new RequestSigner(DocExamples.ACCESS_KEY_ID, DocExamples.SECRET, "us-east-1", DocExamples.CLOCK)
                .sign(GET, "/", headers, EMPTY_SHA256);
        refused(S3Error.INVALID_TOKEN, () -> DocExamples.verify(GET, "/", headers));
    }

    @Test
    void theDateHeaderStandsInForXAmzDate() {
        HttpHeaders headers = signedGet();
        headers.remove("x-amz-date").set("Date", "Fri, 24 May 2013 00:00:00 GMT");
        headers.set("Authorization", headers.get("Authorization").replace(";x-amz-date", ""));
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> DocExamples.verify(GET, "/", headers));
        refused(S3Error.ACCESS_DENIED, () -> DocExamples.verify(GET, "/", headers.set("Date", "yesterday")));
        refused(S3Error.ACCESS_DENIED, () -> DocExamples.verify(GET, "/", headers.remove("Date")));
        HttpHeaders signed =
                headers("Host", HOST, "Date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-content-sha256", EMPTY_SHA256);
        SigningTime time = SigningTime.of(TIME);
        CredentialScope scope = new CredentialScope(time.date(), "us-east-1");
        List<String> names = List.of("date", "host", "x-amz-content-sha256");
        String signature = SigningKey.derive(DocExamples.SECRET, scope)
                .sign(CanonicalRequest.of("GET", "/", "", signed, names, EMPTY_SHA256)
                        .stringToSign(time, scope));
        signed.set(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + DocExamples.ACCESS_KEY_ID + '/' + scope + ",SignedHeaders="
                        + String.join(";", names) + ",Signature=" + signature);
        assertThat(DocExamples.verify(GET, "/", signed).credential()).isEqualTo(DocExamples.CREDENTIAL);
    }

    @Test
    void aSecretThatIsReplacedIsReplacedAtOnce() {
        S3Credential old = DocExamples.CREDENTIAL;
        AtomicReference<S3Credential> current = new AtomicReference<>(old);
        SignatureVerifier verifier =
                new SignatureVerifier(id -> Optional.of(current.get()), Clock.fixed(TIME, ZoneOffset.UTC));
        HttpHeaders withOld = signedGet();
        HttpHeaders withNew = headers("Host", HOST);
        new RequestSigner(old.accessKeyId(), "new", "us-east-1", DocExamples.CLOCK)
                .sign(GET, "/", withNew, EMPTY_SHA256);
        RequestTarget root = RequestTarget.parse("/");
        for (int i = 0; i < 2; i++) {
            verifier.verify(GET, root, withOld);
            refused(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> verifier.verify(GET, root, withNew));
        }
        current.set(new S3Credential(old.accessKeyId(), "new", old.project()));
        for (int i = 0; i < 2; i++) {
            verifier.verify(GET, root, withNew);
            refused(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> verifier.verify(GET, root, withOld));
        }
    }

    @Test
    void oneSignerSignsByTheClockAsItGoesOn() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2024-02-29T23:59:59.900Z"));
        RequestSigner signer =
                new RequestSigner(DocExamples.ACCESS_KEY_ID, DocExamples.SECRET, "us-east-1", new Clock() {
                    @Override
                    public Instant instant() {
                        return now.get();
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        throw new UnsupportedOperationException();
                    }
                });
        for (String second : List.of("20240229T235959Z", "20240301T000000Z", "20240301T000000Z", "20240301T000001Z")) {
            HttpHeaders headers = headers("Host", HOST);
            signer.sign(GET, "/", headers, EMPTY_SHA256);
            assertThat(headers.get("x-amz-date")).isEqualTo(second);
            DocExamples.verifierAt(now.get()).verify(GET, RequestTarget.parse("/"), headers);
            now.set(now.get().plusMillis(400));
        }
    }

    @Test
    void aRequestSignedByUsVerifiesOnAnyDay() {
        Instant midnight = Instant.parse("2024-02-29T23:59:59Z");
        for (Instant now : new Instant[] {midnight, midnight.plusSeconds(1)}) {
            HttpHeaders headers = headers("Host", "store:9000", "Content-Type", "a/b", "x-amz-meta-a", "b  c");
            signerAt(now).sign(HttpMethod.PUT, "/b/k%20+?partNumber=1&uploadId=a%2Bb", headers, "UNSIGNED-PAYLOAD");
            DocExamples.verifierAt(now)
                    .verify(HttpMethod.PUT, RequestTarget.parse("/b/k%20+?partNumber=1&uploadId=a%2Bb"), headers);
        }
    }

    @Test
    void neitherSecretsNorKeysArePrinted() {
        Verified verified = verifyPayload("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        assertThat(verified.toString()).doesNotContain(DocExamples.SECRET).contains(DocExamples.ACCESS_KEY_ID);
    }

    private static RequestSigner signerAt(Instant now) {
        return new RequestSigner(
                DocExamples.ACCESS_KEY_ID, DocExamples.SECRET, "us-east-1", Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Verified verifyPayload(String contentSha256) {
        return DocExamples.verify(HttpMethod.PUT, "/key", DocExamples.signedPut("/key", contentSha256));
    }

    private static HttpHeaders signedGet() {
        HttpHeaders headers = new DefaultHttpHeaders().set("Host", HOST);
        signerAt(TIME).sign(GET, "/", headers, EMPTY_SHA256);
        return headers;
    }

    private static HttpHeaders withAuthorization(UnaryOperator<String> change) {
        HttpHeaders headers = signedGet();
        return headers.set("Authorization", change.apply(headers.get("Authorization")));
    }

    private static void verifyAt(Instant now, String target, HttpHeaders headers) {
        DocExamples.verifierAt(now).verify(GET, RequestTarget.parse(target), headers);
    }

    private static void refused(S3Error error, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.error())
                .isEqualTo(error));
    }
}
