package io.sealward.gateway.object;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.providers.KmsError;
import java.io.OutputStream;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No request leaves a key in use behind, whichever way it ends. What is in use the canary asks the KMS for. */
class EveryExitTest {
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>(.+)</UploadId>");
    private static final int LENGTH = 1_000_000;

    private final MemoryObjects objects = new MemoryObjects();
    private final LoopbackStore store = new LoopbackStore(objects);
    private final LoopbackGateway gateway =
            new LoopbackGateway(store, LoopbackGateway.Options.usual().cacheTtl(Duration.ZERO));
    private final RawClient client = gateway.connect();

    @BeforeEach
    void store() {
        assertThat(ask("PUT", "/bkt/k", "", "x".repeat(LENGTH)).status()).isEqualTo(200);
        assertThat(ask("PUT", "/bkt/folder/", "", "").status()).isEqualTo(200);
    }

    @AfterEach
    void noKeyIsInUse() {
        Eventually.holds(() -> {
            int before = gateway.kek().unwraps();
            gateway.keys().tryKeksInUse(0, 1);
            assertThat(gateway.kek().unwraps()).isEqualTo(before);
        });
        client.close();
        gateway.close();
        store.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private RawClient.Answer ask(String method, String target, String headers, String body) {
        return client.send(head(method, target, headers, body.length()) + body).answer();
    }

    private static String head(String method, String target, String headers, int length) {
        return method + " " + target + " HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + length + "\r\n"
                + (headers.isEmpty() ? "" : headers + "\r\n") + "\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /bkt/k, '', 200",
        "GET, /bkt/k, Range: bytes=70000-70009, 206",
        "GET, /bkt/k, Range: bytes=2000000-, 416",
        "GET, /bkt/k, If-None-Match: *, 304",
        "GET, /bkt/k, If-Match: \"other\", 412",
        "GET, /bkt/folder/, '', 200",
        "GET, /bkt/none, '', 404",
        "PUT, /bkt/k, x-amz-server-side-encryption-aws-kms-key-id: other, 400",
        "PUT, /bkt/k, Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==, 400",
        "POST, /bkt/k?uploads, x-amz-server-side-encryption-aws-kms-key-id: other, 400",
        "POST, /bkt/k?uploads, '', 200"
    })
    void answered(String method, String target, String headers, int status) {
        assertThat(ask(method, target, headers, "").status()).isEqualTo(status);
    }

    @Test
    void damagedWhereTheAnswerHasNotBegun() {
        damage(100);
        assertThat(ask("GET", "/bkt/k", "", "").status()).isEqualTo(500);
    }

    @Test
    void damagedWhereTheAnswerHasBegun() {
        damage(objects.get("/bkt/k").bytes().length - 100);
        assertThat(client.send(head("GET", "/bkt/k", "", 0)).bytesUntilReset()).isLessThan(LENGTH);
    }

    private void damage(int at) {
        objects.change("/bkt/k", stored -> {
            byte[] bytes = stored.bytes().clone();
            bytes[at] ^= 1;
            return new MemoryObjects.Stored(stored.headers(), bytes);
        });
    }

    @Test
    void theStoreBreaksOff() {
        store.next(call -> {
            OutputStream out = call.socket().getOutputStream();
            MemoryObjects.Stored stored = objects.get("/bkt/k");
            StringBuilder answer =
                    new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: " + stored.bytes().length + "\r\n");
            stored.headers().forEach((name, value) -> answer.append(name + ": " + value + "\r\n"));
            out.write(answer.append("ETag: " + stored.etag() + "\r\n\r\n")
                    .toString()
                    .getBytes(US_ASCII));
            out.write(stored.bytes(), 0, stored.bytes().length / 2);
            out.flush();
            call.socket().close();
        });
        assertThat(client.send(head("GET", "/bkt/k", "", 0)).bytesUntilReset()).isLessThan(LENGTH);
    }

    @Test
    void theStoreRefusesAWrite() {
        store.next(call -> {
            call.socket()
                    .getOutputStream()
                    .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));
            call.socket().close();
        });
        assertThat(ask("PUT", "/bkt/k", "", "x").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"GET, 0", "PUT, 1000000"})
    void theClientLeaves(String method, int length) {
        try (RawClient leaving = gateway.connect()) {
            leaving.send(head(method, "/bkt/k", "", length));
        }
    }

    @Test
    void theKeyIsDenied() {
        gateway.kek().refuse(KmsError.REVOKED);
        assertThat(ask("GET", "/bkt/k", "", "").status()).isEqualTo(403);
        gateway.kek().allow();
    }

    @Test
    void anUploadOfParts() {
        Matcher id = UPLOAD_ID.matcher(ask("POST", "/bkt/parts?uploads", "", "").text());
        assertThat(id.find()).isTrue();
        String upload = "/bkt/parts?uploadId=" + id.group(1);
        String etag = ask("PUT", upload + "&partNumber=1", "", "part").header("etag");
        assertThat(ask("PUT", upload + "&partNumber=2", "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==", "part")
                        .status())
                .isEqualTo(400);
        String list = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
                + "</CompleteMultipartUpload>";
        String wrong = list.formatted(etag.replaceFirst("..\"?$", "AA\""));
        assertThat(ask("POST", upload, "", wrong).status()).isEqualTo(400);
        assertThat(ask("POST", upload, "", list.formatted(etag)).status()).isEqualTo(200);
        assertThat(ask("POST", upload, "", list.formatted(etag)).status()).isEqualTo(200); // sent again
        assertThat(ask("GET", "/bkt/parts?partNumber=1", "", "").status()).isEqualTo(206);
    }
}
