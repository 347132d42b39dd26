package io.sealward.it.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Requests whose sender is not who it claims to be, or asks for more than it signed. */
class RefusedSenderTest extends HostileInput {
    @Test
    void nobodysRequest() throws IOException {
        assertRefused(
                unsigned("PUT /" + bucket() + "/key HTTP/1.1\r\nHost: x\r\nContent-Length: 580\r\n\r\n"),
                "403 AccessDenied");
    }

    @Test
    void anUnknownAccessKey() throws IOException {
        assertRefused(as("nobody", "main-secret").bytes(), "403 InvalidAccessKeyId");
    }

    @Test
    void aWrongSecret() throws IOException {
        assertRefused(as("main", "other-secret").bytes(), "403 SignatureDoesNotMatch");
    }

    @Test
    void anotherTenantsBucket() throws IOException {
        assertRefused(as("other", "other-secret").bytes(), "403 AccessDenied");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Signature=.                     | Signature=g                | 403 SignatureDoesNotMatch",
                "Signature=.*                    | Signature=                 | 403 SignatureDoesNotMatch",
                "Signature=.*                    | ''                         | 400 AuthorizationHeaderMalformed",
                "/s3/aws4_request                | /ec2/aws4_request          | 400 AuthorizationHeaderMalformed",
                "/s3/aws4_request                | ''                         | 400 AuthorizationHeaderMalformed",
                "us-east-1/s3                    | eu-west-1/s3               | 403 SignatureDoesNotMatch",
                "SignedHeaders=host;             | SignedHeaders=             | 403 AccessDenied",
                "SignedHeaders=[^,]*,            | SignedHeaders=,            | 400 AuthorizationHeaderMalformed",
                "AWS4-HMAC-SHA256 Cred           | AWS4-HMAC-SHA1 Cred        | 400 InvalidRequest",
                "Authorization: .*               | Authorization: Basic YTpi  | 400 InvalidArgument",
                "Authorization: .*               | Authorization: AWS main:x= | 400 InvalidRequest",
                "Authorization: .*               | Authorization:             | 400 InvalidArgument",
                "Authorization: (.*)             | Authorization: $1, $1      | 400 AuthorizationHeaderMalformed",
                "PUT /                           | POST /                     | 403 SignatureDoesNotMatch",
                "/key HTTP                       | /other HTTP                | 403 SignatureDoesNotMatch",
                "/key HTTP                       | /key?a=b HTTP              | 403 SignatureDoesNotMatch",
                "x-amz-date: ........            | x-amz-date: 20200101       | 400 AuthorizationHeaderMalformed",
                "x-amz-date: .*                  | x-amz-date: today          | 403 AccessDenied",
            })
    void aHeadChangedAfterItWasSigned(String from, String to, String outcome) throws IOException {
        String head = put().text();
        String changed = head.replaceFirst(from, to);
        assertThat(changed).isNotEqualTo(head);
        assertRefused(SignedRequest.join(changed.getBytes(UTF_8), CONTENT), outcome);
    }

    @Test
    void twoAuthorizations() throws IOException {
        SignedRequest request = put();
        String authorization = request.text().replaceAll("(?s).*(Authorization: [^\r]*).*", "$1");
        assertRefused(request.line(authorization).bytes(), "400 InvalidArgument");
    }

    @Test
    void anAmzHeaderThatIsNotSigned() throws IOException {
        assertRefused(put().line("x-amz-meta-extra: 1").bytes(), "403 AccessDenied");
    }

    @Test
    void theGatewaysOwnMetadata() throws IOException {
        assertRefused(put().header("x-amz-meta-sealward-dek", "AAAA").bytes(), "400 InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(longs = {-16, 16, -100_000, 100_000})
    void aClockThatIsOff(long minutes) throws IOException {
        assertRefused(put().at(Instant.now().plus(Duration.ofMinutes(minutes))).bytes(), "403 RequestTimeTooSkewed");
    }

    @Test
    void aBodyOtherThanTheOneSigned() throws IOException {
        byte[] request = put().bytes();
        request[request.length - 1] ^= 1;
        assertRefused(request, "400 XAmzContentSHA256Mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "STREAMING-AWS4-HMAC-SHA512-PAYLOAD"})
    void aHashThatIsNone(String hash) throws IOException {
        assertRefused(
                request("PUT", "/BUCKET/key")
                        .body(CONTENT, hash)
                        .line("Content-Length: 580")
                        .bytes(),
                hash.startsWith("STREAMING-") ? "501 NotImplemented" : "400 InvalidArgument");
    }

    @Test
    void anExpiredUrl() throws IOException {
        Duration validity = Duration.ofMinutes(10);
        URI stale = presignedAt(Instant.now().minus(validity.plusSeconds(2)), validity);
        assertRefused(get(stale.getRawPath() + '?' + stale.getRawQuery(), stale), "403 AccessDenied");
        URI fresh = presignedAt(Instant.now().minusSeconds(2), validity);
        assertRefused(get(fresh.getRawPath() + '?' + fresh.getRawQuery(), fresh), "404 NoSuchKey");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amz-Expires=600, X-Amz-Expires=604801, 400 AuthorizationQueryParametersError",
        "X-Amz-Expires=600, X-Amz-Expires=soon, 400 AuthorizationQueryParametersError",
        "X-Amz-Expires=600, X-Amz-Expires=601, 403 SignatureDoesNotMatch",
        "X-Amz-Expires=600, X-Amz-Expires=600&X-Amz-Expires=600, 400 AuthorizationQueryParametersError",
        "X-Amz-Signature=, X-Amz-Signature=0, 403 SignatureDoesNotMatch",
        "X-Amz-Signature=[^&]*, '', 400 AuthorizationQueryParametersError",
        "X-Amz-Algorithm=[^&]*, X-Amz-Algorithm=none, 400 AuthorizationQueryParametersError",
        "X-Amz-Credential=main, X-Amz-Credential=nobody, 403 InvalidAccessKeyId",
        "X-Amz-Credential=main, X-Amz-Credential=other, 403 SignatureDoesNotMatch",
        "key\\?, key2?, 403 SignatureDoesNotMatch",
    })
    void aUrlChangedAfterItWasSigned(String from, String to, String outcome) throws IOException {
        URI url = presigned(Duration.ofMinutes(10));
        String target = url.getRawPath() + '?' + url.getRawQuery();
        String changed = target.replaceFirst(from, to);
        assertThat(changed).isNotEqualTo(target);
        assertRefused(get(changed, url), outcome);
    }

    @Test
    void aUrlThatHoldsIsLoggedNoMoreThanOneThatDoesNot() throws IOException {
        URI url = presigned(Duration.ofMinutes(10));
        assertRefused(get(url.getRawPath() + '?' + url.getRawQuery(), url), "404 NoSuchKey");
    }

    private URI presigned(Duration validity) {
        try (S3Presigner presigner = SdkClients.presigner(STACK.gateway())) {
            return URI.create(presigner
                    .presignGetObject(r -> r.signatureDuration(validity)
                            .getObjectRequest(g -> g.bucket(bucket()).key("key")))
                    .url()
                    .toString());
        }
    }

    /** The presigner of the SDK for S3 takes no clock; the signer below it does. */
    private URI presignedAt(Instant time, Duration validity) {
        S3Target target = STACK.gateway();
        return AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsCredentialsIdentity.create(target.accessKey(), target.secretKey()))
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.GET)
                                .uri(target.endpoint().resolve("/" + bucket() + "/key"))
                                .build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, S3Target.REGION)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, validity)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
                .request()
                .getUri();
    }

    private static byte[] get(String target, URI url) {
        return ("GET " + target + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n\r\n").getBytes(UTF_8);
    }

    private static byte[] unsigned(String head) {
        return SignedRequest.join(head.getBytes(UTF_8), CONTENT);
    }

    private SignedRequest as(String accessKey, String secretKey) {
        S3Target target = S3Target.of(STACK.gateway().endpoint(), accessKey, secretKey);
        return SignedRequest.of(target, "PUT", "/" + bucket() + "/key").body(CONTENT);
    }
}
