package io.sealward.it.tenant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.it.stack.Eventually;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Reading;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SlowDownload;
import io.sealward.it.wire.Answer;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What credentials with policies may do through the gateway, and on another node how soon. */
class PolicyTest {
    private static final byte[] CONTENT = Multipart.random(1_000, 7);
    private static final int MORE_THAN_SOCKETS_HOLD = 32 << 20;
    private static final String DENIED = "403 AccessDenied";

    private static TenantStack stack;
    private static Tenant owner;
    private static String credentials;
    private static String bucket;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        stack = new TenantStack(new LocalTestCloud(folder), folder, KeyCacheConfig.DEFAULT, 1);
        owner = stack.tenant();
        credentials = "/v1/organization/projects/"
                + owner.admin()
                        .client()
                        .get("/v1/organization/projects")
                        .ok()
                        .at("/data/0/id")
                        .asText()
                + "/s3_credentials";
        bucket = owner.bucket();
        try (S3Client s3 = owner.client()) {
            for (String key : List.of("public/a", "public/b", "secret/a", "top")) {
                s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(CONTENT));
            }
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static Map<String, Object> statement(String effect, Object actions, String... resources) {
        List<String> arns = new ArrayList<>();
        for (String resource : resources) {
            arns.add("arn:aws:s3:::" + resource);
        }
        return Map.of("Effect", effect, "Action", actions, "Resource", arns);
    }

    private static Map<String, Object> policy(List<Map<String, Object>> statements) {
        return Map.of("Version", "2012-10-17", "Statement", statements);
    }

    private static S3Target holder(Map<String, Object> statement) throws IOException {
        return holder(List.of(statement));
    }

    private static S3Target holder(Map<String, Object> statement, Map<String, Object> another) throws IOException {
        return holder(List.of(statement, another));
    }

    private static S3Target holder(List<Map<String, Object>> statements) throws IOException {
        JsonNode made = owner.admin()
                .client()
                .post(credentials, Map.of("name", "limited", "policy", policy(statements)))
                .ok();
        return stack.s3(
                made.get("access_key_id").asText(),
                made.get("secret_access_key").asText());
    }

    private static String outcome(S3Target as, String method, String uri) throws IOException {
        return answer(as, SignedRequest.of(as, method, uri).body(method.equals("PUT") ? CONTENT : new byte[0]), method)
                .outcome();
    }

    private static Answer answer(S3Target as, SignedRequest request, String method) throws IOException {
        try (RawHttp http = RawHttp.connect(as)) {
            http.send(request.bytes());
            return method.equals("HEAD") ? http.head() : http.answer();
        }
    }

