package io.sealward.gateway.store;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.sealward.gateway.budget.Places;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The place of one request at the store, from the wait for it on. Lives on one event loop. */
final class Turn implements AutoCloseable {
    private final CompletableFuture<Void> came = new CompletableFuture<>();
    private final Places.Place place;
    private Optional<ScheduledFuture<?>> limit = Optional.empty();

    private Turn(Places places, String project, EventLoop loop) {
        this.place = places.ask(project, () -> call(loop));
    }

    /** Asks for a place; called on the loop. */
    static Turn of(StorePlaces places, StoreRequest request, String project, EventLoop loop) {
        Turn turn = new Turn(places.of(request), project, loop);
        if (turn.place.held()) {
            turn.came.complete(null);
        } else {
            turn.limit = Optional.of(loop.schedule(
                    () -> turn.giveUp(new NoPlaceException()), places.patience().toNanos(), TimeUnit.NANOSECONDS));
        }
        return turn;
    }

    /** Completes when the place is held; fails with a {@link NoPlaceException} after a while, or as it was given up. */
    CompletionStage<Void> came() {
        return came;
    }

    boolean waiting() {
        return !came.isDone();
    }

    /** Gives the place back, or leaves the line. Idempotent. */
    @Override
    public void close() {
        giveUp(new StoreException("the request was given up"));
    }

    void giveUp(StoreException why) {
        place.close();
        limit.ifPresent(timer -> timer.cancel(false));
        came.completeExceptionally(why);
    }

    private void call(EventLoop loop) {
        try {
            loop.execute(this::begin);
        } catch (RejectedExecutionException e) {
            // the gateway has ended, and all that waited with it
        }
    }

    private void begin() {
        limit.ifPresent(timer -> timer.cancel(false));
        came.complete(null);
    }
}
