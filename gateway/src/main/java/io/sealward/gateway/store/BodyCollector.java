package io.sealward.gateway.store;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.flow.Inlet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gathers a small body in memory, up to a limit. */
final class BodyCollector implements Inlet {
    private final StoreCall call;
    private final int limitBytes;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();

    BodyCollector(StoreCall call, int limitBytes) {
        this.call = call;
        this.limitBytes = limitBytes;
    }

    CompletionStage<byte[]> collect() {
        call.receive(this);
        call.read();
        return result;
    }

    @Override
    public void data(ByteBuf data) {
        try {
            if (gathered.size() + data.readableBytes() > limitBytes) {
                call.abort();
                result.completeExceptionally(new StoreException("the store's answer is larger than expected"));
                return;
            }
            data.readBytes(gathered, data.readableBytes());
            call.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array has none
        } finally {
            data.release();
        }
    }

    @Override
    public void end() {
        result.complete(gathered.toByteArray());
    }

    @Override
    public void failed(Throwable cause) {
        result.completeExceptionally(cause);
    }
}
