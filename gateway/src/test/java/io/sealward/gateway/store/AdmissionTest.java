package io.sealward.gateway.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.OwnBuckets;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.gateway.policy.Authority;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing passes to or from the store once a request is no more what it was admitted as, whatever operation it is. */
class AdmissionTest {
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>(.+)</UploadId>");

    private record Revocable(S3Credential sender, AdmissionTest test) implements Admission {
        @Override
        public Project project() {
            return sender.project();
        }

        @Override
        public Authority authority() {
            return Admission.lasting(sender).authority();
        }

        @Override
        public void requireHolding() {
            if (test.over) {
                throw new S3Exception(S3Error.NO_SUCH_BUCKET);
            }
        }
    }

    private final MemoryObjects objects = new MemoryObjects();
    private final LoopbackStore store = new LoopbackStore(objects);
    private final LoopbackGateway gateway = new LoopbackGateway(
            store,
            LoopbackGateway.Options.usual(),
            LoopbackSockets.counted(),
            OwnBuckets.admitting(credential -> new Revocable(credential, this)));
    private final RawClient client = gateway.connect();
    private String uploadId = "";
    private String etag = "";
    private volatile boolean over;

    @BeforeEach
    void begin() {
        ask("PUT", "/bkt/k", "before");
        Matcher id = UPLOAD_ID.matcher(ask("POST", "/bkt/k?uploads", "").text());
        assertThat(id.find()).isTrue();
        uploadId = id.group(1);
        etag = ask("PUT", "/bkt/k?partNumber=1&uploadId=" + uploadId, "part").header("etag");
    }

    @AfterEach
    void nothingIsHeld() {
        client.close();
        gateway.close();
        store.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private RawClient.Answer ask(String method, String target, String body) {
        return client.send(head(method, target, body) + body).answer();
    }

    private static String head(String method, String target, String body) {
        return method + " " + target + " HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + body.length() + "\r\n"
                + (body.isEmpty() ? "" : "Content-MD5: " + md5(body) + "\r\n") + "\r\n";
    }

    private static String md5(String body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(body.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has MD5
        }
    }

    private String filled(String text) {
        return text.replace("UPLOAD", uploadId).replace("ETAG", etag);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "PUT,    /bkt/k,                              after",
                "DELETE, /bkt/k,                              -",
                "GET,    /bkt/k,                              -",
                "POST,   /bkt/k?uploads,                      -",
                "PUT,    /bkt/k?partNumber=1&uploadId=UPLOAD, after",
                "GET,    /bkt/k?uploadId=UPLOAD,              -",
                "DELETE, /bkt/k?uploadId=UPLOAD,              -",
                "POST,   /bkt/k?uploadId=UPLOAD,              <CompleteMultipartUpload><Part><PartNumber>1</PartNumber>"
                        + "<ETag>ETAG</ETag></Part></CompleteMultipartUpload>",
                "POST,   /bkt?delete,                         <Delete><Object><Key>k</Key></Object></Delete>",
                "GET,    /bkt,                                -",
                "PUT,    /bkt,                                -",
                "DELETE, /bkt,                                -"
            })
    void noOperationHasAnEffect(String method, String target, String body) {
        String content = body == null ? "" : filled(body);
        String whole = head(method, filled(target), content) + content;
        int requests = store.requests().size();
        if (content.isEmpty()) {
            over = true;
            client.send(whole);
        } else {
            client.send(whole.substring(0, whole.length() - 1));
            over = true; // before the store is asked or in the midst of it, as it comes
            client.send(whole.substring(whole.length() - 1));
        }
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("<Code>NoSuchBucket</Code>");
        if (content.isEmpty()) {
            assertThat(store.requests()).hasSize(requests);
        }

        over = false;
        assertThat(ask("GET", "/bkt/k", "").text()).isEqualTo("before");
        String stores = etag.substring(1, etag.indexOf('-')); // without the receipt
        assertThat(ask("GET", "/bkt/k?uploadId=" + uploadId, "").text()).contains(stores);
    }

    @Test
    void anUploadUnderWayIsCutAtItsNextPiece() throws Exception {
        String content = "x".repeat(1_000_000);
        client.send(head("PUT", "/bkt/k", content) + content.substring(0, 500_000));
        Eventually.holds(() -> assertThat(
                        store.requests().stream().filter("PUT /bkt/k"::equals).count())
                .isEqualTo(2));
        over = true;
        client.send(content.substring(500_000, 999_999));
        assertThat(client.answer().text()).contains("<Code>NoSuchBucket</Code>");
        over = false;
        assertThat(gateway.connect().send(head("GET", "/bkt/k", "")).answer().text())
                .isEqualTo("before");
    }

    @Test
    void aDownloadUnderWayIsCut() throws Exception {
        String content = "x".repeat(16 << 20);
        ask("PUT", "/bkt/large", content);
        RawClient.Answer head = client.send(head("GET", "/bkt/large", "")).head();
        assertThat(head.status()).isEqualTo(200);
        over = true;
        assertThatThrownBy(() -> client.body(head)).hasRootCauseInstanceOf(IOException.class);
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
    }
}
