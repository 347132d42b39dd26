package io.sealward.gateway.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.flow.Outlet;
import java.io.ByteArrayOutputStream;

/** A short text in a request; it may be used once the body has verified. */
final class ClientText implements ByteSink, Outlet {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Budget.Lease memory;

    ClientText(Budget.Lease memory) {
        this.memory = memory;
    }

    String result() {
        return bytes.toString(UTF_8);
    }

    @Override
    public void write(ByteBuf data) {
        try {
            memory.require(data.readableBytes());
            bytes.writeBytes(ByteBufUtil.getBytes(data));
        } finally {
            data.release();
        }
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void onWritable(Runnable resume) {
        resume.run();
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
}
