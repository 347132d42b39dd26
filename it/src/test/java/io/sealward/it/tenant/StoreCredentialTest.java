package io.sealward.it.tenant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.LocalKekConfig;
import io.sealward.gateway.config.ProjectConfig;
import io.sealward.gateway.config.S3Listener;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.QuickKeystore;
import io.sealward.it.store.EmbeddedS3Proxy;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.it.wire.Relay;
import io.sealward.providers.local.LocalKeystore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Two projects with credentials of their own at the store, one of them wrong, beside one that uses the gateway's. */
class StoreCredentialTest {
    private static final Pattern SIGNER = Pattern.compile("Credential=([^/]+)/");
    private static final byte[] CONTENT = Multipart.random(200_000, 5);
    /** Of unequal length, so that a gateway that did not complete them has to walk along their headers. */
    private static final List<byte[]> PARTS = List.of(
            Multipart.random(Multipart.SMALLEST_PART_BYTES + 1_000, 1),
            Multipart.random(Multipart.SMALLEST_PART_BYTES, 2),
            Multipart.random(70_000, 3));

    private EmbeddedS3Proxy store;
    private Relay relay;
    private GatewayConfig config;
    private Gateway gateway;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        store = EmbeddedS3Proxy.inMemory();
        store.grant("tenant-user", "tenant-secret");
        relay = new Relay(store.target().endpoint());
        char[] password = "password".toCharArray();
        Path keystore = QuickKeystore.at(folder.resolve("keystore.bcfks"), password);
        try (LocalKeystore keys = LocalKeystore.open(keystore, password)) {
            keys.createKey("kek");
        }
        config = GatewayConfig.of(
                S3Listener.loopback(0),
                StoreConfig.of(
                        relay.endpoint(),
                        store.target().accessKey(),
                        store.target().secretKey()),
                new LocalKekConfig(keystore, new Secret("password"), "kek"),
                List.of(
                        project("plain"),
                        project("own").withStore("tenant-user", "tenant-secret"),
                        project("wrong").withStore("tenant-user", "guessed-secret")));
        gateway = Gateway.start(config);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        relay.close();
        store.close();
    }

    private static ProjectConfig project(String name) {
        return ProjectConfig.of("org-" + name, "proj_" + name, name, name + "-client-secret")
                .withBuckets(List.of(name + "-*"));
    }

    /** A step of a client in its bucket. */
    private record Step(String name, BiConsumer<S3Client, String> action) {}

    @Test
    void everyRequestToTheStoreIsSignedWithTheCredentialOfItsProject() {
        List<Step> writing = List.of(
                new Step("CreateBucket", (s3, bucket) -> s3.createBucket(r -> r.bucket(bucket))),
                new Step("HeadBucket", (s3, bucket) -> s3.headBucket(r -> r.bucket(bucket))),
                new Step("GetBucketLocation", (s3, bucket) -> s3.getBucketLocation(r -> r.bucket(bucket))),
                new Step("ListBuckets", (s3, bucket) -> assertThat(
                                s3.listBuckets().buckets())
                        .singleElement()
                        .satisfies(found -> assertThat(found.name()).isEqualTo(bucket))),
                new Step(
                        "PutObject",
                        (s3, bucket) -> s3.putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromBytes(CONTENT))),
                new Step("Multipart", (s3, bucket) -> Multipart.upload(s3, bucket, "parts", PARTS)),
                new Step("ListParts, ListMultipartUploads, AbortMultipartUpload", (s3, bucket) -> {
                    Multipart upload = Multipart.begin(s3, bucket, "aborted");
                    upload.part(1, CONTENT);
                    s3.listParts(r -> r.bucket(bucket).key("aborted").uploadId(upload.id()));
                    s3.listMultipartUploads(r -> r.bucket(bucket));
                    s3.abortMultipartUpload(r -> r.bucket(bucket).key("aborted").uploadId(upload.id()));
                }));
        List<Step> reading = List.of(
                new Step("HeadObject of unknown layout", (s3, bucket) -> assertThat(
                                s3.headObject(r -> r.bucket(bucket).key("parts"))
                                        .contentLength())
                        .isEqualTo(PARTS.stream().mapToLong(part -> part.length).sum())),
                new Step("GetObject", (s3, bucket) -> assertThat(read(s3, bucket, "k", "bytes=0-"))
                        .isEqualTo(CONTENT)),
                new Step("GetObject of a range", (s3, bucket) -> assertThat(read(s3, bucket, "parts", "bytes=0-999"))
                        .isEqualTo(Multipart.random(1_000, 1))),
                new Step("ListObjectsV2", (s3, bucket) -> s3.listObjectsV2(r -> r.bucket(bucket))),
                new Step("ListObjects", (s3, bucket) -> s3.listObjects(r -> r.bucket(bucket))),
                new Step(
                        "DeleteObject",
                        (s3, bucket) -> s3.deleteObject(r -> r.bucket(bucket).key("k"))),
                new Step(
                        "DeleteObjects",
                        (s3, bucket) -> s3.deleteObjects(r -> r.bucket(bucket)
                                .delete(d -> d.objects(
                                        ObjectIdentifier.builder().key("parts").build())))),
                new Step("DeleteBucket", (s3, bucket) -> s3.deleteBucket(r -> r.bucket(bucket))));

        eachInTurn(gateway, writing);
        try (Gateway other = Gateway.start(config)) { // which does not know where the parts lie
            eachInTurn(other, reading);
        }
    }

    @Test
    void aWrongCredentialIsItsOwnProjectsTroubleOnly() {
        try (S3Client wrong = client(gateway, "wrong");
                S3Client own = client(gateway, "own")) {
            assertThatThrownBy(() -> wrong.listObjectsV2(r -> r.bucket("wrong-bucket")))
                    .isInstanceOfSatisfying(S3Exception.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(503);
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ServiceUnavailable");
                        assertThat(e.getMessage()).doesNotContain("tenant-user", "ignature");
                    });
            assertThatThrownBy(
                            () -> wrong.headObject(r -> r.bucket("wrong-bucket").key("k")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
            own.createBucket(r -> r.bucket("own-bucket"));
            own.putObject(r -> r.bucket("own-bucket").key("k"), RequestBody.fromBytes(CONTENT));
            assertThat(read(own, "own-bucket", "k", "bytes=0-")).isEqualTo(CONTENT);
        }
    }

    private void eachInTurn(Gateway through, List<Step> steps) {
        try (S3Client own = client(through, "own");
                S3Client plain = client(through, "plain")) {
            for (Step step : steps) {
                step.action().accept(own, "own-bucket");
                assertThat(signers()).as("own: " + step.name()).containsExactly("tenant-user");
                step.action().accept(plain, "plain-bucket");
                assertThat(signers())
                        .as("plain: " + step.name())
                        .containsExactly(store.target().accessKey());
            }
        }
    }

    /** Whose signatures have gone to the store since it was last asked. */
    private Set<String> signers() {
        String sent = new String(relay.sent(), ISO_8859_1);
        relay.forget();
        Stream<MatchResult> found = SIGNER.matcher(sent).results();
        return found.map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static byte[] read(S3Client s3, String bucket, String key, String range) {
        return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key).range(range)).asByteArray();
    }

    private static S3Client client(Gateway gateway, String project) {
        URI endpoint = URI.create("http://127.0.0.1:" + gateway.s3Address().getPort());
        return SdkClients.builder(S3Target.of(endpoint, project, project + "-client-secret"))
                .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }
}
