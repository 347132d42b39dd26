package io.sealward.it.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.it.stack.Multipart;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.it.wire.Answer;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Whom the policy of a bucket lets in through the gateway, and what all it keeps out. */
class BucketPolicyTest {
    private static final byte[] CONTENT = Multipart.random(1_000, 8);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DENIED = "403 AccessDenied";

    private static TenantStack stack;
    private static Tenant owner;
    private static S3Target partner;
    private static S3Target stranger;
    private static String partnerProject;
    private static String ownerProject;

    private String bucket = "";

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        stack = new TenantStack(new LocalTestCloud(folder), folder, KeyCacheConfig.DEFAULT, 2);
        owner = stack.tenant();
        stranger = stack.tenant().target();
        ownerProject = owner.admin()
                .client()
                .get("/v1/organization/projects")
                .ok()
                .at("/data/0/id")
                .asText();
        partnerProject = owner.admin()
                .client()
                .post("/v1/organization/projects", Map.of("name", "partner", "external_key_id", owner.externalKeyId()))
                .ok()
                .path("id")
                .asText();
        partner = credential(partnerProject, Map.of("name", "partner"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static S3Target credential(String project, Map<String, Object> wish) throws IOException {
        JsonNode made = owner.admin()
                .client()
                .post("/v1/organization/projects/" + project + "/s3_credentials", wish)
                .ok();
        return stack.s3(
                made.get("access_key_id").asText(),
                made.get("secret_access_key").asText());
    }

    @BeforeEach
    void fill() {
        bucket = owner.bucket();
        try (S3Client s3 = owner.client()) {
            for (String key : List.of("open/a", "secret/a")) {
                s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(CONTENT));
            }
        }
    }

    private static Map<String, Object> statement(
            String effect, String principal, List<String> actions, String... resources) {
        List<String> arns = new ArrayList<>();
        for (String resource : resources) {
            arns.add("arn:aws:s3:::" + resource);
        }
        return Map.of("Effect", effect, "Principal", Map.of("AWS", principal), "Action", actions, "Resource", arns);
    }

    private String set(Map<String, Object> statement) throws IOException {
        return set(List.of(statement));
    }

    private String set(List<Map<String, Object>> statements) throws IOException {
        return put(JSON.writeValueAsString(Map.of("Version", "2012-10-17", "Statement", statements)));
    }

    private String put(String policy) throws IOException {
        return answer(
                        owner.target(),
                        SignedRequest.of(owner.target(), "PUT", "/" + bucket + "?policy=")
                                .body(policy.getBytes(UTF_8)))
                .outcome();
    }

    private static Answer answer(S3Target as, SignedRequest request) throws IOException {
        try (RawHttp http = RawHttp.connect(as)) {
            http.send(request.bytes());
            return http.answer();
        }
    }

    private static String outcome(S3Target as, String method, String uri) throws IOException {
        return answer(as, SignedRequest.of(as, method, uri).body(method.equals("PUT") ? CONTENT : new byte[0]))
                .outcome();
    }

    private static String copy(S3Target as, String source, String target) throws IOException {
        return answer(
                        as,
                        SignedRequest.of(as, "PUT", target)
                                .header("x-amz-copy-source", source)
                                .body(new byte[0]))
                .outcome();
    }

    private String at(String key) {
        return "/" + bucket + "/" + key;
    }

    @Test
    void anotherProjectReadsWhatItMayAndNothingElse() throws Exception {
        assertThat(outcome(partner, "GET", at("open/a"))).isEqualTo(DENIED);
        assertThat(set(statement("Allow", partnerProject, List.of("s3:GetObject"), bucket + "/open/*")))
                .isEqualTo("204");
        assertThat(outcome(partner, "GET", at("open/a"))).isEqualTo("200");
        assertThat(answer(partner, SignedRequest.of(partner, "GET", at("open/a")))
                        .body())
                .isEqualTo(new String(CONTENT, UTF_8));
        assertThat(outcome(partner, "GET", at("open/missing")))
                .as("what is not there is not told")
                .isEqualTo(DENIED);
        for (String other : List.of(
                at("secret/a"),
                at("open/../secret/a"),
                at("open/a") + "?acl=",
                at("open/a") + "?attributes=",
                at("open/a") + "?tagging=",
                at("open/a") + "?versionId=null",
                "/" + bucket,
                "/" + bucket + "?list-type=2&prefix=open%2F",
                "/" + bucket + "?versions=",
                "/" + bucket + "?uploads=",
                "/" + bucket + "?policy=",
                "/" + bucket + "?policyStatus=",
                "/" + bucket + "?location=")) {
            assertThat(outcome(partner, "GET", other)).as(other).isEqualTo(DENIED);
        }
        assertThat(outcome(partner, "PUT", at("open/a"))).isEqualTo(DENIED);
        assertThat(outcome(partner, "DELETE", at("open/a"))).isEqualTo(DENIED);
        assertThat(outcome(partner, "POST", at("open/a") + "?uploads=")).isEqualTo(DENIED);
        assertThat(outcome(partner, "DELETE", "/" + bucket)).isEqualTo(DENIED);
    }

    @Test
    void anotherProjectWritesUnderTheBucketsKey() throws Exception {
        set(statement("Allow", partnerProject, List.of("s3:PutObject", "s3:AbortMultipartUpload"), bucket + "/in/*"));
        assertThat(outcome(partner, "PUT", at("in/a"))).isEqualTo("200");
        assertThat(outcome(partner, "GET", at("in/a"))).isEqualTo(DENIED);
        assertThat(answer(owner.target(), SignedRequest.of(owner.target(), "GET", at("in/a")))
                        .body())
                .isEqualTo(new String(CONTENT, UTF_8));
        try (S3Client s3 = SdkClients.sync(partner)) {
            String id = s3.createMultipartUpload(r -> r.bucket(bucket).key("in/parts"))
                    .uploadId();
            String etag = s3.uploadPart(
                            r -> r.bucket(bucket).key("in/parts").uploadId(id).partNumber(1),
                            RequestBody.fromBytes(CONTENT))
                    .eTag();
            s3.completeMultipartUpload(r -> r.bucket(bucket)
                    .key("in/parts")
                    .uploadId(id)
                    .multipartUpload(u -> u.parts(
                            CompletedPart.builder().partNumber(1).eTag(etag).build())));
        }
        assertThat(answer(owner.target(), SignedRequest.of(owner.target(), "GET", at("in/parts")))
                        .body())
                .isEqualTo(new String(CONTENT, UTF_8));
    }

    @Test
    void aCopyNeedsBothSides() throws Exception {
        String own = "b-" + UUID.randomUUID();
        assertThat(answer(partner, SignedRequest.of(partner, "PUT", "/" + own).body(new byte[0]))
                        .outcome())
                .isEqualTo("200");
        assertThat(copy(partner, at("open/a"), "/" + own + "/a")).isEqualTo(DENIED);
        set(List.of(
                statement("Allow", partnerProject, List.of("s3:GetObject"), bucket + "/*"),
                statement("Deny", "*", List.of("s3:GetObject"), bucket + "/secret/*")));
        assertThat(copy(partner, at("open/a"), "/" + own + "/a")).isEqualTo("200");
        assertThat(answer(partner, SignedRequest.of(partner, "GET", "/" + own + "/a"))
                        .body())
                .isEqualTo(new String(CONTENT, UTF_8));
        for (String spelt : List.of(at("secret/a"), at("secret%2Fa"), bucket + "/secret/a", at("open/../secret/a"))) {
            assertThat(copy(partner, spelt, "/" + own + "/b")).as(spelt).isEqualTo(DENIED);
            assertThat(copy(owner.target(), spelt, at("open/b")))
                    .as("the owner's, too")
                    .isEqualTo(DENIED);
        }
        assertThat(copy(partner, at("open/a"), at("open/c"))).isEqualTo(DENIED);
    }

    /** To MinIO and versitygw the other spellings are the same object. */
    @Test
    void aDenialBindsWhateverSlashesAreBetween() throws Exception {
        set(List.of(
                statement("Allow", partnerProject, List.of("s3:*"), bucket + "/*"),
                statement("Deny", "*", List.of("s3:*"), bucket + "/secret/*")));
        for (String key : List.of("/secret/a", "//secret/a", "secret//a", "/secret//a")) {
            for (S3Target as : List.of(partner, owner.target())) {
                for (String method : List.of("GET", "PUT", "DELETE")) {
                    assertThat(outcome(as, method, at(key)))
                            .as(method + " " + key)
                            .isEqualTo(DENIED);
                }
                assertThat(copy(as, at("open/a"), at(key))).as(key).isEqualTo(DENIED);
                assertThat(copy(as, at(key), at("open/b"))).as(key).isEqualTo(DENIED);
            }
        }
        assertThat(outcome(partner, "PUT", at("open//a"))).isEqualTo("200");
    }

    @Test
    void aDenialBindsTheOwnersCredentialsByEveryWayToTheBytes() throws Exception {
        set(statement("Deny", ownerProject, List.of("s3:GetObject*", "S3:PUTOBJECT"), bucket + "/secret/*"));
        S3Target as = owner.target();
        assertThat(outcome(as, "GET", at("secret/a"))).isEqualTo(DENIED);
        assertThat(outcome(as, "GET", at("secret/a") + "?versionId=null")).isEqualTo(DENIED);
        assertThat(outcome(as, "GET", at("secret/a") + "?partNumber=1")).isEqualTo(DENIED);
        assertThat(outcome(as, "GET", at("open/../secret/a"))).isEqualTo(DENIED);
        assertThat(outcome(as, "PUT", at("secret/a"))).isEqualTo(DENIED);
        assertThat(outcome(as, "POST", at("secret/a") + "?uploads=")).isEqualTo(DENIED);
        assertThat(copy(as, at("open/a"), at("secret/b"))).isEqualTo(DENIED);
        assertThat(copy(as, at("secret/a"), at("open/b"))).isEqualTo(DENIED);
        assertThat(outcome(as, "GET", at("open/a"))).isEqualTo("200");
    }

    @Test
    void noPolicyReachesAnotherOrganizationNorWhoHasSignedNothing() throws Exception {
        set(statement("Allow", "*", List.of("s3:*"), bucket, bucket + "/*"));
        assertThat(outcome(partner, "GET", at("open/a"))).isEqualTo("200");
        assertThat(outcome(stranger, "GET", at("open/a"))).isEqualTo(DENIED);
        assertThat(outcome(stranger, "PUT", at("open/a"))).isEqualTo(DENIED);
        try (RawHttp http = RawHttp.connect(partner)) {
            http.send(("GET " + at("open/a") + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(UTF_8));
            assertThat(http.answer().outcome()).isEqualTo(DENIED);
        }
        assertThat(outcome(partner, "GET", "/" + bucket + "?policy="))
                .as("whatever it says")
                .isEqualTo("405 MethodNotAllowed");
        assertThat(outcome(partner, "DELETE", "/" + bucket + "?policy=")).isEqualTo("405 MethodNotAllowed");
    }

    @Test
    void thePoliciesOfBothSidesCountAndEndWithTheirCredential() throws Exception {
        set(statement("Allow", partnerProject, List.of("s3:*"), bucket, bucket + "/*"));
        S3Target limited = credential(
                partnerProject,
                Map.of(
                        "name",
                        "limited",
                        "policy",
                        Map.of(
                                "Version",
                                "2012-10-17",
                                "Statement",
                                Map.of("Effect", "Allow", "Action", "s3:PutObject", "Resource", "*"))));
        assertThat(outcome(limited, "GET", at("open/a"))).isEqualTo(DENIED);
        assertThat(outcome(limited, "PUT", at("open/a"))).isEqualTo("200");
        owner.admin()
                .client()
                .delete("/v1/organization/projects/" + partnerProject + "/s3_credentials/" + limited.accessKey())
                .ok();
        assertThat(outcome(limited, "PUT", at("open/a"))).isEqualTo("403 InvalidAccessKeyId");
    }

    @Test
    void whoIsRefusedHearsWhereTheBucketIs() throws Exception {
        Answer refused = answer(stranger, SignedRequest.of(stranger, "GET", "/" + bucket));
        assertThat(refused.outcome()).isEqualTo(DENIED);
        assertThat(refused.headers()).containsEntry("x-amz-bucket-region", S3Target.REGION);
        Answer none = answer(stranger, SignedRequest.of(stranger, "GET", "/" + bucket + "-none"));
        assertThat(none.outcome()).isEqualTo("404 NoSuchBucket");
        assertThat(none.headers()).doesNotContainKey("x-amz-bucket-region");
    }

    @Test
    void policiesAreKeptAndToldAsTheyWereWritten() throws Exception {
        S3Target as = owner.target();
        for (String asked : List.of("policy", "policyStatus")) {
            assertThat(outcome(as, "GET", "/" + bucket + "?" + asked + "=")).isEqualTo("404 NoSuchBucketPolicy");
        }
        String policy = "{ \"Version\":\"2012-10-17\", \"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::" + bucket + "\"}]}";
        assertThat(put(policy)).isEqualTo("204");
        assertThat(answer(as, SignedRequest.of(as, "GET", "/" + bucket + "?policy="))
                        .body())
                .isEqualTo(policy);
        assertThat(answer(as, SignedRequest.of(as, "GET", "/" + bucket + "?policyStatus="))
                        .body())
                .contains("<IsPublic>true</IsPublic>");
        for (String malformed : List.of(
                "",
                "[]",
                "{}",
                policy.replace("ListBucket", "ListBuckets"),
                policy.replace(bucket, bucket + "x"),
                policy.replace("\"*\"", "{\"AWS\":\"proj_unknown\"}"),
                "{\"a\":".repeat(4_000),
                policy + " ".repeat(20 << 10))) {
            assertThat(put(malformed)).isEqualTo("400 MalformedPolicy");
        }
        assertThat(outcome(as, "DELETE", "/" + bucket + "?policy=")).isEqualTo("204");
        assertThat(outcome(as, "DELETE", "/" + bucket + "?policy=")).isEqualTo("204");
        assertThat(outcome(as, "GET", "/" + bucket + "?policy=")).isEqualTo("404 NoSuchBucketPolicy");
    }
}
