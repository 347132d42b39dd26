package io.sealward.it.traps;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Stack;
import io.sealward.it.store.SdkClients;
import io.sealward.it.wire.Answer;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Chunks and trailers that were not signed must not become an object, nor must the store see an end to them. */
class ForgedChunksTest {
    private static final int CHUNK_BYTES = 8192;
    private static final byte[] CONTENT = "0123456789abcdef".repeat(1280).getBytes(UTF_8);
    private static final String TRAILER = "x-amz-checksum-sha256:" + sha256Base64();

    @RegisterExtension
    static final Stack STACK = Stack.http();

    private String bucket;
    private SignedRequest request;
    private byte[] body;

    @BeforeEach
    void sign() {
        bucket = STACK.bucket();
        request = request(CONTENT.length);
        int length = request.chunks(CONTENT, CHUNK_BYTES, TRAILER).length;
        request.line("Content-Length: " + length).head();
        body = request.chunks(CONTENT, CHUNK_BYTES, TRAILER);
    }

    @AfterEach
    void nothingIsStored() {
        try (S3Client behind = STACK.behind()) {
            assertThat(behind.listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
        }
    }

    @Test
    void whatIsNotForgedIsStored() throws IOException {
        assertThat(send(body).status()).isEqualTo(200);
        try (S3Client client = STACK.client()) {
            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("key")).asByteArray())
                    .isEqualTo(CONTENT);
            client.deleteObject(r -> r.bucket(bucket).key("key"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aChunkWhoseSignatureIsFlipped(int chunk) throws IOException {
        int at = -1;
        for (int i = 0; i < chunk; i++) {
            at = new String(body, ISO_8859_1).indexOf("chunk-signature=", at + 1);
        }
        flip(at + "chunk-signature=".length() + 5);

        assertThat(send(body).outcome()).isEqualTo("403 SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8191, 8192, 20479})
    void aByteThatIsFlipped(int position) throws IOException {
        int header = Integer.toHexString(CHUNK_BYTES).length() + ";chunk-signature=".length() + 64 + 2;
        int chunk = position / CHUNK_BYTES;
        flip(position + (chunk + 1) * header + 2 * chunk);

        assertThat(send(body).outcome()).isEqualTo("403 SignatureDoesNotMatch");
    }

    @Test
    void aTrailerWithAnyOfItsBytesFlipped() throws IOException {
        int start = new String(body, ISO_8859_1).indexOf(TRAILER);
        for (int at = start; at < body.length - 4; at += 3) {
            flip(at);

            Answer answer = send(body);

            assertThat(answer.status())
                    .as("byte %s: %s", at - start, answer.body())
                    .isBetween(400, 403);
            assertThat(answer.code()).isNotEmpty();
            flip(at);
        }
    }

    @Test
    void aTrailerThatIsLeftOut() throws IOException {
        int start = new String(body, ISO_8859_1).indexOf(TRAILER);
        byte[] without = SignedRequest.join(java.util.Arrays.copyOf(body, start), "\r\n".getBytes(UTF_8));
        request = request(CONTENT.length).line("Content-Length: " + without.length);

        assertThat(send(without).status()).isBetween(400, 403);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, -20480, 100_000})
    void aDecodedLengthThatIsNotTheContents(int difference) throws IOException {
        request = request(CONTENT.length + difference).line("Content-Length: " + body.length);
        request.head();

        assertThat(send(request.chunks(CONTENT, CHUNK_BYTES, TRAILER)).outcome())
                .isEqualTo("400 IncompleteBody");
    }

    @Test
    void credentialsInTheQueryWithASignedStream() throws IOException {
        URI url;
        try (S3Presigner presigner = SdkClients.presigner(STACK.gateway())) {
            url = URI.create(presigner
                    .presignPutObject(r -> r.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(p -> p.bucket(bucket).key("key")))
                    .url()
                    .toString());
        }
        for (String hash : new String[] {
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
        }) {
            String head =
                    "PUT " + url.getRawPath() + '?' + url.getRawQuery() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                            + "\r\nx-amz-content-sha256: " + hash + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            try (RawHttp http = RawHttp.connect(STACK.gateway())) {
                http.send(SignedRequest.join(head.getBytes(UTF_8), body));
                assertThat(http.answer().outcome()).isIn("400 InvalidRequest", "403 AccessDenied");
            }
        }
    }

    private SignedRequest request(int decodedLength) {
        SignedRequest signed = SignedRequest.of(STACK.gateway(), "PUT", "/" + bucket + "/key")
                .body(new byte[0], "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")
                .header("content-encoding", "aws-chunked")
                .header("x-amz-decoded-content-length", Integer.toString(decodedLength))
                .header("x-amz-trailer", "x-amz-checksum-sha256");
        signed.head();
        return signed;
    }

    private void flip(int at) {
        body[at] ^= 1;
    }

    private Answer send(byte[] chunks) throws IOException {
        try (RawHttp http = RawHttp.connect(STACK.gateway())) {
            http.send(SignedRequest.join(request.head(), chunks));
            return http.answer();
        }
    }

    private static String sha256Base64() {
        return java.util.Base64.getEncoder()
                .encodeToString(java.util.HexFormat.of().parseHex(SignedRequest.sha256(CONTENT)));
    }
}
