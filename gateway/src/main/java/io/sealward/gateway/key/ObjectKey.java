package io.sealward.gateway.key;

import io.netty.channel.EventLoop;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.gateway.s3.S3Exception;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The DEK of one object in the hands of one request, with the KEK that it depends on. From the moment that the KMS was
 * asked for it until it is closed, the request hears of the KEK's withdrawal, also of one that came before it listened.
 * Used on the event loop of the request.
 *
 * <p>It has one owner, whoever it was granted to, who has {@link #during} or {@link #once} close it: no other way leads past
 * every exit of a request.
 */
public sealed class ObjectKey permits FreshKey {
    private final Dek dek;
    private final KekReference kek;
    private final EventLoop loop;
    private Runnable release = () -> {};
    private Optional<S3Exception> withdrawn = Optional.empty();
    private Consumer<S3Exception> listener = why -> {};

    ObjectKey(Dek dek, KekReference kek, EventLoop loop) {
        this.dek = dek;
        this.kek = kek;
        this.loop = loop;
    }

    /** Wiped when this is closed. */
    public Dek dek() {
        return dek;
    }

    /** The KEK that wrapped, by registration and version. */
    public KekReference kek() {
        return kek;
    }

    /**
     * Does what needs the key, and closes it when that has ended, however it did: when the stage completes, or at once if
     * the work throws, which fails the stage that is returned.
     */
    public <T> CompletionStage<T> during(Supplier<CompletionStage<T>> work) {
        return CompletableFuture.completedStage(work)
                .thenCompose(Supplier::get)
                .whenComplete((done, failure) -> close());
    }

    /** Takes one step with the DEK, which may not keep it, and closes the key behind it. */
    public <T> T once(Function<Dek, T> step) {
        try {
            return step.apply(dek);
        } finally {
            close();
        }
    }

    /**
     * Who is told, once, that the KEK is withdrawn and what to answer: at once, before this returns, if it has been
     * already. One who is named later takes the place of the one before.
     */
    public void whenWithdrawn(Consumer<S3Exception> told) {
        listener = told;
        withdrawn.ifPresent(told);
    }

    /**
     * To be asked where the key is used some time after it was granted, and nobody listens.
     *
     * @throws S3Exception if the KEK was withdrawn since
     */
    public void requireGranted() {
        withdrawn.ifPresent(why -> {
            throw why;
        });
    }

    /** Wipes the DEK, and ends the watch. Closing twice is harmless. */
    void close() {
        listener = why -> {};
        dek.destroy();
        release.run();
    }

    /** The group that holds this key from now on lets go of it so. */
    void heldUntil(Runnable released) {
        release = released;
    }

    /** Called on any thread. */
    void withdraw(S3Exception why) {
        loop.execute(() -> {
            withdrawn = Optional.of(why);
            listener.accept(why);
        });
    }
}
