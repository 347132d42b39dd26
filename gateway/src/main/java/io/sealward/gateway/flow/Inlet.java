package io.sealward.gateway.flow;

import io.netty.buffer.ByteBuf;

/**
 * The receiving end of a stream. All calls come on the event loop of the connection behind it. After {@link #end} or
 * {@link #failed} there is no further call.
 */
public interface Inlet {
    /** Owns the buffer from here on. */
    void data(ByteBuf data);

    /** Everything has arrived. */
    void end();

    /** The stream broke off, before or after some data. */
    void failed(Throwable cause);
}
