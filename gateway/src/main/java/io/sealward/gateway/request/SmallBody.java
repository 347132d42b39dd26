package io.sealward.gateway.request;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.flow.AlwaysOpen;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The document in a request: verified like every body, and held in memory up to a limit. */
public final class SmallBody implements ByteSink {
    private static final byte[] NONE = {};

    private static final int FIRST_BYTES = 8 << 10;

    private final ByteArrayOutputStream bytes;

    private SmallBody(int length) {
        this.bytes = new ByteArrayOutputStream(Math.min(length, FIRST_BYTES)); // an announcement costs no memory
    }

    /** Reads a document of at most {@code limitBytes}; a request without a body has an empty one. */
    public static CompletionStage<byte[]> read(Exchange exchange, S3Request request, int limitBytes) {
        boolean absent = !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && !HttpUtil.isTransferEncodingChunked(exchange.request());
        return absent
                ? CompletableFuture.completedStage(NONE)
                : read(exchange, RequestBody.of(request.headers(), request.payload()), limitBytes);
    }

    /** Reads a document of at most {@code limitBytes}. */
    public static CompletionStage<byte[]> read(Exchange exchange, RequestBody body, int limitBytes) {
        if (body.length() > limitBytes) {
            throw new S3Exception(S3Error.MAX_MESSAGE_LENGTH_EXCEEDED);
        }
        SmallBody sink = new SmallBody((int) body.length());
        return exchange.receive(body.into(sink), AlwaysOpen.INSTANCE).thenApply(done -> sink.bytes.toByteArray());
    }

    /** The root of a document, which must have the name. */
    public static XmlElement parse(byte[] document, String rootName) {
        try {
            XmlElement root = XmlParser.parse(document);
            if (root.name().equals(rootName)) {
                return root;
            }
        } catch (XmlParser.XmlException e) {
            // told below
        }
        throw new S3Exception(S3Error.MALFORMED_XML);
    }

    @Override
    public void write(ByteBuf data) {
        try {
            data.readBytes(bytes, data.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array has none
        } finally {
            data.release();
        }
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
}
