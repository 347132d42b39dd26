package io.sealward.gateway.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cut body never becomes an object, and framing never becomes content. */
class TruncatedChunksTest {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final byte[] TWO_CHUNKS = pattern(8192 + 3);
    private static final String CRC32 = "x-amz-checksum-crc32";

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    static Stream<ChunkedUpload> uploads() {
        return Stream.of(
                ChunkedUpload.signed(HELLO, 8192),
                ChunkedUpload.signed(new byte[0], 8192),
                ChunkedUpload.signedWithTrailer(HELLO, 8192, CRC32, "NhCmhg==", "\r\n"),
                ChunkedUpload.signedWithTrailer(HELLO, 8192, CRC32, "NhCmhg==", "\n\r\n"),
                ChunkedUpload.unsignedWithTrailer(HELLO, CRC32, "NhCmhg=="),
                ChunkedUpload.unsignedWithTrailer(new byte[0], CRC32, "AAAAAA=="));
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void aBodyCutAfterAnyOfItsBytesDoesNotFinish(ChunkedUpload upload) {
        for (int length = 0; length < upload.body().length; length++) {
            ChunkedUpload cut = upload.withBody(Arrays.copyOf(upload.body(), length));
            CollectingSink sink = new CollectingSink();
            assertThatThrownBy(() -> cut.decodeInto(sink)).isInstanceOf(S3Exception.class);
            assertThat(sink.finished()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void howeverABodyIsSplitItsPlaintextIsTheSame(ChunkedUpload upload) {
        int length = upload.body().length;
        byte[] whole = upload.decode().bytes();
        assertThat(upload.decode(IntStream.range(0, length).toArray()).bytes()).isEqualTo(whole);
        for (int cut = 0; cut <= length; cut++) {
            assertThat(upload.decode(cut).bytes()).isEqualTo(whole);
            assertThat(upload.decode(cut / 2, cut).bytes()).isEqualTo(whole);
        }
    }

    @Test
    void splitsAroundTheBorderOfTwoChunksMakeNoDifference() {
        ChunkedUpload upload = ChunkedUpload.signed(TWO_CHUNKS, 8192);
        assertThat(upload.decode(IntStream.range(0, upload.body().length).toArray())
                        .bytes())
                .isEqualTo(TWO_CHUNKS);
        for (int cut = 8192; cut <= upload.body().length; cut++) {
            assertThat(upload.decode(cut).bytes()).isEqualTo(TWO_CHUNKS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "0\r\n\r\n", "x", "\n"})
    void nothingMayFollowTheEnd(String extra) {
        uploads().forEach(upload -> {
            ChunkedUpload longer = upload.withBody(ChunkedUpload.concat(upload.body(), extra.getBytes(UTF_8)));
            CollectingSink sink = new CollectingSink();
            assertThatThrownBy(() -> longer.decodeInto(sink)).isInstanceOf(S3Exception.class);
            assertThat(sink.finished()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 6, 5_000_000_000L})
    void aDecodedLengthThatIsNotTheBodysIsRefused(long announced) {
        ChunkedUpload unsigned = new ChunkedUpload(
                ChunkedUpload.head("STREAMING-UNSIGNED-PAYLOAD-TRAILER", announced),
                "5\r\nhello\r\n0\r\n\r\n".getBytes(UTF_8));
        CollectingSink sink = new CollectingSink();
        assertThatThrownBy(() -> unsigned.decodeInto(sink))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INCOMPLETE_BODY));
        assertThat(sink.finished()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "7fffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "8000000000000000\r\nhello\r\n0\r\n\r\n",
                "5;chunk-signature=0\r\nhello\r\n0\r\n\r\n",
                "5\r\nhellooo\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhello\r\n0\r\nx\r\n\r\n",
                "hello"
            })
    void malformedFramingIsRefusedAndNotStored(String body) {
        ChunkedUpload upload =
                new ChunkedUpload(ChunkedUpload.head("STREAMING-UNSIGNED-PAYLOAD-TRAILER", 5), body.getBytes(UTF_8));
        CollectingSink sink = new CollectingSink();
        assertThatThrownBy(() -> upload.decodeInto(sink)).isInstanceOf(S3Exception.class);
        assertThat(sink.finished()).isFalse();
    }

    @Test
    void aLineWithoutEndCostsABoundedBuffer() {
        ChunkedUpload upload = new ChunkedUpload(
                ChunkedUpload.head("STREAMING-UNSIGNED-PAYLOAD-TRAILER", 5),
                "0".repeat(1025).getBytes(UTF_8));
        assertThatThrownBy(upload::decode).hasMessageContaining("too long");
    }

    @Test
    void onlyTheLastChunkMayBeShorterThan8192Bytes() {
        byte[] plaintext = pattern(8192 + 8191);
        assertThat(ChunkedUpload.signed(plaintext, 8192).decode().bytes()).isEqualTo(plaintext);
        assertThatThrownBy(() -> ChunkedUpload.signed(plaintext, 8191).decode())
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.INVALID_CHUNK_SIZE));
    }
}
