package io.sealward.gateway.key;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.EventLoop;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.policy.Caller;
import io.sealward.gateway.s3.PathSegments;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.StageFailure;
import io.sealward.providers.WrappedSecret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes and opens the keys of objects. Thread-safe; every stage completes on the event loop it was given. What goes wrong
 * is an {@link S3Exception}, thrown at once where the KEK is not registered, else of the stage.
 */
public final class ObjectKeys {
    /** A grant that took longer may have been overtaken by a withdrawal, so that it is tried again at once. */
    private static final Duration PROMPT = Duration.ofSeconds(1);

    /** Opens what a secret sealed. */
    @FunctionalInterface
    private interface Opening {
        Dek with(WrappingSecret secret) throws SealException;
    }

    private final Keks keks;
    private final boolean sharing;
    private final Events events;
    private final KeyStates states;
    private final KekCalls calls;
    private final KeyGroups groups;
    private final Canary canary;
    private final UnusedKeys unused;
    private final SharedCalls<Wrapping.Id> unwraps = new SharedCalls<>();
    private final FreshSecrets fresh;
    private final SecureRandom random;

    public ObjectKeys(Keks keks, KeySettings settings, Events events, SecureRandom random) {
        this(keks, settings, events, random, Ticker.systemTicker());
    }

    ObjectKeys(Keks keks, KeySettings settings, Events events, SecureRandom random, Ticker ticker) {
        this.keks = keks;
        this.sharing = !settings.cacheTtl().isZero();
        this.events = events;
        this.states = new KeyStates(events, Clock.systemUTC());
        this.calls = new KekCalls(events);
        this.groups = new KeyGroups(settings, events, ticker);
        this.canary = new Canary(calls, groups);
        this.unused = new UnusedKeys(keks, groups, states, settings.unusedInterval(), ticker);
        this.fresh = new FreshSecrets(calls, groups, random);
        this.random = random;
    }

    /**
     * A DEK for a new object, its secret wrapped by the KEK of the project: one KMS call, or one per bucket and window, and another
     * one where that is proven.
     */
    public CompletionStage<FreshKey> create(Admission asker, ObjectBinding binding, EventLoop loop) {
        return create(asker, binding, () -> Dek.generate(random), loop);
    }

    /**
     * The DEK of a stored object for a copy of it in another place, whose frames stay as they are; the secret is another one,
     * as of a new object.
     *
     * @param source open until the stage has completed
     */
    public CompletionStage<FreshKey> createForCopy(
            Admission asker, ObjectBinding binding, ObjectKey source, EventLoop loop) {
        return create(asker, binding, source.dek()::copy, loop);
    }

    /** Whether what the project stores now is sealed under the KEK of that object. */
    public boolean sealsUnderKekOf(Project project, ObjectSeal object) {
        return keks.forProject(project)
                .filter(kek -> kek.externalKeyId().equals(object.kek().externalKeyId()))
                .isPresent();
    }

    private CompletionStage<FreshKey> create(
            Admission asker, ObjectBinding binding, Supplier<Dek> dek, EventLoop loop) {
        Project project = asker.project();
        Keks.Registered kek = keks.forProject(project)
                .orElseThrow(() -> new S3Exception(
                        S3Error.ACCESS_DENIED, "This project has no external key, and this gateway requires one."));
        WrapScope scope = project.keyMode() == KeyMode.BUCKET_KEY ? WrapScope.BUCKET : WrapScope.OBJECT;
        KekCalled.Subject subject = subject(asker, binding, scope);
        CompletionStage<HeldSecret> secret = scope == WrapScope.BUCKET && sharing
                ? fresh.ofBucket(project, kek, binding.bucket(), subject)
                : fresh.ofObject(project, kek, subject);
        return onLoop(secret, loop)
                .thenApply(wrapped -> {
                    FreshKey key = new FreshKey(dek.get(), binding, scope, wrapped, random, loop);
                    return hold(key, wrapped);
                })
                .exceptionallyCompose(failure -> refused(kek.externalKeyId(), failure, loop));
    }

    /**
     * The DEK of a stored object: at most one KMS call. Where it was sealed under this key without slashes to spare, which
     * some stores take for the same, there is none under this key: NoSuchKey, for one call more.
     */
    public CompletionStage<ObjectKey> open(Admission asker, ObjectBinding binding, ObjectSeal seal, EventLoop loop) {
        return openAs(asker, binding, seal, loop)
                .exceptionallyCompose(failure -> KmsFailure.isOfDamage(failure)
                        ? openPlain(asker, binding, seal, loop).handle((other, unopened) -> {
                            if (unopened != null) {
                                throw new CompletionException(StageFailure.cause(failure));
                            }
                            other.close();
                            throw new S3Exception(S3Error.NO_SUCH_KEY);
                        })
                        : CompletableFuture.failedStage(failure));
    }

