package io.sealward.gateway.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.s3.S3Exception;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** The signer of the AWS SDK for Java as an independent peer. */
class AwsSdkPeerTest {
    private static final AwsCredentialsIdentity IDENTITY =
            AwsCredentialsIdentity.create(DocExamples.ACCESS_KEY_ID, DocExamples.SECRET);

    static Stream<String> keys() {
        return Stream.of(
                "plain.txt",
                "a b",
                "a+b",
                "a%b",
                "a%2Fb",
                "a//b",
                "//",
                "./a",
                "../a",
                "a/../b/.",
                "~*'()!",
                "a&b=c?d#e",
                ";,:@$",
                "[]{}|\\^`\"<>",
                "été/日本語/🔐",
                "tab\tand\u0001control",
                "trailing/",
                "x".repeat(900));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void headerSignatures(String key) {
        SdkHttpRequest signed = sign(
                request(key).putHeader("x-amz-meta-note", "  two   spaces  ").build(), AuthLocation.HEADER);
        Verified verified = verify(HttpMethod.PUT, target(signed), signed);
        assertThat(verified.credential()).isEqualTo(DocExamples.CREDENTIAL);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void presignedSignatures(String key) {
        SdkHttpRequest signed = sign(request(key).build(), AuthLocation.QUERY_STRING);
        assertThat(verify(HttpMethod.PUT, target(signed), signed).payload()).isEqualTo(new PayloadPolicy.Unsigned());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theDecodedPathIsTheKeyTheClientMeant(String key) {
        assertThat(RequestTarget.parse(target(request(key).build())).path()).isEqualTo("/bucket/" + key);
    }

    @Test
    void oddQueries() {
        SdkHttpFullRequest.Builder request = request("key")
                .putRawQueryParameter("uploads", "")
                .putRawQueryParameter("empty", "")
                .putRawQueryParameter("prefix", "a b+c/ü&=%")
                .putRawQueryParameter("list-type", "2")
                .putRawQueryParameter("A", "upper sorts first")
                .putRawQueryParameter("repeated", List.of("b", "a", "a+"))
                .putRawQueryParameter("x-id", "PutObject");
        SdkHttpRequest byHeader = sign(request.build(), AuthLocation.HEADER);
        SdkHttpRequest byQuery = sign(request.build(), AuthLocation.QUERY_STRING);
        verify(HttpMethod.PUT, target(byHeader), byHeader);
        verify(HttpMethod.PUT, target(byQuery), byQuery);
        assertThat(RequestTarget.parse(target(byHeader)).parameter("prefix")).contains("a b+c/ü&=%");
    }

    @Test
    void aMissingEqualsSignOnTheWireIsAnEmptyValue() {
        SdkHttpRequest signed =
                sign(request("key").putRawQueryParameter("uploads", "").build(), AuthLocation.HEADER);
        verify(HttpMethod.PUT, "/bucket/key?uploads", signed);
        verify(HttpMethod.PUT, "/bucket/key?uploads=", signed);
        verify(HttpMethod.PUT, "/bucket/key?&uploads&", signed);
    }

    @Test
    void equalPathsEscapedInAnotherWayVerify() {
        SdkHttpRequest signed = sign(request("(a) é/+").build(), AuthLocation.HEADER);
        verify(HttpMethod.PUT, "/bucket/(a)%20%c3%a9/+", signed);
        verify(HttpMethod.PUT, "/bucket%2F%28%61%29%20" + new String("é".getBytes(UTF_8), ISO_8859_1) + "/%2b", signed);
        verify(HttpMethod.PUT, "http://" + DocExamples.HOST + "/bucket/(a)%20%c3%a9/+", signed);
        assertThatThrownBy(() -> verify(HttpMethod.PUT, "/bucket/(a)%20%c3%a9/%20", signed))
                .isInstanceOf(S3Exception.class);
    }

    @Test
    void repeatedAndUnicodeHeaderValues() {
        SdkHttpRequest signed = sign(
                request("key")
                        .appendHeader("x-amz-meta-list", "b")
                        .appendHeader("x-amz-meta-list", "a , c")
                        .putHeader("x-amz-meta-text", "日本 é")
                        .build(),
                AuthLocation.HEADER);
        verify(HttpMethod.PUT, target(signed), signed);
    }

    private static SdkHttpFullRequest.Builder request(String key) {
        return SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.PUT)
                .protocol("https")
                .host(DocExamples.HOST)
                .putHeader("Host", DocExamples.HOST)
                .encodedPath("/bucket/" + SdkHttpUtils.urlEncodeIgnoreSlashes(key));
    }

    private static SdkHttpRequest sign(SdkHttpRequest request, AuthLocation location) {
        return AwsV4HttpSigner.create()
                .sign(sign -> {
                    sign.identity(IDENTITY)
                            .request(request)
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                            .putProperty(AwsV4HttpSigner.AUTH_LOCATION, location)
                            .putProperty(HttpSigner.SIGNING_CLOCK, DocExamples.CLOCK);
                    if (location == AuthLocation.QUERY_STRING) {
                        sign.putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofHours(1));
                    }
                })
                .request();
    }

    private static String target(SdkHttpRequest request) {
        return request.encodedPath()
                + request.encodedQueryParameters().map(query -> '?' + query).orElse("");
    }

    private static Verified verify(HttpMethod method, String target, SdkHttpRequest request) {
        HttpHeaders headers = new DefaultHttpHeaders();
        request.forEachHeader((name, values) -> values.forEach(
                value -> headers.add(name, new String(value.trim().getBytes(UTF_8), ISO_8859_1))));
        return DocExamples.verify(method, target, headers);
    }
}
