package io.sealward.it.traps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Stack;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;

/** A body whose end never came is stored by whoever takes the end of the stream for the end of the body. */
class CutUploadTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final byte[] CONTENT = "twenty bytes exactly".getBytes(UTF_8);

    /** Every framing that a client may send a body in. */
    enum Framing {
        PLAIN {
            @Override
            byte[] body(SignedRequest request) {
                request.body(CONTENT);
                return CONTENT;
            }
        },
        SIGNED_CHUNKS {
            @Override
            byte[] body(SignedRequest request) {
                chunked(request, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
                return announced(request, request.chunks(CONTENT, 8192).length, 8192);
            }
        },
        SIGNED_CHUNKS_AND_TRAILER {
            @Override
            byte[] body(SignedRequest request) {
                chunked(request, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
                request.header("x-amz-trailer", "x-amz-checksum-crc32");
                return announced(request, request.chunks(CONTENT, 8192, CRC32).length, 8192, CRC32);
            }
        },
        UNSIGNED_CHUNKS_AND_TRAILER {
            @Override
            byte[] body(SignedRequest request) {
                chunked(request, "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
                byte[] body =
                        ("14\r\n" + new String(CONTENT, UTF_8) + "\r\n0\r\n" + CRC32 + "\r\n\r\n").getBytes(UTF_8);
                request.header("x-amz-trailer", "x-amz-checksum-crc32").line("Content-Length: " + body.length);
                return body;
            }
        };

        private static final String CRC32 = "x-amz-checksum-crc32:" + crc32();

        abstract byte[] body(SignedRequest request);

        private static void chunked(SignedRequest request, String contentSha256) {
            request.body(new byte[0], contentSha256)
                    .header("content-encoding", "aws-chunked")
                    .header("x-amz-decoded-content-length", Integer.toString(CONTENT.length));
        }

        /** The signature covers no Content-Length line, so that it can be told before the chunks are signed. */
        private static byte[] announced(SignedRequest request, int length, int chunkLength, String... trailers) {
            request.line("Content-Length: " + length).head();
            return request.chunks(CONTENT, chunkLength, trailers);
        }

        private static String crc32() {
            java.util.zip.CRC32 sum = new java.util.zip.CRC32();
            sum.update(CONTENT);
            return java.util.Base64.getEncoder()
                    .encodeToString(java.nio.ByteBuffer.allocate(4)
                            .putInt((int) sum.getValue())
                            .array());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyCutAfterAnyOfItsBytesNeverBecomesAnObject(Framing framing) throws IOException {
        String bucket = STACK.bucket();
        SignedRequest request = SignedRequest.of(STACK.gateway(), "PUT", "/" + bucket + "/key");
        byte[] body = framing.body(request);
        byte[] head = request.head();

        for (int length = 0; length < body.length; length++) {
            try (RawHttp http = RawHttp.connect(STACK.gateway())) {
                http.send(SignedRequest.join(head, Arrays.copyOf(body, length)));
                http.endOutput();
                assertThat(new String(http.rest(), UTF_8))
                        .as("cut after %s bytes", length)
                        .doesNotStartWith("HTTP/1.1 2");
            }
        }

        try (S3Client behind = STACK.behind()) {
            assertThat(behind.listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
        }
        try (RawHttp http = RawHttp.connect(STACK.gateway())) {
            http.send(SignedRequest.join(head, body));
            assertThat(http.answer().status()).as("the whole of it").isEqualTo(200);
        }
    }
}