    /** Fails where the key has no slash to spare. */
    private CompletionStage<ObjectKey> openPlain(
            Admission asker, ObjectBinding binding, ObjectSeal seal, EventLoop loop) {
        String plain = PathSegments.collapsed(binding.key());
        return plain.equals(binding.key())
                ? CompletableFuture.failedStage(new S3Exception(S3Error.INTERNAL_ERROR))
                : openAs(
                        asker,
                        new ObjectBinding(binding.organizationId(), binding.projectId(), binding.bucket(), plain),
                        seal,
                        loop);
    }

    private CompletionStage<ObjectKey> openAs(Admission asker, ObjectBinding binding, ObjectSeal seal, EventLoop loop) {
        KekCalled.Subject subject = subject(asker, binding, seal.scope());
        Wrapping wrapping = wrapping(asker.project(), subject, seal.kek(), seal.wrappedSecret());
        return open(wrapping, subject, secret -> seal.open(secret, binding), seal.kek(), loop)
                .exceptionally(failure -> {
                    Throwable cause = StageFailure.cause(failure);
                    throw cause instanceof SealException damaged
                            ? new S3Exception(
                                    S3Error.INTERNAL_ERROR,
                                    "The seal of this object is damaged: " + damaged.getMessage(),
                                    damaged)
                            : new CompletionException(cause);
                });
    }

    /** The DEK of a multipart upload: at most one KMS call. */
    public CompletionStage<ObjectKey> open(Admission asker, ObjectBinding binding, UploadSeal seal, EventLoop loop) {
        KekCalled.Subject subject = subject(asker, binding, seal.scope());
        Wrapping wrapping = wrapping(asker.project(), subject, seal.kek(), seal.wrappedSecret());
        return open(wrapping, subject, secret -> seal.open(secret, binding), seal.kek(), loop)
                .exceptionally(failure -> {
                    Throwable cause = StageFailure.cause(failure);
                    boolean madeUp = cause instanceof SealException || KmsFailure.doesNotUnwrap(cause);
                    throw madeUp
                            ? new S3Exception(S3Error.NO_SUCH_UPLOAD, S3Error.NO_SUCH_UPLOAD.message(), cause)
                            : new CompletionException(cause);
                });
    }

    /**
     * One turn of the canary: tries those of the KEKs in use whose turn it is, so that in so many turns each is tried once.
     *
     * @param turn from 0 to {@code turns - 1}
     */
    public void tryKeksInUse(int turn, int turns) {
        canary.tryAll(turn, turns);
    }

    /** Tries keys of which nothing is in use, where they are due. Called once a second. */
    public void tryUnusedKeys() {
        unused.look();
    }

    /** Another gateway was denied: what is in use of the key is tried at once, as after a denial here. */
    public void suspect(String externalKeyId) {
        unused.suspect(externalKeyId);
        canary.suspect(externalKeyId);
    }

    /** Wipes secrets whose time is over, and drops what its KMS has not granted for the grace. Called once a second. */
    public void tend() {
        groups.tend();
        fresh.tend();
    }

    /** Drops all unwrapped secrets of a KEK and cuts its streams, as the removal of its registration asks. */
    public void withdraw(String externalKeyId, String reason) {
        groups.withdraw(externalKeyId, reason);
        states.forget(externalKeyId);
    }

    /** How a key stands; empty if nobody has asked its KMS since the start, or since it was withdrawn. */
    public Optional<KeyState> state(String externalKeyId) {
        return states.of(externalKeyId);
    }

    /**
     * A proof of the key ended. One that was denied is a suspicion: what is in use of the key is tried at once, and
     * dropped where that is denied too.
     */
    public void proved(KeyStands.Key key, Optional<KmsException> failure) {
        states.answered(key, failure);
        if (failure.isPresent() && failure.get().error().withdrawn()) {
            canary.suspect(key.externalKeyId());
        }
    }

    private Wrapping wrapping(Project project, KekCalled.Subject subject, KekReference reference, byte[] wrapped) {
        Keks.Registered kek = keks.find(project, reference.externalKeyId())
                .orElseThrow(() -> new S3Exception(
                        S3Error.KMS_DISABLED,
                        "The external key that protects this data is not registered for this project."));
        return new Wrapping(project, kek, new WrappedSecret(reference.keyVersion(), wrapped), subject.context());
    }

