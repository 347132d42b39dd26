package io.sealward.gateway.flow;

import io.netty.buffer.ByteBuf;

/** Stands where nothing is passed on: the sink before it keeps what it is given, and bounds that itself, so reading never pauses. */
public enum NoOutlet implements Outlet {
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
