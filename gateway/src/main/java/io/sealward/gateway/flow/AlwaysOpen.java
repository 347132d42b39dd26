package io.sealward.gateway.flow;

import io.netty.buffer.ByteBuf;

/** Behind a sink that keeps what it is given, and is bounded by itself. */
public enum AlwaysOpen implements Outlet {
    INSTANCE;

    @Override
    public void write(ByteBuf data) {
        data.release();
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void onWritable(Runnable resume) {
        resume.run();
    }
}
