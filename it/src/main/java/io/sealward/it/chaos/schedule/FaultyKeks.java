package io.sealward.it.chaos.schedule;

import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A cloud's KEKs, whose answers come late or wrong while that is asked for. */
final class FaultyKeks implements KekOpener {
    private static final Executor LATER = CompletableFuture.delayedExecutor(150, TimeUnit.MILLISECONDS);

    private final KekOpener real;
    private final AtomicReference<Trouble> trouble = new AtomicReference<>(Trouble.NONE);

    enum Trouble {
        NONE,
        SLOW,
        WRONG_PLAINTEXT,
        WRONG_CIPHERTEXT
    }

    FaultyKeks(KekOpener real) {
        this.real = real;
    }

    void set(Trouble now) {
        trouble.set(now);
    }

    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return new Faulty(real.open(organizationId, spec));
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        return real.check(organizationId, spec, context);
    }

    @Override
    public void close() {
        real.close();
    }

    private final class Faulty implements Kek {
        private final Kek kek;

        Faulty(Kek kek) {
            this.kek = kek;
        }

        @Override
        public String provider() {
            return kek.provider();
        }

        @Override
        public String keyId() {
            return kek.keyId();
        }

        @Override
        public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
            return late(kek.wrap(secret, context).thenApply(wrapped -> {
                if (trouble.get() == Trouble.WRONG_CIPHERTEXT) {
                    wrapped.ciphertext()[wrapped.ciphertext().length - 1] ^= 1;
                }
                return wrapped;
            }));
        }

        @Override
        public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
            return late(kek.unwrap(wrapped, context).thenApply(secret -> {
                if (trouble.get() == Trouble.WRONG_PLAINTEXT) {
                    secret[0] ^= 1;
                }
                return secret;
            }));
        }

        @Override
        public CompletionStage<Void> probe(WrappedSecret sample, WrapContext context) {
            return kek.probe(sample, context);
        }

        private <T> CompletionStage<T> late(CompletionStage<T> stage) {
            return trouble.get() == Trouble.SLOW ? stage.whenCompleteAsync((value, failure) -> {}, LATER) : stage;
        }

        @Override
        public void close() {
            kek.close();
        }
    }
}
