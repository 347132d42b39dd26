package io.sealward.gateway.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealward.gateway.s3.S3Exception;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An {@code aws-chunked} body is taken for one content or for none, however it arrives. */
class AwsChunkedFuzzTest {
    private static final byte[] CONTENT = "hello world".getBytes(UTF_8);
    private static final String CRC32 = "DUoRhQ==";

    /** Of many chunks, so that there is more than one to mix up. */
    private static final byte[] LONG = new byte[8192 + 100];

    private static final ChunkedUpload SIGNED = ChunkedUpload.signed(LONG, 8192);
    private static final ChunkedUpload SIGNED_TRAILER =
            ChunkedUpload.signedWithTrailer(CONTENT, 8192, "x-amz-checksum-crc32", CRC32, "\r\n");
    private static final ChunkedUpload UNSIGNED =
            ChunkedUpload.unsignedWithTrailer(CONTENT, "x-amz-checksum-crc32", CRC32);

    static Stream<byte[]> signed() {
        return Stream.of(SIGNED.body());
    }

    @MethodSource("signed")
    @FuzzTest
    void ofSignedChunksNothingElseEnds(byte[] body) {
        taken(SIGNED, body).ifPresent(content -> assertThat(content).isEqualTo(LONG));
    }

    static Stream<byte[]> signedTrailers() {
        return Stream.of(
                SIGNED_TRAILER.body(),
                ChunkedUpload.signedWithTrailer(CONTENT, 8192, "x-amz-checksum-crc32", CRC32, "\n\r\n")
                        .body());
    }

    @MethodSource("signedTrailers")
    @FuzzTest
    void ofSignedTrailersNothingElseEnds(byte[] body) {
        taken(SIGNED_TRAILER, body).ifPresent(content -> assertThat(content).isEqualTo(CONTENT));
    }

    static Stream<byte[]> unsigned() {
        return Stream.of(
                UNSIGNED.body(),
                ("0000b\r\nhello world\r\n0\r\nX-Amz-Checksum-CRC32: " + CRC32 + "\n\r\n\r\n").getBytes(ISO_8859_1),
                "b;a=b\r\nhello world\r\n00\r\n\r\n".getBytes(ISO_8859_1),
                "7fffffffffffffff\r\n".getBytes(ISO_8859_1));
    }

    @MethodSource("unsigned")
    @FuzzTest
    void anUnsignedBodyHasOneReading(byte[] body) {
        taken(UNSIGNED, body).ifPresent(content -> assertThat(content).isEqualTo(plainly(body)));
    }

    /** The content, or empty if it was refused; the same whatever the pieces, and never more than has come. */
    private static Optional<byte[]> taken(ChunkedUpload upload, byte[] body) {
        Optional<byte[]> whole = taken(upload, body, new int[] {});
        Optional<byte[]> bytes =
                taken(upload, body, IntStream.rangeClosed(1, body.length).toArray());
        assertThat(bytes.isPresent()).isEqualTo(whole.isPresent());
        whole.ifPresent(content -> assertThat(bytes.orElseThrow()).isEqualTo(content));
        return whole;
    }

    private static Optional<byte[]> taken(ChunkedUpload upload, byte[] body, int[] cuts) {
        CollectingSink sink = new CollectingSink();
        try {
            upload.withBody(body).decodeInto(sink, cuts);
            return Optional.of(sink.bytes());
        } catch (S3Exception refused) {
            assertThat(sink.finished()).isFalse();
            return Optional.empty();
        } finally {
            assertThat(sink.bytes().length).isLessThanOrEqualTo(body.length);
        }
    }

    /** A body that is known to be well-formed, read as simply as can be. */
    private static byte[] plainly(byte[] body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = at;
            while (body[end] != '\r') {
                end++;
            }
            int size = Integer.parseInt(new String(body, at, end - at, ISO_8859_1), 16);
            if (size == 0) {
                return content.toByteArray();
            }
            content.writeBytes(Arrays.copyOfRange(body, end + 2, end + 2 + size));
            at = end + 2 + size + 2;
        }
    }
}
