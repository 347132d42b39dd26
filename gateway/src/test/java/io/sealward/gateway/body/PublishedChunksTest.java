package io.sealward.gateway.body;

import static io.sealward.gateway.sigv4.DocExamples.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.sigv4.DocExamples;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The chunked upload examples of the Amazon S3 API Reference: 65 KiB of "a" in two chunks, without and with trailer. */
class PublishedChunksTest {
    private static final String TARGET = "/examplebucket/chunkObject.txt";
    private static final String TRAILER_SIGNATURE =
            "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435";
    private static final byte[] PLAINTEXT = plaintext();

    @Test
    void chunks() {
        HttpHeaders headers = signed(
                "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;"
                        + "x-amz-storage-class",
                "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
                "Host",
                "s3.amazonaws.com",
                "x-amz-date",
                "20130524T000000Z",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY",
                "x-amz-content-sha256",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "Content-Encoding",
                "aws-chunked",
                "x-amz-decoded-content-length",
                "66560",
                "Content-Length",
                "66824");
        byte[] body = body(
                "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
                "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
                "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
                "\r\n");
        assertThat(body).hasSize(66824);
        assertThat(decode(headers, body)).isEqualTo(PLAINTEXT);
    }

    @Test
    void chunksWithTrailer() {
        HttpHeaders headers = signed(
                "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;"
                        + "x-amz-storage-class;x-amz-trailer",
                "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
                "Host",
                "s3.amazonaws.com",
                "x-amz-date",
                "20130524T000000Z",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY",
                "x-amz-content-sha256",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                "Content-Encoding",
                "aws-chunked",
                "x-amz-decoded-content-length",
                "66560",
                "x-amz-trailer",
                "x-amz-checksum-crc32c");
        byte[] body = body(
                "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
                "x-amz-checksum-crc32c:sOO8/Q==\n\r\n" + TRAILER_SIGNATURE + "\r\n\r\n");
        assertThat(decode(headers, body)).isEqualTo(PLAINTEXT);
    }

    private static byte[] decode(HttpHeaders headers, byte[] body) {
        CollectingSink sink = new CollectingSink();
        RequestBody request = RequestBody.of(
                headers, DocExamples.verify(HttpMethod.PUT, TARGET, headers).payload());
        assertThat(request.length()).isEqualTo(PLAINTEXT.length);
        try (BodyIntake intake = request.into(sink)) {
            intake.write(Unpooled.copiedBuffer(body));
            intake.finish();
        }
        assertThat(sink.finished()).isTrue();
        return sink.bytes();
    }

    private static byte[] body(String first, String second, String last, String rest) {
        return ChunkedUpload.concat(
                ("10000;chunk-signature=" + first + "\r\n").getBytes(UTF_8),
                Arrays.copyOf(PLAINTEXT, 65536),
                ("\r\n400;chunk-signature=" + second + "\r\n").getBytes(UTF_8),
                Arrays.copyOf(PLAINTEXT, 1024),
                ("\r\n0;chunk-signature=" + last + "\r\n" + rest).getBytes(UTF_8));
    }

    private static byte[] plaintext() {
        byte[] plaintext = new byte[66560];
        Arrays.fill(plaintext, (byte) 'a');
        return plaintext;
    }
}
