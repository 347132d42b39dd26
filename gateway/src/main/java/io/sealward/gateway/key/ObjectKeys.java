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
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Makes and opens the keys of objects. Thread-safe; every stage completes on the event loop it was given. What goes wrong
 * is an {@link S3Exception}, thrown at once where the KEK is not registered, else of the stage.
 */
public final class ObjectKeys {
    private record BucketKey(String projectId, String bucket, String externalKeyId) {}

    private final Keks keks;
    private final KekCalls calls;
    private final SecretCache cache;
    private final SharedResults<BucketKey, FreshKey.SharedSecret> bucketSecrets;
    private final boolean sharing;
    private final KekWatch watch;
    private final SecureRandom random;

    public ObjectKeys(Keks keks, KeySettings settings, KeyEvents events, SecureRandom random) {
        this.keks = keks;
        this.random = random;
        this.calls = new KekCalls(events);
        this.cache = new SecretCache(settings, events);
        this.sharing = !settings.cacheTtl().isZero();
        this.bucketSecrets = new SharedResults<>(settings);
        this.watch = new KekWatch(calls, events, settings.cacheTtl(), this::purge, Ticker.systemTicker());
    }

    /** A DEK for a new object, its secret wrapped by the KEK of the project: one KMS call, or one per bucket and window. */
    public CompletionStage<FreshKey> create(Project project, ObjectBinding binding, EventLoop loop) {
        Keks.Registered kek = keks.forProject(project)
                .orElseThrow(() -> new S3Exception(
                        S3Error.ACCESS_DENIED, "This project has no external key, and this gateway requires one."));
        WrapScope scope = project.keyMode() == KeyMode.BUCKET_KEY ? WrapScope.BUCKET : WrapScope.OBJECT;
        WrapContext context = WrapContexts.of(binding, scope);
        CompletionStage<FreshKey.SharedSecret> secret = scope == WrapScope.BUCKET && sharing
                ? bucketSecrets.get(
                        new BucketKey(binding.projectId(), binding.bucket(), kek.externalKeyId()),
                        () -> wrap(project, kek, context))
                : wrap(project, kek, context);
        return onLoop(secret, loop)
                .thenApply(shared -> {
                    watch.used(new KekWatch.Sample(project, kek, shared.asWrapped(), context));
                    return new FreshKey(Dek.generate(random), binding, scope, shared, random);
                })
                .exceptionallyCompose(failure -> refused(kek.externalKeyId(), failure, loop));
    }

    /** The DEK of a stored object: at most one KMS call. */
    public CompletionStage<Dek> open(Project project, ObjectBinding binding, ObjectSeal seal, EventLoop loop) {
        KekWatch.Sample wrapped = sample(project, binding, seal.scope(), seal.kek(), seal.wrappedSecret());
        return secret(wrapped, loop).thenApply(secret -> {
            try {
                return opened(wrapped, seal.open(secret, binding));
            } catch (SealException e) {
                throw new S3Exception(
                        S3Error.INTERNAL_ERROR, "The seal of this object is damaged: " + e.getMessage(), e);
            }
        });
    }

    /** The DEK of a multipart upload: at most one KMS call. */
    public CompletionStage<Dek> open(Project project, ObjectBinding binding, UploadSeal seal, EventLoop loop) {
        KekWatch.Sample wrapped = sample(project, binding, seal.scope(), seal.kek(), seal.wrappedSecret());
        return secret(wrapped, loop)
                .thenApply(secret -> {
                    try {
                        return opened(wrapped, seal.open(secret, binding));
                    } catch (SealException e) { // made for another key, or made up
                        throw new S3Exception(S3Error.NO_SUCH_UPLOAD, S3Error.NO_SUCH_UPLOAD.message(), e);
                    }
                })
                .exceptionally(failure -> {
                    throw KmsFailure.doesNotUnwrap(failure)
                            ? new S3Exception(S3Error.NO_SUCH_UPLOAD)
                            : new CompletionException(KmsFailure.unwrapped(failure));
                });
    }

