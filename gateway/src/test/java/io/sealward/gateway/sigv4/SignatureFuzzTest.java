package io.sealward.gateway.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.RequestTarget.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** What verifies says what the holder of the secret has said: of all that is made of a signed request nothing else does. */
class SignatureFuzzTest {
    /** As the signer of the AWS SDK signed them. */
    private static final List<String> SIGNED = List.of(
            signed(SdkHttpMethod.GET, "/bucket/key%20a?versionId=1", AuthLocation.HEADER),
            signed(SdkHttpMethod.PUT, "/bucket/a//b?partNumber=1&uploadId=u%2F", AuthLocation.HEADER),
            signed(SdkHttpMethod.PUT, "/bucket/key?x-amz-meta-a=b", AuthLocation.QUERY_STRING),
            signed(SdkHttpMethod.DELETE, "/bucket/key", AuthLocation.QUERY_STRING));

    private static final Set<Meaning> MEANT = SIGNED.stream()
            .map(text -> Request.of(text).orElseThrow().meaning())
            .collect(Collectors.toSet());

    private static final List<String> FORM = List.of(
            "policy=eyJleHAiOjF9",
            "x-amz-algorithm=AWS4-HMAC-SHA256",
            "x-amz-credential=" + DocExamples.ACCESS_KEY_ID + "/20130524/us-east-1/s3/aws4_request",
            "x-amz-date=20130524T000000Z",
            "x-amz-signature="
                    + SigningKey.derive(DocExamples.SECRET, new CredentialScope("20130524", "us-east-1"))
                            .sign("eyJleHAiOjF9"));

    /** What a signature is over, as an operation sees it. */
    private record Meaning(String method, String path, List<Parameter> query, Map<String, List<String>> headers) {}

    private record Request(String method, RequestTarget target, HttpHeaders headers) {
        static Optional<Request> of(String text) {
            String[] lines = text.split("\n", -1);
            HttpHeaders headers = new DefaultHttpHeaders();
            try {
                for (int i = 2; i < lines.length; i++) {
                    int colon = lines[i].indexOf(':');
                    headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1));
                }
                return Optional.of(
                        new Request(HttpMethod.valueOf(lines[0]).name(), RequestTarget.parse(lines[1]), headers));
            } catch (IllegalArgumentException | IndexOutOfBoundsException | S3Exception e) {
                return Optional.empty(); // refused before anybody asks who has sent it
            }
        }

        Meaning meaning() {
            Map<String, List<String>> covered = new TreeMap<>();
            for (String name : headers.names()) {
                String lower = name.toLowerCase(Locale.ROOT);
                if (lower.equals("host") || lower.startsWith("x-amz-")) {
                    covered.put(
                            lower,
                            headers.getAll(name).stream()
                                    .map(value -> value.strip().replaceAll("[ \t]+", " "))
                                    .toList());
                }
            }
            return new Meaning(
                    method,
                    target.path(),
                    target.parameters().stream()
                            .filter(parameter -> !parameter.name().equals("X-Amz-Signature"))
                            .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                            .toList(),
                    covered);
        }
    }

    static Stream<byte[]> requests() {
        List<String> seeds = new ArrayList<>(SIGNED);
        seeds.add("GET\n/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/b/20130524/r/s3/aws4_request"
                + "&X-Amz-SignedHeaders=host&X-Amz-Date=20130524T000000Z&X-Amz-Expires=9&X-Amz-Signature=0\nhost:h");
        seeds.add("GET\n/?AWSAccessKeyId=a&Signature=b&Expires=1\nhost:h");
        seeds.add("GET\n/\nhost:h\nDate:Fri, 24 May 2013 00:00:00 GMT\nauthorization:AWS4-HMAC-SHA256"
                + " Credential=a/20130524/r/s3/aws4_request, SignedHeaders=host;date, Signature=0\n"
                + "x-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-security-token:t");
        seeds.add("GET\n/\nauthorization:AWS a:b=");
        return seeds.stream().map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("requests")
    @FuzzTest
    void whatVerifiesWasSigned(byte[] input) {
        Request.of(new String(input, ISO_8859_1)).ifPresent(request -> {
            try {
                Verified verified = DocExamples.verifierAt(DocExamples.TIME)
                        .verify(HttpMethod.valueOf(request.method()), request.target(), request.headers());
                assertThat(verified.credential()).isEqualTo(DocExamples.CREDENTIAL);
                assertThat(MEANT).contains(request.meaning());
            } catch (S3Exception refused) {
                assertThat(refused.getMessage()).doesNotContain(DocExamples.SECRET);
            }
        });
    }

    static Stream<byte[]> forms() {
        return Stream.of(FORM, FORM.subList(1, 5), FORM.subList(0, 4))
                .map(fields -> String.join("\n", fields).getBytes(ISO_8859_1));
    }

    @MethodSource("forms")
    @FuzzTest
    void aFormThatVerifiesHasTheSignedPolicy(byte[] input) {
        Map<String, String> fields = new HashMap<>();
        for (String line : new String(input, ISO_8859_1).split("\n")) {
            int equals = line.indexOf('=');
            fields.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        try {
            PolicySignature form = PolicySignature.of(new PolicySignature.Fields() {
                @Override
                public Optional<String> find(String name) {
                    return Optional.ofNullable(fields.get(name));
                }

                @Override
                public String require(String name) {
                    return find(name).orElseThrow(() -> new S3Exception(S3Error.ACCESS_DENIED));
                }
            });
            DocExamples.verifierAt(DocExamples.TIME).verifyPolicy(form);
            assertThat("policy=" + form.policy()).isEqualTo(FORM.get(0));
        } catch (S3Exception refused) {
            assertThat(refused.getMessage()).doesNotContain(DocExamples.SECRET);
        }
    }

    private static String signed(SdkHttpMethod method, String target, AuthLocation location) {
        SdkHttpFullRequest.Builder request = SdkHttpFullRequest.builder()
                .method(method)
                .protocol("https")
                .host(DocExamples.HOST)
                .putHeader("Host", DocExamples.HOST)
                .putHeader("x-amz-meta-note", " two  spaces");
        request.encodedPath(target.replaceFirst("\\?.*", ""));
        RequestTarget.parse(target)
                .parameters()
                .forEach(parameter -> request.appendRawQueryParameter(parameter.name(), parameter.value()));
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> {
                    sign.identity(AwsCredentialsIdentity.create(DocExamples.ACCESS_KEY_ID, DocExamples.SECRET))
                            .request(request.build())
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
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
        StringBuilder text = new StringBuilder(method.name()).append('\n').append(signed.encodedPath());
        signed.encodedQueryParameters().ifPresent(query -> text.append('?').append(query));
        signed.forEachHeader((name, values) -> values.forEach(
                value -> text.append('\n').append(name).append(':').append(value.trim())));
        return text.toString();
    }
}
