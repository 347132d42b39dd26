package io.sealward.gateway.object;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.frame.SealedLength;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.flow.Outlet;

/**
 * Seals plaintext into frames as it arrives. Holds one frame of plaintext at most: the last one leaves, with the
 * terminator if there is one, only when the whole body is verified. So the store never has a whole request before.
 */
final class SealingSink implements ByteSink {
    private final PartSealer sealer;
    private final Outlet store;
    private final ByteBufAllocator allocator;
    private final ByteBuf frame;
    private long awaited;
    private boolean closed;

    /** @param plaintextLength exactly what will be written */
    SealingSink(PartSealer sealer, long plaintextLength, Outlet store, ByteBufAllocator allocator) {
        this.sealer = sealer;
        this.store = store;
        this.allocator = allocator;
        this.awaited = plaintextLength;
        int room = (int) Math.min(plaintextLength, SealedLength.FRAME_PLAINTEXT);
        this.frame = allocator.heapBuffer(room, room);
    }

    @Override
    public void write(ByteBuf data) {
        try {
            while (data.isReadable()) {
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

    private void sealFrame() {
        int plaintext = frame.readableBytes();
        ByteBuf sealed = allocator.heapBuffer(plaintext + SealedLength.FRAME_OVERHEAD);
        int written = sealer.seal(
                frame.array(),
                frame.arrayOffset() + frame.readerIndex(),
                plaintext,
                sealed.array(),
                sealed.arrayOffset());
        store.write(sealed.writerIndex(written));
        frame.clear();
    }

    @Override
    public void finish() {
        if (frame.isReadable()) {
            sealFrame();
        }
        ByteBuf end = allocator.heapBuffer(2 * SealedLength.FRAME_OVERHEAD);
        store.write(end.writerIndex(sealer.sealTerminator(end.array(), end.arrayOffset())));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            frame.release();
        }
    }
}
