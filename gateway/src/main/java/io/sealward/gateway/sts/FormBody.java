package io.sealward.gateway.sts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.io.ByteArrayOutputStream;

/** Collects a form, up to {@value #MAX_BYTES} bytes. */
final class FormBody implements ByteSink {
    static final int MAX_BYTES = 64 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(ByteBuf data) {
        try {
            if (bytes.size() + data.readableBytes() > MAX_BYTES) {
                throw new S3Exception(S3Error.MAX_MESSAGE_LENGTH_EXCEEDED);
            }
            byte[] piece = new byte[data.readableBytes()];
            data.readBytes(piece);
            bytes.write(piece, 0, piece.length);
        } finally {
            data.release();
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** A char for each byte. */
    String text() {
        return bytes.toString(ISO_8859_1);
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
}
