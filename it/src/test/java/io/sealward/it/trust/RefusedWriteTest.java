package io.sealward.it.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Eventually;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Stack;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A write that is refused or breaks off leaves what was there before: an object, a part, or nothing. */
class RefusedWriteTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final byte[] OLD = "as it was".getBytes(UTF_8);
    private static final List<Integer> LENGTHS = List.of(0, 9, 65_536, 65_537, 200_000, 3 << 20);

    /** The ways in which a body turns out to be wrong. */
    private enum Fault {
        CRC32("400 BadDigest"),
        MD5("400 BadDigest"),
        SHA256("400 XAmzContentSHA256Mismatch"),
        CUT("refused");

        private final String outcome;

        Fault(String outcome) {
            this.outcome = outcome;
        }

        /** Sends the request with this fault, and gives the outcome. */
        String send(String uri, byte[] content) throws IOException {
            SignedRequest request = SignedRequest.of(STACK.gateway(), "PUT", uri);
            switch (this) {
                case CRC32 -> request.header("x-amz-checksum-crc32", "AAAAAQ==").body(content);
                case MD5 ->
                    request.header("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==").body(content);
                case SHA256 -> request.body(content).header("x-amz-content-sha256", SignedRequest.sha256(OLD));
                case CUT ->
                    request.body(content, SignedRequest.UNSIGNED_PAYLOAD)
                            .line("Content-Length: " + (content.length + 1));
            }
            try (RawHttp http = RawHttp.connect(STACK.gateway())) {
                http.send(request.bytes());
                if (this != CUT) {
                    return http.answer().outcome();
                }
                http.endOutput();
                return new String(http.rest(), UTF_8).startsWith("HTTP/1.1 2") ? "accepted" : outcome;
            }
        }
    }

    @Test
    void anObjectOrNothingIsLeftAsItWas() throws Exception {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            for (Fault fault : Fault.values()) {
                for (int length : LENGTHS) {
                    String name = fault + "-" + length;
                    client.putObject(r -> r.bucket(bucket).key("old-" + name), RequestBody.fromBytes(OLD));
                    byte[] content = Multipart.random(length, 8);
                    for (String key : List.of("old-" + name, "new-" + name)) {
                        assertThat(fault.send("/" + bucket + "/" + key, content))
                                .as(key)
                                .isEqualTo(fault.outcome);
                    }
                }
            }
            Eventually.holds(
                    "the store has let go of what it had of a body that was cut",
                    () -> list(client, bucket).size() == Fault.values().length * LENGTHS.size());
            for (S3Object object : list(client, bucket)) {
                assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key(object.key()))
                                .asByteArray())
                        .as(object.key())
                        .isEqualTo(OLD);
            }
        }
    }

    private static List<S3Object> list(S3Client client, String bucket) {
        return client.listObjectsV2(r -> r.bucket(bucket)).contents();
    }

    @Test
    void aPartIsLeftAsItWas() throws IOException {
        String bucket = STACK.bucket();
        byte[] content = Multipart.random(5 << 20, 9);
        try (S3Client client = STACK.client()) {
            Multipart upload = Multipart.begin(client, bucket, "key");
            upload.part(1, content);
            for (Fault fault : Fault.values()) {
                for (int length : LENGTHS) {
                    String uri = "/" + bucket + "/key?partNumber=1&uploadId=" + upload.id();
                    assertThat(fault.send(uri, Arrays.copyOf(content, length)))
                            .as("%s of %s bytes", fault, length)
                            .isEqualTo(fault.outcome);
                }
            }
            List<Part> parts = client.listParts(r -> r.bucket(bucket).key("key").uploadId(upload.id()))
                    .parts();
            assertThat(parts).extracting(Part::size).containsExactly((long) content.length);
            upload.complete();
            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("key")).asByteArray())
                    .isEqualTo(content);
        }
    }
}
