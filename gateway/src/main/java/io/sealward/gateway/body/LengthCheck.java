package io.sealward.gateway.body;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;

/** Lets a body through that is exactly as long as announced, in bytes. */
final class LengthCheck implements ByteSink {
    private final ByteSink downstream;
    private long remaining;

    LengthCheck(long length, ByteSink downstream) {
        this.remaining = length;
        this.downstream = downstream;
    }

    @Override
    public void write(ByteBuf data) {
        remaining -= data.readableBytes();
        if (remaining < 0) {
            data.release();
            throw new S3Exception(S3Error.INCOMPLETE_BODY);
        }
        downstream.write(data);
    }

    @Override
    public void finish() {
        if (remaining != 0) {
            throw new S3Exception(S3Error.INCOMPLETE_BODY);
        }
        downstream.finish();
    }

    @Override
    public void close() {
        downstream.close();
    }
}