    /** Of a key in a spelling of its own, under the signature of the key that it spells. */
    private static String outcomeSpelt(S3Target as, String method, String spelling) throws IOException {
        String key = URLDecoder.decode(spelling.replace("+", "%2B"), UTF_8);
        String canonical = at(URLEncoder.encode(key, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~")
                .replace("%2F", "/"));
        SignedRequest request =
                SignedRequest.of(as, method, canonical).body(method.equals("PUT") ? CONTENT : new byte[0]);
        String sent = new String(request.bytes(), ISO_8859_1)
                .replaceFirst(Pattern.quote(canonical), Matcher.quoteReplacement(at(spelling)));
        try (RawHttp http = RawHttp.connect(as)) {
            http.send(sent.getBytes(ISO_8859_1));
            return http.answer().outcome();
        }
    }

    private static String at(String key) {
        return "/" + bucket + "/" + key;
    }

    @Test
    void readOnly() throws Exception {
        S3Target reader = holder(statement("Allow", List.of("s3:Get*", "s3:List*"), "*"));
        assertThat(outcome(reader, "GET", at("top"))).isEqualTo("200");
        assertThat(outcome(reader, "HEAD", at("top"))).isEqualTo("200");
        assertThat(outcome(reader, "GET", "/" + bucket + "?list-type=2")).isEqualTo("200");
        assertThat(outcome(reader, "GET", "/")).isEqualTo("200");
        assertThat(outcome(reader, "HEAD", "/" + bucket)).isEqualTo("200");
        assertThat(outcome(reader, "GET", at("missing"))).isEqualTo("404 NoSuchKey");
        assertThat(outcome(reader, "PUT", at("new"))).isEqualTo(DENIED);
        assertThat(outcome(reader, "DELETE", at("top"))).isEqualTo(DENIED);
        assertThat(outcome(reader, "DELETE", "/" + bucket)).isEqualTo(DENIED);
        assertThat(outcome(reader, "POST", at("new") + "?uploads=")).isEqualTo(DENIED);
        assertThat(outcome(reader, "PUT", "/b-" + UUID.randomUUID())).isEqualTo(DENIED);
        assertThat(outcome(owner.target(), "GET", at("top")))
                .as("the others go on")
                .isEqualTo("200");
    }

    @Test
    void writeOnlyLearnsNothingOfWhatIsThere() throws Exception {
        S3Target writer =
                holder(statement("Allow", List.of("s3:PutObject", "s3:AbortMultipartUpload"), bucket + "/drop/*"));
        assertThat(outcome(writer, "PUT", at("drop/x"))).isEqualTo("200");
        assertThat(outcome(writer, "PUT", at("top"))).isEqualTo(DENIED);
        for (String key : List.of("drop/x", "drop/missing", "top", "missing")) {
            assertThat(outcome(writer, "GET", at(key))).isEqualTo(DENIED);
            assertThat(outcome(writer, "HEAD", at(key))).isEqualTo("403");
        }
        assertThat(outcome(writer, "GET", "/" + bucket + "?uploads=")).isEqualTo(DENIED);
        assertThat(outcome(writer, "GET", "/")).isEqualTo(DENIED);
        String told = answer(writer, SignedRequest.of(writer, "GET", at("top")), "GET")
                .body();
        assertThat(told)
                .contains("User: " + writer.accessKey() + " is not authorized to perform: s3:GetObject on resource: ")
                .contains("arn:aws:s3:::" + bucket + "/top");
    }

    @Test
    void whatAnObjectIsLikeIsToldToWhoMayReadItAlone() throws Exception {
        List<String> writing =
                List.of("s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObjectAttributes");
        S3Target writer = holder(statement("Allow", writing, bucket + "/*"));
        S3Target reader = holder(statement("Allow", writing, bucket + "/*"), statement("Allow", "s3:GetObject", "*"));
        for (String request : List.of("GET top?attributes=", "PUT top", "DELETE top", "DELETE top?versionId=v")) {
            String method = request.split(" ")[0];
            String uri = at(request.split(" ")[1]);
            assertThat(aboutWhatIsThere(writer, method, uri)).isEqualTo(DENIED);
            assertThat(aboutWhatIsThere(reader, method, uri))
                    .isEqualTo(
                            uri.contains("versionId")
                                    ? DENIED
                                    : method.equals("GET") ? "200" : "412 PreconditionFailed");
        }
    }

    private static String aboutWhatIsThere(S3Target as, String method, String uri) throws IOException {
        SignedRequest asking = SignedRequest.of(as, method, uri).body(method.equals("PUT") ? CONTENT : new byte[0]);
        return answer(
                        as,
                        method.equals("GET")
                                ? asking.header("x-amz-object-attributes", "ObjectSize")
                                : asking.header("if-match", "\"another\""),
                        method)
                .outcome();
    }

    @Test
    void whoMayNotListDoesNotLearnWhatIsMissing() throws Exception {
        S3Target reader = holder(statement("Allow", "s3:GetObject", bucket + "/*"));
        assertThat(outcome(reader, "GET", at("top"))).isEqualTo("200");
        assertThat(outcome(reader, "GET", at("missing"))).isEqualTo(DENIED);
        assertThat(outcome(reader, "HEAD", at("missing"))).isEqualTo("403");
        assertThat(outcome(reader, "GET", at("top") + "?versionId=v")).isEqualTo(DENIED);
    }

    @Test
    void onePrefixIsLeftByNoSpelling() throws Exception {
        Map<String, Object> listing = Map.of(
                "Effect",
                "Allow",
                "Action",
                "s3:ListBucket",
                "Resource",
                "arn:aws:s3:::" + bucket,
                "Condition",
                Map.of("StringLike", Map.of("s3:prefix", "public/*")));
        S3Target limited = holder(statement("Allow", "s3:*", bucket + "/public/*"), listing);
        assertThat(outcome(limited, "GET", at("public/a"))).isEqualTo("200");
        assertThat(outcomeSpelt(limited, "GET", "public%2Fa"))
                .as("the same key")
                .isEqualTo("200");
        assertThat(outcomeSpelt(limited, "GET", "%70ubli%63/a"))
                .as("the same key")
                .isEqualTo("200");
        assertThat(outcome(limited, "GET", "/" + bucket + "?list-type=2&prefix=public%2F"))
                .isEqualTo("200");
        for (String key : List.of(
                "secret/a",
                "public",
                "Public/a",
                "public%252Fa",
                "public/../secret/a",
                "public/%2e%2e/secret/a",
                "public/..%2Fsecret/a",
                "public/%5C..%5Csecret/a",
                "public/./a",
                "public%00/a",
                "public%EF%BC%8Fa",
                "%70ublic")) {
            for (String method : List.of("GET", "PUT", "DELETE")) {
                assertThat(outcomeSpelt(limited, method, key))
                        .as(method + " " + key)
                        .isEqualTo(DENIED);
            }
        }
        for (String query : List.of(
                "",
                "?list-type=2",
                "?prefix=",
                "?prefix=secret%2F",
                "?prefix=public",
                "?Prefix=public%2F",
                "?prefix=public%2F&prefix=secret%2F",
                "?prefix=public%2F..%2Fsecret%2F",
                "?prefix=public%2F&versions=",
                "?prefix=public%2F&uploads=")) {
            assertThat(outcome(limited, "GET", "/" + bucket + query)).as(query).isEqualTo(DENIED);
        }
        assertThat(outcome(limited, "GET", at("secret/a?prefix=public%2F"))).isEqualTo(DENIED);
        assertThat(outcome(owner.target(), "GET", at("secret/a")))
                .as("nothing was deleted")
                .isEqualTo("200");
    }

    @Test
    void aListOfDeletionsIsHeldAgainstThePolicyKeyByKey() throws Exception {
        try (S3Client s3 = owner.client()) {
            for (String key : List.of("mine/1", "mine/2", "kept/1")) {
                s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(CONTENT));
            }
        }
        S3Target limited = holder(
                statement("Allow", "s3:Delete*", bucket + "/*"),
                statement("Deny", "s3:DeleteObject", bucket + "/kept/*"));
        String mixed = deleted(limited, "<Quiet>true</Quiet>", "mine/1", "kept/1", "mine/2");
        assertThat(mixed)
                .contains("<Error><Key>kept/1</Key><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>")
                .doesNotContain("mine");
        assertThat(outcome(owner.target(), "GET", at("kept/1"))).isEqualTo("200");
        assertThat(outcome(owner.target(), "GET", at("mine/1"))).isEqualTo("404 NoSuchKey");
        assertThat(outcome(owner.target(), "GET", at("mine/2"))).isEqualTo("404 NoSuchKey");
        assertThat(deleted(limited, "", "kept/1", "kept/../kept/1"))
                .contains("<Key>kept/1</Key>")
                .contains("<Key>kept/../kept/1</Key>")
                .doesNotContain("<Deleted>");
        assertThat(outcome(owner.target(), "GET", at("kept/1"))).isEqualTo("200");
    }

