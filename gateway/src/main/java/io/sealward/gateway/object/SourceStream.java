package io.sealward.gateway.object;

import io.netty.buffer.ByteBuf;
import io.sealward.crypto.key.SealException;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.flow.Inlet;
import io.sealward.gateway.flow.Outlet;
import io.sealward.gateway.store.StoreCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An object's content on its way from the store into a sink, which is finished when all of it has verified. */
final class SourceStream implements Inlet {
    private final StoreCall call;
    private final ContentReader content;
    private final ByteSink sink;
    private final Outlet behind;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private boolean ended;

    /**
     * @param sink closed whatever happens
     * @param behind where the sink's bytes go
     */
    SourceStream(StoreCall call, ContentReader content, ByteSink sink, Outlet behind) {
        this.call = call;
        this.content = content;
        this.sink = sink;
        this.behind = behind;
    }

    /** Begins; fails with what the store, the seal or the sink does, or with what {@link #fail} is told. */
    CompletionStage<Void> start() {
        call.receive(this);
        readWhenRoom();
        return over;
    }

    private void readWhenRoom() {
        if (ended) {
            return;
        }
        if (behind.writable()) {
            call.read();
        } else {
            behind.onWritable(this::readWhenRoom);
        }
    }

    @Override
    public void data(ByteBuf data) {
        if (ended) {
            data.release();
            return;
        }
        try {
            content.read(data, sink::write);
            readWhenRoom();
        } catch (SealException e) {
            fail(BrokenSeal.of(e));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public void end() {
        if (ended) {
            return;
        }
        try {
            content.finish();
            sink.finish();
        } catch (SealException e) {
            fail(BrokenSeal.of(e));
            return;
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        close();
        over.complete(null);
    }

    @Override
    public void failed(Throwable cause) {
        fail(cause);
    }

    /** Ends the stream early. */
    void fail(Throwable cause) {
        if (!ended) {
            close();
            call.abort();
            over.completeExceptionally(cause);
        }
    }

    private void close() {
        ended = true;
        sink.close();
        content.close();
    }
}
