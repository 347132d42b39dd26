package io.sealward.it.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.it.stack.Eventually;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Reading;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SlowDownload;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A request withholds its last byte until it is no more what it was admitted as: it must have no effect. */
class ReclaimTest {
    private static final int MORE_THAN_SOCKETS_HOLD = 32 << 20;
    private static final byte[] CONTENT = Multipart.random(1_000, 7);

    private TenantStack stack;
    private Gateway other;
    private Tenant a;
    private Tenant b;

    /** Where the request is under way, seen from the gateway where all else happens. */
    private enum Node {
        SAME,
        OTHER
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        stack = new TenantStack(new LocalTestCloud(folder), folder, KeyCacheConfig.DEFAULT, 2);
        other = stack.another();
        a = stack.tenant();
        b = stack.tenant();
    }

    @AfterEach
    void stop() {
        other.close();
        stack.close();
    }

    @ParameterizedTest
    @EnumSource
    void aPutDoesNotReachTheNextOwnerOfTheName(Node node) throws Exception {
        String bucket = bucket(node);
        attack(node, bucket, SignedRequest.of(of(a, node), "PUT", "/" + bucket + "/k"), CONTENT);
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionDoesNotReachTheNextOwnerOfTheName(Node node) throws Exception {
        String bucket = bucket(node);
        byte[] delete = "<Delete><Object><Key>k</Key></Object></Delete>".getBytes(UTF_8);
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(delete));
        SignedRequest request = SignedRequest.of(of(a, node), "POST", "/" + bucket + "?delete=");
        attack(node, bucket, request.header("content-md5", md5), delete);
    }

    @ParameterizedTest
    @EnumSource
    void aPutOfARevokedCredentialStoresNothing(Node node) throws Exception {
        String bucket = bucket(node);
        S3Target owner = a.target();
        Tenant more = stack.anotherCredential(a, project(a));
        S3Target revoked = of(more, node);
        Eventually.holds("the credential is known", () -> ask(revoked, "GET", "/" + bucket)
                .equals("200"));
        try (RawHttp slow = withheld(SignedRequest.of(revoked, "PUT", "/" + bucket + "/k"), CONTENT)) {
            a.admin()
                    .client()
                    .delete(project(a) + "/s3_credentials/" + more.accessKey())
                    .ok();
            Eventually.holds(
                    "the gateway knows", () -> ask(revoked, "GET", "/" + bucket).equals("403 InvalidAccessKeyId"));
            slow.send(Arrays.copyOfRange(CONTENT, CONTENT.length - 1, CONTENT.length));
            assertThat(slow.answer().outcome()).isEqualTo("403 InvalidAccessKeyId");
            assertThat(ask(owner, "GET", "/" + bucket + "/k")).isEqualTo("404 NoSuchKey");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamOfAnArchivedProjectIsCut(Node node) throws Exception {
        String bucket = bucket(node);
        try (S3Client client = a.client()) {
            client.putObject(
                    r -> r.bucket(bucket).key("large"), RequestBody.fromBytes(new byte[MORE_THAN_SOCKETS_HOLD]));
        }
        try (SlowDownload download = new SlowDownload(of(a, node), bucket, "large")) {
            a.admin().client().post(project(a) + "/archive", Map.of()).ok();
            Eventually.holds("the gateway knows", () -> ask(of(a, node), "GET", "/" + bucket)
                    .equals("403 InvalidAccessKeyId"));
            assertThat(download.completes()).isFalse();
        }
    }

    private static String project(Tenant tenant) throws Exception {
        return "/v1/organization/projects/"
                + tenant.admin()
                        .client()
                        .get("/v1/organization/projects")
                        .ok()
                        .at("/data/0/id")
                        .asText();
    }

    private S3Target of(Tenant tenant, Node node) {
        return node == Node.SAME ? tenant.target() : TenantStack.s3(other, tenant.accessKey(), tenant.secretKey());
    }

    private String bucket(Node node) throws Exception {
        String bucket = a.bucket();
        Eventually.holds("the gateway knows the bucket", () -> ask(of(a, node), "GET", "/" + bucket)
                .equals("200"));
        return bucket;
    }

    /** Sends all but the last byte, to a gateway that has admitted the request. */
    private static RawHttp withheld(SignedRequest request, byte[] body) throws Exception {
        RawHttp http = RawHttp.connect(request.target());
        http.send(request.body(body).line("Expect: 100-continue").head());
        assertThat(http.status()).isEqualTo(100);
        http.send(Arrays.copyOf(body, body.length - 1));
        return http;
    }

    private static String ask(S3Target target, String method, String uri) throws Exception {
        return ask(SignedRequest.of(target, method, uri));
    }

    private static String ask(SignedRequest request) throws Exception {
        try (RawHttp http = RawHttp.connect(request.target())) {
            http.send(request.bytes());
            return http.answer().outcome();
        }
    }

    private void attack(Node node, String bucket, SignedRequest request, byte[] body) throws Exception {
        try (RawHttp slow = withheld(request, body)) {
            assertThat(ask(a.target(), "DELETE", "/" + bucket)).isEqualTo("204");
            assertThat(ask(b.target(), "PUT", "/" + bucket))
                    .as("while a gateway may act for the old owner")
                    .isEqualTo("409 OperationAborted");
            Eventually.holds("the gateway knows", () -> ask(of(b, node), "GET", "/" + bucket)
                    .equals("404 NoSuchBucket")); // and before that AccessDenied
            stack.letNamesRest();
            assertThat(ask(b.target(), "PUT", "/" + bucket)).isEqualTo("200");
            assertThat(ask(SignedRequest.of(b.target(), "PUT", "/" + bucket + "/k")
                            .body(CONTENT)))
                    .isEqualTo("200");

            slow.send(Arrays.copyOfRange(body, body.length - 1, body.length));
            assertThat(slow.answer().outcome()).isEqualTo("404 NoSuchBucket");
            assertThat(Reading.of(b.target(), bucket, "k").body()).isEqualTo(CONTENT);
        }
    }
}