    private static String deleted(S3Target as, String quiet, String... keys) throws Exception {
        StringBuilder list = new StringBuilder("<Delete>" + quiet);
        for (String key : keys) {
            list.append("<Object><Key>").append(key).append("</Key></Object>");
        }
        byte[] body = list.append("</Delete>").toString().getBytes(UTF_8);
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(body));
        Answer answer = answer(
                as,
                SignedRequest.of(as, "POST", "/" + bucket + "?delete=")
                        .header("content-md5", md5)
                        .body(body),
                "POST");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void conditionsAreOfThisRequest() throws Exception {
        Map<String, Object> here = Map.of(
                "Effect", "Allow",
                "Action", "s3:GetObject",
                "Resource", "*",
                "Condition", Map.of("IpAddress", Map.of("aws:SourceIp", List.of("127.0.0.0/8", "::1"))));
        Map<String, Object> secure = Map.of(
                "Effect", "Deny",
                "Action", "*",
                "Resource", "*",
                "Condition", Map.of("Bool", Map.of("aws:SecureTransport", false)));
        assertThat(outcome(holder(here), "GET", at("top"))).isEqualTo("200");
        assertThat(outcome(holder(here, secure), "GET", at("top"))).isEqualTo(DENIED);
        Map<String, Object> presigned = Map.of(
                "Effect", "Allow",
                "Action", "s3:GetObject",
                "Resource", "*",
                "Condition", Map.of("StringEquals", Map.of("s3:authType", "REST-QUERY-STRING")));
        S3Target byLink = holder(presigned);
        assertThat(outcome(byLink, "GET", at("top"))).isEqualTo(DENIED);
        assertThat(Reading.of(byLink, bucket, "top").status()).isEqualTo(200);
        S3Target own = holder(statement("Allow", "s3:*", bucket + "/home/${aws:username}/*"));
        assertThat(outcome(own, "PUT", at("home/" + own.accessKey() + "/x"))).isEqualTo("200");
        assertThat(outcome(own, "PUT", at("home/another/x"))).isEqualTo(DENIED);
        S3Target gone = holder(statement("Allow", "s3:*", "no-such-bucket/*"));
        assertThat(outcome(gone, "GET", "/no-such-bucket/k")).isEqualTo("404 NoSuchBucket");
        assertThat(outcome(gone, "GET", at("top"))).isEqualTo(DENIED);
    }