    /**
     * Calls back on {@code loop} as soon as the KEK is withdrawn, until the handle is closed.
     *
     * @param kek that has just sealed or opened for the project
     */
    public Watch watch(Project project, KekReference kek, EventLoop loop, Runnable withdrawn) {
        return watch.open(new KeyGroup(kek.externalKeyId(), kek.keyVersion(), project.id()), loop, withdrawn);
    }

    /** One round of the canary: tries every KEK in use. Called once each canary interval. */
    public void tryKeksInUse() {
        watch.tryAll();
    }

    /** Drops all unwrapped secrets of a KEK and cuts its streams, as a failed validation or a removal asks. */
    public void withdraw(String externalKeyId, String reason) {
        watch.withdraw(externalKeyId, reason);
    }

    private void purge(KeyGroup group) {
        cache.purge(group);
        bucketSecrets.removeIf(key -> key.externalKeyId().equals(group.externalKeyId())
                && key.projectId().equals(group.projectId()));
    }

    private CompletionStage<FreshKey.SharedSecret> wrap(Project project, Keks.Registered kek, WrapContext context) {
        WrappingSecret plain = WrappingSecret.generate(random);
        byte[] bytes = plain.bytes();
        CompletionStage<WrappedSecret> wrapped = calls.wrap(project, kek, bytes, context);
        Arrays.fill(bytes, (byte) 0);
        return wrapped.thenApply(done -> {
            KekReference reference = new KekReference(
                    kek.externalKeyId(), kek.kek().provider(), kek.kek().keyId(), done.keyVersion());
            cache.put(new KekWatch.Sample(project, kek, done, context), plain);
            return new FreshKey.SharedSecret(plain, reference, done.ciphertext());
        });
    }

    private KekWatch.Sample sample(
            Project project, ObjectBinding binding, WrapScope scope, KekReference reference, byte[] wrapped) {
        Keks.Registered kek = keks.find(project, reference.externalKeyId())
                .orElseThrow(() -> new S3Exception(
                        S3Error.KMS_DISABLED,
                        "The external key that protects this data is not registered for this project."));
        return new KekWatch.Sample(
                project, kek, new WrappedSecret(reference.keyVersion(), wrapped), WrapContexts.of(binding, scope));
    }

    private CompletionStage<WrappingSecret> secret(KekWatch.Sample wrapped, EventLoop loop) {
        CompletionStage<WrappingSecret> secret = cache.get(wrapped, () -> calls.unwrap(
                        wrapped.project(), wrapped.kek(), KeyEvents.Call.UNWRAP, wrapped.wrapped(), wrapped.context())
                .thenApply(ObjectKeys::unwrapped));
        return onLoop(secret, loop)
                .exceptionallyCompose(failure -> refused(wrapped.kek().externalKeyId(), failure, loop));
    }

    /** Only what has opened is remembered: until then, it is what a client or the store has said. */
    private Dek opened(KekWatch.Sample wrapped, Dek dek) {
        watch.used(wrapped);
        return dek;
    }

    private static WrappingSecret unwrapped(byte[] plain) {
        if (plain.length != WrappingSecret.BYTES) {
            Arrays.fill(plain, (byte) 0);
            throw new KmsException(KmsError.CORRUPT, "what the KMS unwrapped is no secret of this gateway");
        }
        return WrappingSecret.takeOwnershipOf(plain);
    }

    /**
     * A request that is denied is answered when all that is withdrawn with it has been dropped, so that no later one is
     * served from memory. That it was denied proves nothing of the rest: what it asked for may have been made up.
     */
    private <T> CompletionStage<T> refused(String externalKeyId, Throwable failure, EventLoop loop) {
        Throwable cause = KmsFailure.unwrapped(failure);
        if (!(cause instanceof KmsException refused)) {
            return CompletableFuture.failedStage(cause);
        }
        CompletionStage<T> answer = CompletableFuture.failedStage(KmsFailure.toS3(refused));
        return refused.error().withdrawn()
                ? onLoop(watch.suspect(externalKeyId), loop).thenCompose(done -> answer)
                : answer;
    }

    private static <T> CompletionStage<T> onLoop(CompletionStage<T> stage, EventLoop loop) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.isDone() ? future : future.whenCompleteAsync((value, failure) -> {}, loop);
    }
}
