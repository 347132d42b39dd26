package io.sealward.gateway.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sealward.gateway.flow.Outlet;
import io.sealward.providers.StageFailure;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A request whose body may still turn out to be wrong while it is made. The store hears of it when the first bytes are
 * written, and not before: some stores take a request that breaks off before its body for an empty one. The end of the
 * body is kept here until {@link #finish()}.
 *
 * <p>It holds a place at the store while it waits for the store alone: from the end of its body on.
 *
 * <p>A body that is all end goes out whole, and once more on a fresh connection if it met a pooled one that the store had
 * just closed. What cannot be sent twice takes no pooled connection that has rested for long. Lives on the event loop of the {@link StoreClient} that made it.
 */
public final class StoreUpload implements Outlet {
    private enum State {
        HELD,
        CONNECTING,
        OPEN,
        OVER
    }

    private final StoreClient client;
    private final StoreRequest request;
    private final CompletableFuture<StoreClient.Answered> answered = new CompletableFuture<>();
    private final Queue<ByteBuf> untilConnected = new ArrayDeque<>();
    private State state = State.HELD;
    private boolean whole = true;
    private boolean finished;
    private boolean endSent;
    private ByteBuf end = Unpooled.EMPTY_BUFFER;
    private Optional<Turn> turn = Optional.empty();
    private StoreCall call;
    private Runnable resume = () -> {};

    StoreUpload(StoreClient client, StoreRequest request) {
        this.client = client;
        this.request = request;
    }

    /** The head of the answer, or a {@link StoreException}. May complete before the body is finished. */
    public CompletionStage<StoreClient.Answered> answered() {
        return answered;
    }

    @Override
    public void write(ByteBuf data) {
        if (state == State.OVER) {
            data.release();
        } else if (state == State.OPEN) {
            call.write(data);
        } else {
            untilConnected.add(data);
            if (state == State.HELD) {
                whole = false;
                state = State.CONNECTING;
                open();
            }
        }
    }

    /** Keeps the last bytes of the body. Takes ownership; called once at most, after every {@link #write}. */
    public void end(ByteBuf data) {
        if (state == State.OVER) {
            data.release();
        } else {
            end = data;
        }
    }

    /** The body is right: sends the end of it, without which the store keeps nothing. */
    public void finish() {
        finished = true;
        if (state == State.HELD) {
            request.digestIfLocked(end.nioBuffer());
            state = State.CONNECTING;
            inTurn(this::open);
        } else if (state == State.OPEN && answered.isDone()) {
            sendEnd();
        } else if (state == State.OPEN) {
            inTurn(this::sendEnd);
        }
    }

    @Override
    public boolean writable() {
        return switch (state) {
            case HELD, OVER -> true;
            case CONNECTING -> false;
            case OPEN -> call.writable();
        };
    }

    @Override
    public void onWritable(Runnable next) {
        switch (state) {
            case HELD, OVER -> next.run();
            case CONNECTING -> resume = next;
            case OPEN -> call.onWritable(next);
        }
    }

    /** Gives up. An unfinished request leaves nothing at the store; one that was not begun never reaches it. */
    public void abort() {
        StoreCall begun = call;
        over(new StoreException("the upload was given up"));
        if (begun != null) {
            begun.abort();
        }
    }

    private void inTurn(Runnable next) {
        Turn own = client.turn(request);
        turn = Optional.of(own);
        own.came().whenComplete((came, failure) -> {
            if (state == State.OVER || endSent) {
                own.close();
            } else if (failure != null) {
                over(failure);
            } else {
                next.run();
            }
        });
    }

    private void open() {
        boolean repeatable = whole && request.repeatable();
        StoreConnection pooled =
                repeatable ? client.pool().pollIdle() : client.pool().pollActive();
        if (pooled == null) {
            connect();
        } else {
            start(pooled).whenComplete((response, failure) -> {
                if (repeatable && state == State.OPEN && StaleConnectionException.isCauseOf(failure)) {
                    state = State.CONNECTING;
                    connect();
                } else {
                    answer(response, failure);
                }
            });
        }
    }

    private void connect() {
        client.pool().connect().whenComplete((connection, failure) -> {
            if (failure != null) {
                over(failure);
            } else if (state == State.OVER) {
                connection.done(true);
            } else {
                start(connection).whenComplete(this::answer);
            }
        });
    }

    private CompletionStage<StoreResponse> start(StoreConnection connection) {
        StoreCall started = client.start(connection, request);
        call = started;
        state = State.OPEN;
        untilConnected.forEach(started::write);
        untilConnected.clear();
        if (turn.isPresent()) {
            sendEnd();
        } else if (finished) {
            inTurn(this::sendEnd);
        } else {
            runResume();
        }
        return started.response();
    }

    private void sendEnd() {
        call.write(end.retainedDuplicate());
        call.finish();
        endSent = true;
        if (answered.isDone()) {
            release();
        }
    }

    private void answer(StoreResponse response, Throwable failure) {
        if (failure != null) {
            over(failure);
        } else {
            answered.complete(new StoreClient.Answered(call, response));
            if (endSent) {
                release();
            } else if (finished
                    && state == State.OPEN) { // a store that does not wait for the end need not be waited for
                sendEnd();
            }
        }
    }

    private void over(Throwable why) {
        state = State.OVER;
        release();
        untilConnected.forEach(ByteBuf::release);
        untilConnected.clear();
        answered.completeExceptionally(StageFailure.cause(why));
        runResume();
    }

    private void release() {
        turn.ifPresent(Turn::close);
        ByteBuf held = end;
        end = Unpooled.EMPTY_BUFFER;
        held.release();
    }

    private void runResume() {
        Runnable next = resume;
        resume = () -> {};
        next.run();
    }
}
