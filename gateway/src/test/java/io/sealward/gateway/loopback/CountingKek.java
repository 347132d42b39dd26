package io.sealward.gateway.loopback;

import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** A KMS that counts its calls, can be told to refuse, and can be made to wait. What it wraps is no secret. */
public final class CountingKek implements Kek {
    private static final int MARK_BYTES = 4;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "counting-kek");
        daemon.setDaemon(true);
        return daemon;
    });
    private final AtomicInteger wraps = new AtomicInteger();
    private final AtomicInteger unwraps = new AtomicInteger();
    private final Semaphore gate = new Semaphore(1);
    private volatile Optional<KmsError> refusal = Optional.empty();
    private volatile boolean garbled;
    private volatile String version = "1";
    private volatile BiPredicate<String, WrapContext> destroyed = (version, context) -> false;
    private volatile Optional<KmsError> lastOutcome = Optional.empty();

    public int wraps() {
        return wraps.get();
    }

    public int unwraps() {
        return unwraps.get();
    }

    /** How the last call ended; waits for the one under way. Empty if it succeeded. */
    public Optional<KmsError> lastOutcome() throws Exception {
        return thread.submit(() -> lastOutcome).get();
    }

    /** What is wrapped from now on is of this version. */
    public void rotate(String to) {
        version = to;
    }

    /** From now on unwraps that the condition names, by version and context, are refused for good. */
    public void destroy(BiPredicate<String, WrapContext> condition) {
        destroyed = condition;
    }

    public void refuse(KmsError error) {
        refusal = Optional.of(error);
    }

    /** From now on it unwraps to something else than was wrapped. */
    public void garble() {
        garbled = true;
    }

    public void allow() {
        garbled = false;
        refusal = Optional.empty();
    }

    /** From now on calls wait for {@link #release}. */
    public void hold() {
        gate.acquireUninterruptibly();
    }

    public void release() {
        gate.release();
    }

    @Override
    public String provider() {
        return "counting";
    }

    @Override
    public String keyId() {
        return "counting-key";
    }

    @Override
    public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
        byte[] wrapped = Arrays.copyOf(secret, secret.length + MARK_BYTES);
        mark(wrapped, context);
        String by = version;
        return answer(wraps, () -> new WrappedSecret(by, wrapped));
    }

    @Override
    public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
        return answer(unwraps, () -> {
            if (destroyed.test(wrapped.keyVersion(), context)) {
                throw new KmsException(KmsError.DESTROYED, "that is gone");
            }
            byte[] expected = wrapped.ciphertext().clone();
            mark(expected, context);
            if (!Arrays.equals(expected, wrapped.ciphertext())) {
                throw new KmsException(KmsError.CORRUPT, "not what was wrapped");
            }
            if (garbled) {
                Arrays.fill(expected, (byte) 7);
            }
            return Arrays.copyOf(expected, expected.length - MARK_BYTES);
        });
    }

    @Override
    public CompletionStage<Void> probe(WrappedSecret sample, WrapContext context) {
        return unwrap(sample, context).thenAccept(secret -> Arrays.fill(secret, (byte) 0));
    }

    private static void mark(byte[] wrapped, WrapContext context) {
        int hash = context.hashCode();
        for (int i = 0; i < MARK_BYTES && i < wrapped.length; i++) {
            wrapped[wrapped.length - 1 - i] = (byte) (hash >> (8 * i));
        }
    }

    private <T> CompletionStage<T> answer(AtomicInteger counter, Supplier<T> value) {
        counter.incrementAndGet();
        return CompletableFuture.supplyAsync(
                () -> {
                    gate.acquireUninterruptibly();
                    gate.release();
                    try {
                        refusal.ifPresent(error -> {
                            throw new KmsException(error, "as told");
                        });
                        T answer = value.get();
                        lastOutcome = Optional.empty();
                        return answer;
                    } catch (KmsException e) {
                        lastOutcome = Optional.of(e.error());
                        throw e;
                    }
                },
                thread);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