    @Test
    void anotherPolicyIsInForceOnAnotherNodeAndCutsWhatItDoesNotAllow() throws Exception {
        S3Target reader = holder(statement("Allow", "s3:GetObject", "*"));
        try (S3Client s3 = owner.client()) {
            s3.putObject(r -> r.bucket(bucket).key("large"), RequestBody.fromBytes(new byte[MORE_THAN_SOCKETS_HOLD]));
        }
        try (Gateway other = stack.another()) {
            S3Target elsewhere = TenantStack.s3(other, reader.accessKey(), reader.secretKey());
            try (SlowDownload cut = new SlowDownload(elsewhere, bucket, "large");
                    SlowDownload allowed = new SlowDownload(
                            TenantStack.s3(other, owner.accessKey(), owner.secretKey()), bucket, "large")) {
                owner.admin()
                        .client()
                        .post(
                                credentials + "/" + reader.accessKey(),
                                Map.of("policy", policy(List.of(statement("Allow", "s3:GetObject", bucket + "/top")))))
                        .ok();
                Eventually.holds(
                        "it is heard of",
                        () -> Reading.of(elsewhere, bucket, "large").status() == 403);
                assertThat(Reading.of(elsewhere, bucket, "top").status()).isEqualTo(200);
                assertThat(cut.completes()).as("the stream under way").isFalse();
                assertThat(allowed.completes()).as("another credential's").isTrue();
            }
        }
    }
}
