package io.sealward.it.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Stack;
import io.sealward.it.store.S3Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Forms as browsers post them: with a signed policy, and nothing stored of what breaks it. */
class PostFormTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static String bucket;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> fields = new LinkedHashMap<>();
    private String expiration = Instant.now().plus(Duration.ofMinutes(10)).toString();
    private String conditions = "";
    private String ofBucket = "{\"bucket\": \"" + bucket + "\"}";
    private byte[] file = "what the file holds".getBytes(UTF_8);

    @BeforeAll
    static void bucket() {
        bucket = STACK.bucket();
    }

    /** Fills in the policy and its signature; a condition for each field that has none of its own in {@code conditions}. */
    private void sign() {
        S3Target target = STACK.gateway();
        fields.keySet().removeAll(List.of("policy", "x-amz-signature"));
        String time = TIME.format(Instant.now());
        fields.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
        fields.put("x-amz-credential", target.accessKey() + "/" + time.substring(0, 8) + "/us-east-1/s3/aws4_request");
        fields.put("x-amz-date", time);
        StringBuilder all = new StringBuilder(
                Stream.of(ofBucket, conditions).filter(some -> !some.isEmpty()).collect(Collectors.joining(",")));
        fields.forEach((name, value) -> {
            if (!conditions.contains(name) && !name.startsWith("x-ignore-")) {
                all.append(all.isEmpty() ? "" : ",").append("{\"" + name + "\": \"" + value + "\"}");
            }
        });
        String policy = base64("{\"expiration\": \"" + expiration + "\", \"conditions\": [" + all + "]}");
        fields.put("policy", policy);
        fields.put("x-amz-signature", signature(target.secretKey(), time.substring(0, 8), policy));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String signature(String secret, String date, String policy) {
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String step : new String[] {date, "us-east-1", "s3", "aws4_request"}) {
            key = hmac(key, step);
        }
        return HexFormat.of().formatHex(hmac(key, policy));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] body(String end) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(UTF_8)));
        body.writeBytes(("--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\\\folder\\\\a file.txt\"\r\n"
                        + "Content-Type: text/html\r\n\r\n")
                .getBytes(UTF_8));
        body.writeBytes(file);
        body.writeBytes(end.getBytes(UTF_8));
        return body.toByteArray();
    }

    private HttpResponse<String> post() throws IOException, InterruptedException {
        return post(body("\r\n--" + BOUNDARY + "--\r\n"));
    }

    private HttpResponse<String> post(byte[] body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(STACK.gateway().endpoint() + "/" + bucket))
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static ResponseBytes<GetObjectResponse> read(String key) {
        try (S3Client client = STACK.client()) {
            return client.getObjectAsBytes(r -> r.bucket(bucket).key(key));
        }
    }

    private void isRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("<Code>" + code + "</Code>");
        assertThat(answer.statusCode()).isEqualTo(status);
        try (S3Client store = STACK.behind()) {
            assertThat(store.listObjectsV2(r -> r.bucket(bucket).prefix("refused"))
                            .contents())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 3_000_001})
    void aFileIsSealedAndReadBack(int length) throws Exception {
        file = new byte[length];
        new Random(length).nextBytes(file);
        fields.put("key", "forms/" + length);
        fields.put("Content-Type", "text/plain");
        fields.put("x-amz-meta-colour", "green");
        fields.put("x-ignore-this", "whatever");
        conditions = "[\"starts-with\", \"$key\", \"forms/\"], [\"content-length-range\", 0, 10000000]";
        sign();
        HttpResponse<String> answer = post();
        assertThat(answer.body()).isEmpty();
        assertThat(answer.statusCode()).isEqualTo(204);
        ResponseBytes<GetObjectResponse> read = read("forms/" + length);
        assertThat(read.asByteArray()).isEqualTo(file);
        assertThat(read.response().contentType()).isEqualTo("text/plain");
        assertThat(read.response().metadata()).containsEntry("colour", "green");
        assertThat(answer.headers().firstValue("etag")).contains(read.response().eTag());
        assertThat(answer.headers().firstValue("location"))
                .contains(STACK.gateway().endpoint() + "/" + bucket + "/forms/" + length);
        try (S3Client store = STACK.behind()) {
            byte[] stored = store.getObjectAsBytes(r -> r.bucket(bucket).key("forms/" + length))
                    .asByteArray();
            if (length > 100) {
                assertThat(new String(stored, ISO_8859_1)).doesNotContain(new String(file, 0, 100, ISO_8859_1));
            }
        }
    }

    @Test
    void theAnswerIsWhatTheFormAsksFor() throws Exception {
        fields.put("key", "named/${filename}");
        fields.put("success_action_status", "201");
        conditions = "[\"starts-with\", \"$key\", \"named/\"]";
        sign();
        HttpResponse<String> created = post();
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body())
                .contains(
                        "<Bucket>" + bucket + "</Bucket>",
                        "<Key>named/a file.txt</Key>",
                        "<Location>" + STACK.gateway().endpoint() + "/" + bucket + "/named/a%20file.txt</Location>");
        assertThat(read("named/a file.txt").asByteArray()).isEqualTo(file);
        fields.put("success_action_status", "200");
        sign();
        assertThat(post().statusCode()).isEqualTo(200);
        fields.put("success_action_redirect", "http://example.com/done?x=1");
        sign();
        HttpResponse<String> redirected = post();
        assertThat(redirected.statusCode()).isEqualTo(303);
        assertThat(redirected.headers().firstValue("location").orElseThrow())
                .startsWith("http://example.com/done?x=1&bucket=" + bucket + "&key=named%2Fa%20file.txt&etag=%22");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"eq\", \"$key\", \"another\"] | 403 | AccessDenied",
                "{\"key\": \"another\"} | 403 | AccessDenied",
                "[\"starts-with\", \"$key\", \"another\"] | 403 | AccessDenied",
                "{\"bucket\": \"another\"} | 403 | AccessDenied",
                "[\"eq\", \"$x-amz-meta-absent\", \"a\"] | 403 | AccessDenied",
                "[\"content-length-range\", 0, 18] | 400 | EntityTooLarge",
                "[\"content-length-range\", 20, 30] | 400 | EntityTooSmall",
                "[\"content-length-range\", 20] | 400 | InvalidPolicyDocument",
                "[\"content-length-range\", -1, 0] | 400 | InvalidPolicyDocument",
                "[\"less-than\", \"$key\", \"b\"] | 400 | InvalidPolicyDocument",
                "\"key\" | 400 | InvalidPolicyDocument",
                "[\"eq\", \"key\", \"refused\"] | 400 | InvalidPolicyDocument",
            })
    void aConditionThatDoesNotHold(String condition, int status, String code) throws Exception {
        fields.put("key", "refused");
        conditions = condition;
        sign();
        isRefused(post(), status, code);
    }

    @Test
    void aPolicyOfNoBucket() throws Exception {
        fields.put("key", "refused");
        ofBucket = "";
        sign();
        isRefused(post(), 403, "AccessDenied");
    }

    @Test
    void whoeverDidNotSignIt() throws Exception {
        fields.put("key", "refused");
        isRefused(post(), 403, "AccessDenied"); // nobody
        sign();
        fields.put("x-amz-signature", "0".repeat(64));
        isRefused(post(), 403, "SignatureDoesNotMatch");
        sign();
        fields.put("x-amz-credential", fields.get("x-amz-credential").replaceFirst("^[^/]+", "nobody"));
        isRefused(post(), 403, "InvalidAccessKeyId");
        sign();
        fields.put("policy", base64("{\"expiration\": \"2099-01-01T00:00:00Z\", \"conditions\": []}"));
        isRefused(post(), 403, "SignatureDoesNotMatch");
        sign();
        fields.remove("x-amz-signature");
        isRefused(post(), 400, "InvalidArgument");
        fields.put("AWSAccessKeyId", "main");
        fields.put("signature", "of version 2");
        isRefused(post(), 400, "InvalidRequest");
    }

    @Test
    void whatThePolicyDoesNotCover() throws Exception {
        fields.put("key", "refused");
        sign();
        fields.put("x-amz-meta-more", "1");
        isRefused(post(), 403, "AccessDenied");
        fields.remove("x-amz-meta-more");
        expiration = "2020-01-01T00:00:00Z";
        sign();
        isRefused(post(), 403, "AccessDenied");
        expiration = "tomorrow";
        sign();
        isRefused(post(), 400, "InvalidPolicyDocument");
    }

    @Test
    void whatIsNoFormWithOneFile() throws Exception {
        fields.put("key", "refused");
        sign();
        byte[] whole = body("\r\n--" + BOUNDARY + "--\r\n");
        isRefused(
                post(body(
                        "\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"submit\"\r\n\r\nUpload\r\n--"
                                + BOUNDARY + "--\r\n")),
                400,
                "MalformedPOSTRequest");
        isRefused(post(body("")), 400, "MalformedPOSTRequest");
        isRefused(post(body("\r\n--" + BOUNDARY + "\r\n")), 400, "MalformedPOSTRequest");
        isRefused(
                post(new String(whole, UTF_8)
                        .replace("name=\"file\"", "name=\"other\"")
                        .getBytes(UTF_8)),
                400,
                "InvalidArgument");
        isRefused(
                post(new String(whole, UTF_8)
                        .replace("--" + BOUNDARY, "--another")
                        .getBytes(UTF_8)),
                400,
                "MalformedPOSTRequest");
        file = new byte[300_000];
        isRefused(post(body("\r\n--" + BOUNDARY + "--")), 400, "MalformedPOSTRequest");
    }

    @Test
    void moreThanFieldsMayHold() throws Exception {
        fields.put("key", "refused");
        for (int i = 0; i < 1000; i++) {
            fields.put("x-ignore-" + i, "v".repeat(30));
        }
        sign();
        isRefused(post(), 400, "MaxPostPreDataLengthExceeded");
    }

    @Test
    void whatIsNoForm() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(STACK.gateway().endpoint() + "/" + bucket))
                        .POST(HttpRequest.BodyPublishers.ofString("key=refused"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        isRefused(answer, 412, "PreconditionFailed");
    }

    @Test
    void aBucketOfAnotherTenant() throws Exception {
        fields.put("key", "refused");
        String own = bucket;
        bucket = STACK.otherBucket();
        ofBucket = ofBucket.replace(own, bucket);
        try {
            sign();
            isRefused(post(), 403, "AccessDenied");
        } finally {
            bucket = own;
        }
    }
}
