package io.sealward.gateway.flow;

import io.netty.buffer.ByteBuf;
import java.util.Iterator;

/** Moves what is in memory already into an outlet, piece by piece, as that has room. */
public final class Pump {
    private final Iterator<ByteBuf> pieces;
    private final Outlet outlet;
    private final Runnable done;

    private Pump(Iterator<ByteBuf> pieces, Outlet outlet, Runnable done) {
        this.pieces = pieces;
        this.outlet = outlet;
        this.done = done;
    }

    /**
     * Begins at once, on the event loop of the outlet.
     *
     * @param done called once, when the outlet has taken all
     */
    public static void move(Iterator<ByteBuf> pieces, Outlet outlet, Runnable done) {
        new Pump(pieces, outlet, done).run();
    }

    private void run() {
        while (pieces.hasNext()) {
            if (!outlet.writable()) {
                outlet.onWritable(this::run);
                return;
            }
            outlet.write(pieces.next());
        }
        done.run();
    }
}