    /** Fails with the {@link SealException} if the secret is not the one that sealed. */
    private CompletionStage<ObjectKey> open(
            Wrapping wrapping, KekCalled.Subject subject, Opening opening, KekReference kek, EventLoop loop) {
        if (!wrapping.reference().equals(kek)) { // the store or the client has named another: no KMS is asked for it
            return CompletableFuture.failedStage(
                    new SealException.WrongKey("the KEK is not the one that is registered as " + kek.externalKeyId()));
        }
        Optional<HeldSecret> cached = groups.find(wrapping);
        events.tell(new SecretLookedUp(cached.isPresent()));
        if (cached.isPresent()) {
            return CompletableFuture.completedStage(cached.get())
                    .thenApply(secret -> opened(secret, opening, kek, loop, HeldSecret::close));
        }
        CompletionStage<HeldSecret> secret =
                sharing ? unwraps.join(wrapping.id(), () -> unwrap(wrapping, subject)) : unwrap(wrapping, subject);
        return onLoop(secret, loop)
                .exceptionallyCompose(failure -> refused(wrapping.kek().externalKeyId(), failure, loop))
                .thenApply(granted -> opened(granted, opening, kek, loop, groups::keep));
    }

    private static KekCalled.Subject subject(Admission asker, ObjectBinding binding, WrapScope scope) {
        return new KekCalled.Subject(
                WrapContexts.of(binding, scope),
                scope == WrapScope.OBJECT ? Optional.of(binding.key()) : Optional.empty(),
                asker.sender().caller().map(Caller::accessKeyId));
    }

    private CompletionStage<HeldSecret> unwrap(Wrapping wrapping, KekCalled.Subject subject) {
        Asked asked = groups.asking();
        return calls.unwrap(wrapping, subject).thenApply(plain -> new HeldSecret(wrapping, unwrapped(plain), asked));
    }

    private static WrappingSecret unwrapped(byte[] plain) {
        if (plain.length != WrappingSecret.BYTES) {
            Arrays.fill(plain, (byte) 0);
            throw new KmsException(KmsError.CORRUPT, "what the KMS unwrapped is no secret of this gateway");
        }
        return WrappingSecret.takeOwnershipOf(plain);
    }

    /**
     * Only what has opened is remembered: until then, it is what a client or the store has said.
     *
     * @param then becomes the owner of the secret when it has opened
     */
    private ObjectKey opened(
            HeldSecret secret, Opening opening, KekReference kek, EventLoop loop, Consumer<HeldSecret> then) {
        ObjectKey key;
        try {
            key = new ObjectKey(opening.with(secret.plain()), kek, loop);
        } catch (SealException e) {
            secret.close();
            throw new CompletionException(e);
        }
        try {
            then.accept(secret);
            return hold(key, secret);
        } catch (S3Exception dropped) {
            key.close();
            throw dropped;
        }
    }

    /** Where the group was dropped since the KMS was asked, the key is closed and not used. */
    private <K extends ObjectKey> K hold(K key, HeldSecret secret) {
        try {
            groups.hold(key, secret);
        } catch (S3Exception dropped) {
            key.close();
            throw dropped;
        }
        if (groups.since(secret.asked()).compareTo(PROMPT) > 0) {
            canary.suspect(key.kek().externalKeyId());
        }
        return key;
    }

    /**
     * A request that is denied is answered when all that is withdrawn with it has been dropped, so that no later one is
     * served from memory. That it was denied proves nothing of the rest: what it asked for may have been made up.
     */
    private <T> CompletionStage<T> refused(String externalKeyId, Throwable failure, EventLoop loop) {
        Throwable cause = StageFailure.cause(failure);
        if (!(cause instanceof KmsException refused)) {
            return CompletableFuture.failedStage(cause);
        }
        CompletionStage<T> answer = CompletableFuture.failedStage(KmsFailure.toS3(refused));
        if (!refused.error().withdrawn()) {
            return answer;
        }
        unused.suspect(externalKeyId);
        return onLoop(canary.suspect(externalKeyId), loop).thenCompose(done -> answer);
    }

    private static <T> CompletionStage<T> onLoop(CompletionStage<T> stage, EventLoop loop) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.isDone() ? future : future.whenCompleteAsync((value, failure) -> {}, loop);
    }
}
