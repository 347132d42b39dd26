package io.sealward.gateway.store;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sealward.gateway.flow.Inlet;
import io.sealward.gateway.flow.Outlet;
import io.sealward.gateway.flow.Reset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One request and its response on a connection to the store. Lives on the event loop of the {@link StoreClient} that
 * made it; every method is called there and every callback comes there.
 *
 * <p>The caller writes the request's body, if it announced one, awaits {@link #response()}, then reads the body with
 * {@link #receive} and one {@link #read()} for each piece. Whoever loses interest before the end calls {@link #abort()}.
 *
 * <p>It goes on only while the request is admitted, and fails with why it is not: before each piece of a request, the
 * last above all, and before each piece of what was asked for. The answer to a change is told in any case.
 */
public final class StoreCall implements Outlet {
    private final StoreConnection connection;
    private final Channel channel;
    private final Runnable requireAdmitted;
    private final boolean changes;
    private final CompletableFuture<StoreResponse> response = new CompletableFuture<>();
    private final CallProgress progress = new CallProgress();
    private CallState state;
    private boolean reusable;
    private Runnable resume = () -> {};
    private Runnable whenOver = () -> {};
    private Inlet inlet = UnclaimedBody.INSTANCE;

    /** @param requireAdmitted throws what the call is then to fail with */
    StoreCall(StoreConnection connection, Channel channel, StoreRequest request, Runnable requireAdmitted) {
        this.connection = connection;
        this.channel = channel;
        this.requireAdmitted = requireAdmitted;
        this.changes = request.changes();
        this.state = request.announcesBody() ? CallState.WRITING : CallState.AWAITING;
    }

    /** The head of the response, or a {@link StoreException}. May complete before the request is sent whole. */
    public CompletionStage<StoreResponse> response() {
        return response;
    }

    @Override
    public void write(ByteBuf data) {
        if (!state.writing() || !admitted()) {
            data.release();
            return;
        }
        progress.moved();
        connection.write(new DefaultHttpContent(data));
    }

    /** Ends the request's body. Until then the store has no whole request, and keeps nothing. */
    public void finish() {
        if (state.writing()) {
            progress.moved();
            connection.write(LastHttpContent.EMPTY_LAST_CONTENT);
            advance(state.written()); // of what the write has left it in
        }
    }

    @Override
    public boolean writable() {
        return state.over() || channel.isWritable();
    }

    @Override
    public void onWritable(Runnable resume) {
        if (writable()) {
            resume.run();
        } else {
            this.resume = resume;
        }
    }

    /** Sends the body of the response to {@code inlet}, as {@link #read()} asks for it. */
    public void receive(Inlet inlet) {
        this.inlet = inlet;
        if (!state.over()) {
            connection.bodyWanted();
        } else if (state == CallState.BROKEN) {
            inlet.failed(new StoreException("the store closed the connection"));
        }
    }

    /** Has {@code next} run once, when the call is whole, broken or given up; at once if it is. */
    void whenOver(Runnable next) {
        if (state.over()) {
            next.run();
        } else {
            whenOver = next;
        }
    }

    private void over(CallState end) {
        state = end;
        Runnable next = whenOver;
        whenOver = () -> {};
        next.run();
    }

    /** Asks for the next piece of the response's body: one {@code data} or the {@code end}. */
    public void read() {
        if (!state.over() && (changes || admitted())) {
            progress.asked();
            channel.read();
        }
    }

    /** Gives up. The connection is reset, so that an unfinished request leaves nothing at the store, nor goes on to it. */
    public void abort() {
        giveUp(() -> Reset.connection(channel));
    }

    /**
     * Gives up in good order: the store sees the request end early, as when a process ends, where {@link #abort} lets it see
     * a connection that broke.
     */
    public void hangUp() {
        giveUp(channel::close);
    }

    private void giveUp(Runnable end) {
        if (!state.over()) {
            over(CallState.BROKEN);
            inlet = UnclaimedBody.INSTANCE;
            response.completeExceptionally(new StoreException("the call was given up"));
            end.run();
        }
    }

    /** If not, the call is given up at once; who waits for it hears of it later, since it is often they who ask. */
    boolean admitted() {
        try {
            requireAdmitted.run();
            return true;
        } catch (RuntimeException e) {
            over(CallState.BROKEN);
            Reset.connection(channel);
            channel.eventLoop().execute(() -> tell(e));
            return false;
        }
    }

    void received(Object message) {
        progress.moved();
        if (message instanceof HttpResponse head) {
            reusable = HttpUtil.isKeepAlive(head) && state != CallState.CUT;
            if (head.decoderResult().isFailure()) {
                failed(new StoreException(
                        "the store did not answer in HTTP", head.decoderResult().cause()));
                channel.close();
            } else if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                channel.read();
            } else {
                answered(new StoreResponse(head.status().code(), head.headers()));
            }
        } else if (message instanceof HttpContent content) {
            if (content.decoderResult().isFailure()) {
                content.release();
                failed(new StoreException("the store broke its own framing"));
                channel.close();
            } else {
                content(content);
            }
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void answered(StoreResponse answer) {
        progress.given();
        if (state == CallState.CUT && answer.successful()) {
            failed(new StoreException("the store answered that it keeps what it was not sent"));
            channel.close();
        } else {
            state = state.answered();
            response.complete(answer);
        }
    }

    private void content(HttpContent content) {
        if (state.unanswered()) { // the end of an interim answer
            content.release();
            read();
            return;
        }
        progress.given();
        boolean last = content instanceof LastHttpContent;
        if (content.content().isReadable()) {
            inlet.data(content.content());
        } else {
            content.release();
            if (!last) {
                read();
            }
        }
        if (last && !state.over()) {
            advance(state.ended());
            inlet.end();
        }
    }

    /** No more of the request can be sent. Whether it goes on: what the store said before it hung up may say why it did. */
    boolean cut() {
        boolean refused = response.isDone() && !response.join().successful();
        boolean goesOn = state.unanswered() || (state.answering() && refused);
        if (goesOn) {
            state = state.cut();
            reusable = false;
        }
        return goesOn;
    }

    private void advance(CallState next) {
        if (next == CallState.WHOLE) {
            over(next);
            connection.done(reusable);
        } else {
            state = next;
        }
    }

    void writabilityChanged() {
        if (channel.isWritable()) {
            progress.moved();
            runResume();
        }
    }

    void failed(StoreException cause) {
        if (!state.over()) {
            over(CallState.BROKEN);
            tell(cause);
        }
    }

    private void tell(RuntimeException cause) {
        boolean answered = response.isDone();
        response.completeExceptionally(cause);
        if (answered) {
            inlet.failed(cause);
        }
        runResume();
    }

    /** Whether the store owes something, be it an answer or room in its socket, since longer than allowed. */
    boolean stalled(long allowedNanos) {
        boolean waiting = state.writing() ? !channel.isWritable() : progress.owed();
        return waiting && progress.restsLongerThan(allowedNanos);
    }

    private void runResume() {
        Runnable next = resume;
        resume = () -> {};
        next.run();
    }
}
