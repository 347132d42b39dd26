package io.sealward.gateway.object;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.store.StoreException;
import java.util.function.Consumer;

/** The content of an object without a seal: the store's bytes, exactly as many as it has told. */
final class PlainReader implements ContentReader {
    private long missing;

    PlainReader(long length) {
        this.missing = length;
    }

    @Override
    public void read(ByteBuf data, Consumer<ByteBuf> plaintext) {
        missing -= data.readableBytes();
        if (missing < 0) {
            data.release();
            throw otherLength();
        }
        plaintext.accept(data);
    }

    @Override
    public void finish() {
        if (missing > 0) {
            throw otherLength();
        }
    }

    @Override
    public void close() {}

    private static StoreException otherLength() {
        return new StoreException("the store sent more or less of an object than it had told");
    }
}
