package io.sealward.gateway.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Chunk and trailer signatures hold, and the trailer is the one announced. */
class ChunkSignaturesTest {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final String CRC32 = "x-amz-checksum-crc32";
    private static final String CRC32_OF_HELLO = "NhCmhg==";

    @Test
    void anyFlippedByteOfASignedBodyIsRefused() {
        flipEveryByte(ChunkedUpload.signed(HELLO, 8192));
    }

    @Test
    void anyFlippedByteOfABodyWithASignedTrailerIsRefused() {
        flipEveryByte(ChunkedUpload.signedWithTrailer(HELLO, 8192, CRC32, CRC32_OF_HELLO, "\r\n"));
    }

    @Test
    void anyFlippedByteOfABodyWithAnUnsignedTrailerIsRefused() {
        flipEveryByte(ChunkedUpload.unsignedWithTrailer(HELLO, CRC32, CRC32_OF_HELLO));
    }

    @Test
    void nothingOfAChunkThatArrivesWholeIsReleasedBeforeItsSignatureHolds() {
        ChunkedUpload upload = ChunkedUpload.signed(HELLO, 8192);
        byte[] body = upload.body().clone();
        body[5] ^= 1;
        CollectingSink sink = new CollectingSink();
        assertThatThrownBy(() -> upload.withBody(body).decodeInto(sink)).isInstanceOf(S3Exception.class);
        assertThat(sink.bytes()).isEmpty();
    }

    @Test
    void chunksCannotBeDroppedRepeatedOrSwapped() {
        byte[] plaintext = new byte[3 * 8192];
        Arrays.fill(plaintext, 8192, 2 * 8192, (byte) 1);
        ChunkedUpload upload = ChunkedUpload.signed(plaintext, 8192);
        int length = "2000;chunk-signature=\r\n\r\n".length() + 64 + 8192;
        byte[] first = Arrays.copyOfRange(upload.body(), 0, length);
        byte[] second = Arrays.copyOfRange(upload.body(), length, 2 * length);
        byte[] third = Arrays.copyOfRange(upload.body(), 2 * length, 3 * length);
        byte[] end = Arrays.copyOfRange(upload.body(), 3 * length, upload.body().length);
        assertThat(upload.withBody(ChunkedUpload.concat(first, second, third, end))
                        .decode()
                        .bytes())
                .isEqualTo(plaintext);
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, upload.withBody(ChunkedUpload.concat(second, first, third, end)));
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, upload.withBody(ChunkedUpload.concat(first, third, second, end)));
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, upload.withBody(ChunkedUpload.concat(first, first, second, end)));
        refused(S3Error.SIGNATURE_DOES_NOT_MATCH, upload.withBody(ChunkedUpload.concat(first, second, end)));
    }

    @Test
    void aSignedBodyDoesNotPassWithoutItsSignatures() {
        ChunkedUpload upload = ChunkedUpload.signed(HELLO, 8192);
        refused(S3Error.INCOMPLETE_BODY, upload.withBody("5\r\nhello\r\n0\r\n\r\n".getBytes(UTF_8)));
    }

    @Test
    void aSignedTrailerDoesNotPassWithoutItsSignature() {
        ChunkedUpload upload = ChunkedUpload.signedWithTrailer(HELLO, 8192, CRC32, CRC32_OF_HELLO, "\r\n");
        String body = new String(upload.body(), UTF_8);
        String cut = body.substring(0, body.indexOf("x-amz-trailer-signature")) + "\r\n";
        refused(S3Error.MALFORMED_TRAILER, upload.withBody(cut.getBytes(UTF_8)));
    }

    @Test
    void aTrailerThatEndsWithLfCrLfIsNotTheEnd() {
        assertThat(unsignedWithTrailer(CRC32, CRC32 + ':' + CRC32_OF_HELLO + "\n\r\n")
                        .decode()
                        .bytes())
                .isEqualTo(HELLO);
        refused(S3Error.INCOMPLETE_BODY, unsignedWithTrailer(CRC32, CRC32 + ':' + CRC32_OF_HELLO + "\n"));
    }

    @Test
    void theTrailerIsExactlyTheOneThatWasAnnounced() {
        String name = "x-amz-checksum-crc64nvme";
        refusedTrailer(S3Error.MALFORMED_TRAILER, name, "");
        refusedTrailer(S3Error.MALFORMED_TRAILER, name, ":M3eFcAZSQlc=\r\n");
        refusedTrailer(S3Error.MALFORMED_TRAILER, name, "x-amz-checksum-crc32:NhCmhg==\r\n");
        refusedTrailer(S3Error.MALFORMED_TRAILER, name, "x-amz-meta-a:b\r\n");
        refusedTrailer(S3Error.MALFORMED_TRAILER, name, name + ":M3eFcAZSQlc=\r\n" + name + ":M3eFcAZSQlc=\r\n");
        refusedTrailer(S3Error.INVALID_REQUEST, name, name + ":invalid\r\n");
        refusedTrailer(S3Error.INVALID_REQUEST, name, name + ":\r\n");
        refusedTrailer(S3Error.BAD_DIGEST, name, name + ":QFRKMGE3tuw=\r\n");
        assertThat(unsignedWithTrailer(name, name + ":M3eFcAZSQlc=\r\n")
                        .decode()
                        .bytes())
                .isEqualTo(HELLO);
        ChunkedUpload unannounced = new ChunkedUpload(
                ChunkedUpload.head("STREAMING-UNSIGNED-PAYLOAD-TRAILER", 5),
                "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n".getBytes(UTF_8));
        refused(S3Error.MALFORMED_TRAILER, unannounced);
    }

    private static void refusedTrailer(S3Error error, String announced, String trailer) {
        refused(error, unsignedWithTrailer(announced, trailer));
    }

    private static ChunkedUpload unsignedWithTrailer(String announced, String trailer) {
        return new ChunkedUpload(
                ChunkedUpload.head("STREAMING-UNSIGNED-PAYLOAD-TRAILER", 5, "x-amz-trailer", announced),
                ("5\r\nhello\r\n0\r\n" + trailer + "\r\n").getBytes(UTF_8));
    }

    private static void flipEveryByte(ChunkedUpload upload) {
        assertThat(upload.decode().bytes()).isEqualTo(HELLO);
        for (int i = 0; i < upload.body().length; i++) {
            for (int bit : new int[] {1, 2, 64}) {
                byte[] flipped = upload.body().clone();
                flipped[i] ^= (byte) bit;
                CollectingSink sink = new CollectingSink();
                assertThatThrownBy(() -> upload.withBody(flipped).decodeInto(sink))
                        .as("byte %s", i)
                        .isInstanceOf(S3Exception.class);
                assertThat(sink.finished()).isFalse();
            }
        }
    }

    private static void refused(S3Error error, ChunkedUpload upload) {
        CollectingSink sink = new CollectingSink();
        assertThatThrownBy(() -> upload.decodeInto(sink))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(error));
        assertThat(sink.finished()).isFalse();
    }
}
