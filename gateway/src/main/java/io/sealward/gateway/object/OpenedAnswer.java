package io.sealward.gateway.object;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.key.SealException;
import io.sealward.gateway.flow.Inlet;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.store.StoreCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers an exchange with what a {@link FrameReader} opens. One frame of plaintext is always held back: the answer
 * begins when the frame behind the first has verified, and its last bytes leave only when the order of all frames has. So
 * damage is told as an error document where it shows in the first two frames, and else as a connection that is cut before
 * the end, never as a whole answer.
 */
final class OpenedAnswer implements Inlet {
    private final Exchange exchange;
    private final StoreCall call;
    private final FrameReader frames;
    private final int status;
    private final HttpHeaders headers;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private ByteBuf held;
    private Exchange.ResponseBody body;
    private boolean ended;

    /** @param headers of the answer, with its Content-Length */
    OpenedAnswer(Exchange exchange, StoreCall call, FrameReader frames, int status, HttpHeaders headers) {
        this.exchange = exchange;
        this.call = call;
        this.frames = frames;
        this.status = status;
        this.headers = headers;
    }

    /**
     * Begins.
     *
     * @return completes when all is written or the client has left; fails if the store or the seal does, or with what {@link
     *     #fail} is told
     */
    CompletionStage<Void> start() {
        call.receive(this);
        call.read();
        return over;
    }

    @Override
    public void data(ByteBuf data) {
        if (ended) {
            data.release();
            return;
        }
        try {
            frames.read(data, this::hold);
            readWhenRoom();
        } catch (SealException e) {
            fail(BrokenSeal.of(e));
        }
    }

    private void hold(ByteBuf plaintext) {
        if (held != null) {
            release();
        }
        held = plaintext;
    }

    private void release() {
        if (body == null) {
            body = exchange.open(status, headers, this::abandon);
        }
        if (held != null) {
            ByteBuf next = held;
            held = null;
            body.write(next);
        }
    }

    private void readWhenRoom() {
        if (ended) {
            return;
        }
        if (body == null || body.writable()) {
            call.read();
        } else {
            body.onWritable(this::readWhenRoom);
        }
    }

    @Override
    public void end() {
        if (ended) {
            return;
        }
        try {
            frames.finish();
        } catch (SealException e) {
            fail(BrokenSeal.of(e));
            return;
        }
        release();
        close();
        body.end();
        over.complete(null);
    }

    @Override
    public void failed(Throwable cause) {
        fail(cause);
    }

    /** Ends the answer early: the KEK is withdrawn, or the store or the seal failed. */
    void fail(Throwable cause) {
        if (!ended) {
            close();
            call.abort();
            over.completeExceptionally(cause);
        }
    }

    private void abandon() {
        if (!ended) {
            close();
            call.abort();
            over.complete(null);
        }
    }

    private void close() {
        ended = true;
        if (held != null) {
            held.release();
            held = null;
        }
        frames.close();
    }
}
