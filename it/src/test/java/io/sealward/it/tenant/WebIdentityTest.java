package io.sealward.it.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.IssuerConfig;
import io.sealward.gateway.config.ProjectConfig;
import io.sealward.gateway.config.RoleConfig;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.StsConfig;
import io.sealward.gateway.identity.Trust;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.tenant.Role;
import io.sealward.it.cloud.IssuerServer;
import io.sealward.it.stack.Stack;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/** Clients that hold an identity token and no key: what they get for it, and all that gets nothing. */
class WebIdentityTest {
    private static final IssuerServer ISSUER = issuer();
    private static final String SUBJECT = "system:serviceaccount:ci:builder";
    private static final String AUDIENCE = "sealward";
    private static final String WRITER = "arn:aws:iam::org-main:role/proj_main/writer";
    private static final Trust TRUST =
            Trust.parse("{\"issuer\": \"" + ISSUER.issuer().url() + "\", \"audience\": \"" + AUDIENCE
                    + "\", \"subject\": \"system:serviceaccount:ci:*\"}");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @RegisterExtension
    static final Stack STACK = Stack.http(WebIdentityTest::withRoles);

    private static IssuerServer issuer() {
        try {
            return IssuerServer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static GatewayConfig withRoles(GatewayConfig config) {
        List<ProjectConfig> projects = config.projects().stream()
                .map(project -> project.withRoles(
                        List.of(role("writer", Optional.empty()), role("reader", Optional.of(allow("s3:Get*", "*"))))))
                .toList();
        return config.withProjects(projects)
                .withSts(new StsConfig(
                        List.of(new Secret("a token key of the test")),
                        List.of(new IssuerConfig(
                                ISSUER.issuer().url(), Optional.empty(), Optional.empty(), Optional.empty()))));
    }

    private static RoleConfig role(String name, Optional<String> policy) {
        return new RoleConfig(
                name, TRUST, policy.map(json -> Policy.parse(json, Role.username(name))), Duration.ofHours(1));
    }

    private static String allow(String action, String resource) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"" + action
                + "\", \"Resource\": \"" + resource + "\"}]}";
    }

    private static String token() {
        return ISSUER.issuer().token(SUBJECT, AUDIENCE, Duration.ofMinutes(10));
    }

    private static StsClient sts() {
        return sts(AnonymousCredentialsProvider.create());
    }

    private static StsClient sts(AwsCredentialsProvider credentials) {
        return StsClient.builder()
                .endpointOverride(STACK.gateway().endpoint())
                .region(Region.of(S3Target.REGION))
                .credentialsProvider(credentials)
                .build();
    }

    private static Credentials assumed(String role, Optional<String> policy) {
        try (StsClient sts = sts()) {
            return sts.assumeRoleWithWebIdentity(AssumeRoleWithWebIdentityRequest.builder()
                            .roleArn(role)
                            .roleSessionName("job-7")
                            .webIdentityToken(token())
                            .policy(policy.orElse(null))
                            .build())
                    .credentials();
        }
    }

    private static S3Client client(String accessKey, String secretKey, String token) {
        return SdkClients.builder(STACK.gateway())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsSessionCredentials.create(accessKey, secretKey, token)))
                .build();
    }

    private static S3Client client(Credentials given) {
        return client(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }

    private static void assertCode(Runnable call, String code) {
        try {
            call.run();
            throw new AssertionError("no failure, and not " + code);
        } catch (S3Exception e) {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        } catch (StsException e) {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        }
    }

    @Test
    void anUnchangedSdkNeedsATokenFileAndARole(@TempDir Path folder) throws Exception {
        String bucket = STACK.bucket();
        Path file = Files.writeString(folder.resolve("token"), token());
        try (StsClient sts = sts();
                StsWebIdentityTokenFileCredentialsProvider provider =
                        StsWebIdentityTokenFileCredentialsProvider.builder()
                                .stsClient(sts)
                                .webIdentityTokenFile(file)
                                .roleArn(WRITER)
                                .roleSessionName("job-7")
                                .build();
                S3Client s3 = SdkClients.builder(STACK.gateway())
                        .credentialsProvider(provider)
                        .build();
                StsClient signed = sts(provider)) {
            s3.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromString("content"));
            assertThat(s3.getObjectAsBytes(r -> r.bucket(bucket).key("a")).asUtf8String())
                    .isEqualTo("content");
            assertThat(signed.getCallerIdentity().arn())
                    .isEqualTo("arn:aws:sts::org-main:assumed-role/proj_main/writer/job-7");
            assertThat(signed.getCallerIdentity().account()).isEqualTo("org-main");
        }
    }

    @Test
    void aLastingCredentialCanAskWhoItIs() {
        try (StsClient sts = sts(SdkClients.credentials(STACK.gateway()))) {
            assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::org-main:user/proj_main/main");
        }
        try (StsClient sts = sts()) {
            assertCode(sts::getCallerIdentity, "MissingAuthenticationToken");
        }
    }

    @Test
    void aRoleDoesWhatItsPolicyAllowsAndASessionNoMore() {
        String bucket = STACK.bucket();
        try (S3Client s3 = STACK.client()) {
            s3.putObject(r -> r.bucket(bucket).key("a"), RequestBody.fromString("content"));
        }
        String reader = WRITER.replace("writer", "reader");
        try (S3Client s3 = client(assumed(reader, Optional.empty()))) {
            s3.getObjectAsBytes(r -> r.bucket(bucket).key("a"));
            assertThatThrownBy(() -> s3.putObject(r -> r.bucket(bucket).key("b"), RequestBody.empty()))
                    .hasMessageContaining("role/reader is not authorized to perform: s3:PutObject");
        }
        try (S3Client s3 = client(assumed(reader, Optional.of(allow("s3:*", "*"))))) {
            assertCode(() -> s3.putObject(r -> r.bucket(bucket).key("b"), RequestBody.empty()), "AccessDenied");
        }
        try (S3Client s3 = client(assumed(WRITER, Optional.of(allow("s3:PutObject", "*"))))) {
            s3.putObject(r -> r.bucket(bucket).key("b"), RequestBody.empty());
            assertCode(() -> s3.getObjectAsBytes(r -> r.bucket(bucket).key("a")), "AccessDenied");
        }
    }

    @Test
    void aSessionGoesWithItsOwnKeyAndToken() throws Exception {
        String bucket = STACK.bucket();
        Credentials one = assumed(WRITER, Optional.empty());
        Credentials other = assumed(WRITER, Optional.empty());
        try (S3Client s3 = client(one.accessKeyId(), one.secretAccessKey(), other.sessionToken())) {
            assertCode(() -> s3.listObjectsV2(r -> r.bucket(bucket)), "InvalidToken");
        }
        try (S3Client s3 = client("main", "main-secret", one.sessionToken())) {
            assertCode(() -> s3.listObjectsV2(r -> r.bucket(bucket)), "InvalidToken");
        }
        try (S3Client s3 = client(one.accessKeyId(), other.secretAccessKey(), one.sessionToken())) {
            assertCode(() -> s3.listObjectsV2(r -> r.bucket(bucket)), "SignatureDoesNotMatch");
        }
        S3Target without = S3Target.of(STACK.gateway().endpoint(), one.accessKeyId(), one.secretAccessKey());
        try (S3Client s3 = SdkClients.sync(without);
                RawHttp http = RawHttp.connect(without)) {
            assertCode(() -> s3.listObjectsV2(r -> r.bucket(bucket)), "InvalidAccessKeyId");
            http.send(SignedRequest.of(without, "GET", "/" + bucket)
                    .line("x-amz-security-token: " + one.sessionToken())
                    .bytes());
            assertThat(http.answer().outcome()).as("a token that is not signed").isEqualTo("403 AccessDenied");
            http.send(SignedRequest.of(without, "GET", "/" + bucket)
                    .header("x-amz-security-token", one.sessionToken())
                    .bytes());
            assertThat(http.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void anUploadIdIsNoTokenAndATokenNoUploadId() {
        String bucket = STACK.bucket();
        Credentials given = assumed(WRITER, Optional.empty());
        try (S3Client s3 = client(given)) {
            String upload =
                    s3.createMultipartUpload(r -> r.bucket(bucket).key("a")).uploadId();
            try (S3Client bent = client(given.accessKeyId(), given.secretAccessKey(), upload)) {
                assertCode(() -> bent.listObjectsV2(r -> r.bucket(bucket)), "InvalidToken");
            }
            assertCode(
                    () -> s3.uploadPart(
                            r -> r.bucket(bucket).key("a").partNumber(1).uploadId(given.sessionToken()),
                            RequestBody.fromString("part")),
                    "NoSuchUpload");
        }
    }

    @Test
    void aSessionSpeaksForItsProjectAlone() {
        String foreign = STACK.otherBucket();
        try (S3Client s3 = client(assumed(WRITER, Optional.empty()))) {
            assertCode(() -> s3.listObjectsV2(r -> r.bucket(foreign)), "AccessDenied");
        }
        for (String role : List.of(
                "arn:aws:iam::org-other:role/proj_main/writer", // of one organization, in another's
                "arn:aws:iam::org-main:role/proj_other/writer",
                "arn:aws:iam::org-main:role/proj_main/nobody",
                "arn:aws:iam::org-main:role/proj_none/writer")) {
            assertCode(() -> assumed(role, Optional.empty()), "AccessDenied");
        }
    }

    /** What is sent, by name, over what would be answered with a role. */
    private static HttpResponse<String> post(Map<String, String> over) throws Exception {
        Map<String, String> form = new TreeMap<>(Map.of(
                "Action", "AssumeRoleWithWebIdentity",
                "Version", "2011-06-15",
                "RoleArn", WRITER,
                "RoleSessionName", "job-7",
                "WebIdentityToken", token()));
        form.putAll(over);
        form.values().removeIf(String::isEmpty);
        return post(form(form), "application/x-www-form-urlencoded; charset=utf-8");
    }

    private static HttpResponse<String> post(String body, String type) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(STACK.gateway().endpoint())
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static void assertError(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body())
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ErrorResponse"
                        + " xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>")
                .contains("<Code>" + code + "</Code><Message>")
                .matches("(?s).*</Error><RequestId>[0-9A-F]{16}</RequestId></ErrorResponse>");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("text/xml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Action|''|400|MissingAction",
                "Action|AssumeRole|400|InvalidAction",
                "Action|<script>|400|InvalidAction",
                "Version|2011-06-16|400|InvalidAction",
                "Version|''|400|InvalidAction",
                "RoleArn|''|400|ValidationError",
                "RoleArn|arn:aws:iam::org-main:role/proj_main/../writer|400|ValidationError",
                "RoleArn|arn:aws:iam::org-main:role/proj_main/writer/x|400|ValidationError",
                "RoleArn|arn:aws:iam::org-main:user/proj_main/writer|400|ValidationError",
                "RoleArn|arn:aws:iam::org-main:role/proj_main/wr\u00eeter|400|ValidationError",
                "RoleArn|arn:aws:iam::org-main:role/proj_main/Writer|403|AccessDenied",
                "RoleSessionName|''|400|ValidationError",
                "RoleSessionName|a|400|ValidationError",
                "RoleSessionName|a b|400|ValidationError",
                "RoleSessionName|a/b|400|ValidationError",
                "RoleSessionName|\u00e9\u00e9\u00e9|400|ValidationError",
                "DurationSeconds|899|400|ValidationError",
                "DurationSeconds|43201|400|ValidationError",
                "DurationSeconds|7200|400|ValidationError",
                "DurationSeconds|-900|400|ValidationError",
                "DurationSeconds|99999999999999999999999|400|ValidationError",
                "DurationSeconds|\u0663\u0660\u0660\u0660|400|ValidationError",
                "Policy|{}|400|MalformedPolicyDocument",
                "Policy|nothing|400|MalformedPolicyDocument",
                "PolicyArns.member.1.arn|arn:aws:iam::aws:policy/ReadOnly|400|ValidationError",
                "ProviderId|www.amazon.com|400|ValidationError",
                "WebIdentityToken|''|400|ValidationError",
                "WebIdentityToken|abcd|400|InvalidIdentityToken",
            })
    void refusesWhatIsNotWellFormed(String name, String value, int status, String code) throws Exception {
        assertError(post(Map.of(name, value)), status, code);
    }

    /** Who sends it meant to narrow something. */
    @Test
    void refusesAPolicyThatIsEmpty() throws Exception {
        String form = form(Map.of(
                "Action", "AssumeRoleWithWebIdentity",
                "Version", "2011-06-15",
                "RoleArn", WRITER,
                "RoleSessionName", "job-7",
                "WebIdentityToken", token(),
                "Policy", ""));
        assertError(post(form, "application/x-www-form-urlencoded"), 400, "ValidationError");
    }

    @Test
    void refusesTokensThatVouchForNobodyTrusted() throws Exception {
        Duration lifetime = Duration.ofMinutes(10);
        assertError(
                post(Map.of("WebIdentityToken", ISSUER.issuer().token(SUBJECT, "other", lifetime))),
                403,
                "AccessDenied");
        assertError(
                post(Map.of(
                        "WebIdentityToken", ISSUER.issuer().token("system:serviceaccount:web:x", AUDIENCE, lifetime))),
                403,
                "AccessDenied");
        assertError(
                post(Map.of("WebIdentityToken", ISSUER.issuer().token(SUBJECT, AUDIENCE, Duration.ofMinutes(-10)))),
                400,
                "ExpiredTokenException");
        String[] parts = token().split("\\.");
        String[] others = ISSUER.issuer()
                .token("system:serviceaccount:ci:other", AUDIENCE, lifetime)
                .split("\\.");
        assertError(
                post(Map.of("WebIdentityToken", parts[0] + "." + others[1] + "." + parts[2])),
                400,
                "InvalidIdentityToken");
        assertError(post(Map.of("WebIdentityToken", "a".repeat(20_001))), 400, "ValidationError");
    }

    @Test
    void refusesFormsThatAreNone() throws Exception {
        String type = "application/x-www-form-urlencoded";
        String form = form(Map.of("Action", "AssumeRoleWithWebIdentity", "Version", "2011-06-15", "RoleArn", WRITER));
        assertError(post(form + "&RoleArn=" + WRITER, type), 400, "ValidationError");
        assertError(post(form + "&Action=GetCallerIdentity", type), 400, "ValidationError");
        assertError(post(form + "&x=%zz", type), 400, "MalformedQueryString");
        assertError(post(form + "&x=%ff", type), 400, "MalformedQueryString");
        assertError(post("", type), 400, "MissingAction");
        assertError(post("a=b&".repeat(100), type), 400, "ValidationError");
        assertError(post(form + "&x=" + "y".repeat(64 << 10), type), 413, "RequestEntityTooLarge");
        assertThat(post(form, "application/json").statusCode())
                .as("which is none of STS")
                .isEqualTo(403);
    }

    @Test
    void takesAQueryAsWell() throws Exception {
        Map<String, String> query = new HashMap<>(Map.of(
                "Action", "AssumeRoleWithWebIdentity",
                "Version", "2011-06-15",
                "RoleArn", WRITER,
                "RoleSessionName", "job-7",
                "WebIdentityToken", token()));
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(STACK.gateway().endpoint() + "/?" + form(query)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("<SubjectFromWebIdentityToken>" + SUBJECT + "<", "<Audience>sealward<");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void aSignatureForS3IsNoneForSts() throws Exception {
        try (RawHttp http = RawHttp.connect(STACK.gateway())) {
            http.send(SignedRequest.of(STACK.gateway(), "POST", "/")
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body("Action=GetCallerIdentity&Version=2011-06-15".getBytes(UTF_8))
                    .bytes());
            assertThat(http.answer().body()).contains("<Code>IncompleteSignature</Code>");
        }
    }
}
