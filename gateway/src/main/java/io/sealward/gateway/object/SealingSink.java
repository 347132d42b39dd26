package io.sealward.gateway.object;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.frame.SealedLength;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.flow.Outlet;

/**
 * Seals plaintext into frames as it arrives. Holds one frame of plaintext at most: the last one leaves, with the
 * terminator if there is one, only when the whole body is verified. So the store never has a whole request before. Holds
 * nothing before the first byte.
 */
final class SealingSink implements ByteSink {
    private final PartSealer sealer;
    private final Outlet store;
    private final ByteBufAllocator allocator;
    private final int room;
    // Arrays of their own: pooled buffers share one, and the JDK's GCM copies all of an array it finds on both sides.
    // Taken when they are needed: a client may announce a body and never send it.
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private byte[] sealed = {};
    private long awaited;
    private boolean closed;

    /** @param plaintextLength exactly what will be written */
    SealingSink(PartSealer sealer, long plaintextLength, Outlet store, ByteBufAllocator allocator) {
        this.sealer = sealer;
        this.store = store;
        this.allocator = allocator;
        this.awaited = plaintextLength;
        this.room = (int) Math.min(plaintextLength, SealedLength.FRAME_PLAINTEXT);
    }

    @Override
    public void write(ByteBuf data) {
        try {
            while (data.isReadable()) {
                takeArrays();
                int piece = Math.min(data.readableBytes(), frame.writableBytes());
                frame.writeBytes(data, piece);
                awaited -= piece;
                if (!frame.isWritable() && awaited > 0) {
                    sealFrame();
                }
            }
        } finally {
            data.release();
        }
    }

    private void takeArrays() {
        if (sealed.length == 0) {
            frame = Unpooled.buffer(room, room);
            sealed = new byte[room + 2 * SealedLength.FRAME_OVERHEAD];
        }
    }

    private void sealFrame() {
        send(sealer.seal(frame.array(), 0, frame.readableBytes(), sealed, 0));
        frame.clear();
    }

    private void send(int length) {
        store.write(allocator.directBuffer(length).writeBytes(sealed, 0, length));
    }

    @Override
    public void finish() {
        takeArrays();
        if (frame.isReadable()) {
            sealFrame();
        }
        int terminator = sealer.sealTerminator(sealed, 0);
        if (terminator > 0) {
            send(terminator);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            frame.release();
        }
    }
}
