package io.sealward.gateway.store;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.flow.Inlet;

/** Where the body of an answer goes when nobody asked for it. */
enum UnclaimedBody implements Inlet {
    INSTANCE;

    @Override
    public void data(ByteBuf data) {
        data.release();
    }

    @Override
    public void end() {}

    @Override
    public void failed(Throwable cause) {}
}
