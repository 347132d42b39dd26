package io.sealward.gateway.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.sigv4.DocExamples;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.Assertions;

/**
 * An {@code aws-chunked} upload as a client makes it, signatures included, written from the documentation and apart from
 * the code under test.
 */
final class ChunkedUpload {
    static final String TARGET = "/key";
    private static final String EMPTY_SHA256 = DocExamples.EMPTY_SHA256;
    private static final String TIME = "20130524T000000Z";
    private static final String SCOPE = "20130524/us-east-1/s3/aws4_request";

    private final HttpHeaders headers;
    private final byte[] body;

    ChunkedUpload(HttpHeaders headers, byte[] body) {
        this.headers = headers;
        this.body = body.clone();
    }

    byte[] body() {
        return body.clone();
    }

    static ChunkedUpload signed(byte[] plaintext, int chunkLength) {
        HttpHeaders headers = head("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", plaintext.length);
        return new ChunkedUpload(headers, frame(headers, plaintext, chunkLength, "", "\r\n"));
    }

    static ChunkedUpload signedWithTrailer(
            byte[] plaintext, int chunkLength, String name, String value, String lineEnd) {
        HttpHeaders headers =
                head("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", plaintext.length, "x-amz-trailer", name);
        return new ChunkedUpload(headers, frame(headers, plaintext, chunkLength, name + ':' + value, lineEnd));
    }

    static ChunkedUpload unsignedWithTrailer(byte[] plaintext, String name, String value) {
        HttpHeaders headers = head("STREAMING-UNSIGNED-PAYLOAD-TRAILER", plaintext.length, "x-amz-trailer", name);
        String size = plaintext.length == 0 ? "" : Integer.toHexString(plaintext.length) + "\r\n";
        String end = plaintext.length == 0 ? "" : "\r\n";
        return new ChunkedUpload(
                headers,
                concat(
                        size.getBytes(UTF_8),
                        plaintext,
                        (end + "0\r\n" + name + ':' + value + "\r\n\r\n").getBytes(UTF_8)));
    }

    static HttpHeaders head(String contentSha256, long decodedLength, String... more) {
        String[] all = Arrays.copyOf(more, more.length + 4);
        all[more.length] = "x-amz-decoded-content-length";
        all[more.length + 1] = Long.toString(decodedLength);
        all[more.length + 2] = "Content-Encoding";
        all[more.length + 3] = "aws-chunked";
        return DocExamples.signedPut(TARGET, contentSha256, all);
    }

    ChunkedUpload withBody(byte[] other) {
        return new ChunkedUpload(headers, other);
    }

    /** Feeds the body in pieces that end at the cuts; asserts that every buffer is released, whatever happens. */
    CollectingSink decode(int... cuts) {
        CollectingSink sink = new CollectingSink();
        decodeInto(sink, cuts);
        return sink;
    }

    void decodeInto(CollectingSink sink, int... cuts) {
        RequestBody request = RequestBody.of(
                headers, DocExamples.verify(HttpMethod.PUT, TARGET, headers).payload());
        List<ByteBuf> pieces = new ArrayList<>();
        try (BodyIntake intake = request.into(sink)) {
            int from = 0;
            for (int cut : cuts) {
                write(intake, pieces, from, cut);
                from = cut;
            }
            write(intake, pieces, from, body.length);
            intake.finish();
        } finally {
            Assertions.assertThat(pieces)
                    .allSatisfy(piece -> Assertions.assertThat(piece.refCnt()).isZero());
        }
        Assertions.assertThat(sink.closed()).isTrue();
    }

    private void write(BodyIntake intake, List<ByteBuf> pieces, int from, int to) {
        ByteBuf piece = Unpooled.copiedBuffer(body, from, to - from);
        if (to == from) {
            piece = Unpooled.buffer(1);
        }
        pieces.add(piece);
        intake.write(piece);
    }

    private static byte[] frame(
            HttpHeaders headers, byte[] plaintext, int chunkLength, String trailer, String trailerEnd) {
        String authorization = headers.get("Authorization");
        String previous = authorization.substring(authorization.length() - 64);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int offset = 0; ; offset += chunkLength) {
            byte[] chunk = Arrays.copyOfRange(
                    plaintext, Math.min(offset, plaintext.length), Math.min(offset + chunkLength, plaintext.length));
            previous = sign("AWS4-HMAC-SHA256-PAYLOAD\n" + TIME + '\n' + SCOPE + '\n' + previous + '\n' + EMPTY_SHA256
                    + '\n' + sha256(chunk));
            out.writeBytes(
                    (Integer.toHexString(chunk.length) + ";chunk-signature=" + previous + "\r\n").getBytes(UTF_8));
            if (chunk.length == 0) {
                break;
            }
            out.writeBytes(chunk);
            out.writeBytes("\r\n".getBytes(UTF_8));
        }
        if (!trailer.isEmpty()) {
            String signature = sign("AWS4-HMAC-SHA256-TRAILER\n" + TIME + '\n' + SCOPE + '\n' + previous + '\n'
                    + sha256((trailer + '\n').getBytes(UTF_8)));
            out.writeBytes((trailer + trailerEnd + "x-amz-trailer-signature:" + signature + "\r\n").getBytes(UTF_8));
        }
        out.writeBytes("\r\n".getBytes(UTF_8));
        return out.toByteArray();
    }

    private static String sign(String text) {
        byte[] key = ("AWS4" + DocExamples.SECRET).getBytes(UTF_8);
        for (String part : SCOPE.split("/")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, text));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
