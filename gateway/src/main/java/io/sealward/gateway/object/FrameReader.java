package io.sealward.gateway.object;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.FrameOpener;
import io.sealward.crypto.frame.FrameOrder;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import java.util.function.Consumer;

/**
 * Cuts sealed bytes into frames, opens them, and gives out the wanted plaintext of each as soon as it has verified and
 * stands where it must. Holds one frame at most.
 */
final class FrameReader implements ContentReader {
    private final Extent extent;
    private final FrameOpener opener;
    private final ByteBufAllocator allocator;
    // Arrays of their own: pooled buffers share one, and the JDK's GCM copies all of an array it finds on both sides.
    private final ByteBuf frame;
    private final byte[] opened;
    private long toSkip;
    private long toRead;
    private long headToDrop;
    private long wanted;
    private final FrameOrder order;
    private FrameHeader header;

    /**
     * @param dek the caller destroys it, after {@link #close}
     * @param bytesBefore how many bytes arrive before the extent begins
     */
    FrameReader(Extent extent, long bytesBefore, Dek dek, ByteBufAllocator allocator) {
        this.extent = extent;
        this.opener = new FrameOpener(dek);
        this.order = extent.order().under(dek);
        this.allocator = allocator;
        this.toSkip = bytesBefore;
        this.toRead = extent.sealedEnd() - extent.sealedStart();
        this.headToDrop = extent.skipped();
        this.wanted = extent.length();
        int room = (int) Math.min(toRead, dek.format().geometry().frameSealed());
        this.frame = Unpooled.buffer(room, room);
        this.opened = new byte[room];
    }

    @Override
    public void read(ByteBuf data, Consumer<ByteBuf> plaintext) throws SealException {
        try {
            int skipped = (int) Math.min(toSkip, data.readableBytes());
            data.skipBytes(skipped);
            toSkip -= skipped;
            while (data.isReadable() && toRead > 0) {
                take(data, plaintext);
            }
        } finally {
            data.release();
        }
    }

    private void take(ByteBuf data, Consumer<ByteBuf> plaintext) throws SealException {
        int needed = header == null ? FrameHeader.BYTES : header.frameLength();
        int piece = Math.min(needed - frame.readableBytes(), data.readableBytes());
        if (piece > frame.writableBytes()) {
            throw new SealException.Truncated("the object ends within a frame");
        }
        frame.writeBytes(data, piece);
        toRead -= piece;
        if (frame.readableBytes() < needed) {
            return;
        }
        if (header == null) {
            header = opener.header(frame.array(), 0);
            order.accept(header);
        } else {
            open(plaintext);
        }
    }

    private void open(Consumer<ByteBuf> plaintext) throws SealException {
        int length = opener.open(header, frame.array(), 0, frame.readableBytes(), opened, 0);
        int head = (int) Math.min(headToDrop, length);
        headToDrop -= head;
        int given = (int) Math.min(length - head, wanted);
        if (extent.whole() && given < length - head) {
            throw new SealException.Tampered("the object holds more than its parts were said to");
        }
        wanted -= given;
        header = null;
        frame.clear();
        if (given > 0) {
            plaintext.accept(allocator.directBuffer(given).writeBytes(opened, head, given));
        }
    }

    @Override
    public void finish() throws SealException {
        if (header != null || frame.isReadable()) {
            throw new SealException.Truncated("the object ends within a frame");
        }
        order.finish();
        if (wanted > 0) {
            throw new SealException.Truncated("the object holds less than its length says");
        }
    }

    @Override
    public void close() {
        frame.release();
        opener.destroy();
    }
}
