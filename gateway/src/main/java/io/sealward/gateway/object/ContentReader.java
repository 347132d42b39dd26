package io.sealward.gateway.object;

import io.netty.buffer.ByteBuf;
import io.sealward.crypto.key.SealException;
import java.util.function.Consumer;

/** Makes an object's content of the bytes that the store sends. */
interface ContentReader {
    /** Takes ownership of {@code data}, also when it throws. */
    void read(ByteBuf data, Consumer<ByteBuf> plaintext) throws SealException;

    /** All bytes have arrived: checks that nothing is missing. */
    void finish() throws SealException;

    /** Called once, whatever happened. */
    void close();
}
