package io.sealward.gateway.body;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/** Keeps what it is given, and insists on the contract of a sink. */
final class CollectingSink implements ByteSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean finished;
    private boolean closed;

    @Override
    public void write(ByteBuf data) {
        requireOpen();
        byte[] copy = new byte[data.readableBytes()];
        data.readBytes(copy);
        bytes.writeBytes(copy);
        data.release();
    }

    @Override
    public void finish() {
        requireOpen();
        finished = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    boolean finished() {
        return finished;
    }

    boolean closed() {
        return closed;
    }

    private void requireOpen() {
        if (finished || closed) {
            throw new IllegalStateException("the sink is done");
        }
    }
}
