package io.sealward.gateway.flow;

import io.netty.buffer.ByteBuf;

/**
 * The writable end of a stream with bounded room. All calls are made on the event loop of the connection behind it.
 *
 * <p>A producer writes while {@link #writable()} and otherwise stops reading its own source until {@link #onWritable}
 * calls back. A write beyond that is kept, not lost: the bound is what the producer had already read.
 */
public interface Outlet {
    /** Takes ownership of the buffer, whatever happens. */
    void write(ByteBuf data);

    /** Whether there is room now. True once the stream has failed, so that no producer waits for ever. */
    boolean writable();

    /** Calls back once, as soon as there is room; at once if there is already. A later call replaces an earlier one. */
    void onWritable(Runnable resume);
}
