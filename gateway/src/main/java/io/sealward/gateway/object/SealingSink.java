package io.sealward.gateway.object;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.flow.Outlet;
import java.util.function.Consumer;

/**
 * Seals plaintext into frames as it arrives. Holds one frame of plaintext at most: the last one is sealed, with the
 * terminator if there is one, only when the whole body is verified, and goes another way. So the store never has a whole
 * request before, and nothing at all of a body of one frame. Holds nothing before the first byte.
 */
final class SealingSink implements ByteSink {
    private final PartSealer sealer;
    private final Outlet store;
    private final Consumer<ByteBuf> end;
    private final ByteBufAllocator allocator;
    private final int room;
    // Arrays of their own: pooled buffers share one, and the JDK's GCM copies all of an array it finds on both sides.
    // Taken when they are needed: a client may announce a body and never send it.
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private byte[] sealed = {};
    private long awaited;
    private boolean closed;

    /**
     * @param plaintextLength exactly what will be written
     * @param end takes the last bytes, which may leave now that all is verified
     */
    SealingSink(
            PartSealer sealer, long plaintextLength, Outlet store, Consumer<ByteBuf> end, ByteBufAllocator allocator) {
        this.sealer = sealer;
        this.store = store;
        this.end = end;
        this.allocator = allocator;
        this.awaited = plaintextLength;
        this.room = sealer.nextFrameLength();
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
                    store.write(sealed(sealFrame()));
                }
            }
        } finally {
            data.release();
        }
    }

    private void takeArrays() {
        if (sealed.length == 0) {
            frame = Unpooled.buffer(room, room);
            sealed = new byte[room + sealer.overhead()];
        }
    }

    private int sealFrame() {
        int length = sealer.seal(frame.array(), 0, frame.readableBytes(), sealed, 0);
        frame.clear();
        return length;
    }

    private ByteBuf sealed(int length) {
        return allocator.directBuffer(length).writeBytes(sealed, 0, length);
    }

    @Override
    public void finish() {
        takeArrays();
        int length = frame.isReadable() ? sealFrame() : 0;
        length += sealer.sealTerminator(sealed, length);
        end.accept(sealed(length));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            frame.release();
        }
    }
}
