package io.sealward.gateway.key;

import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries every KEK in use once each canary interval, by unwrapping the secret it wrapped last. The moment one is withdrawn
 * everything of it is dropped: unwrapped secrets, and streams under way. A KEK is in use while secrets of it are cached
 * or streams under it are open.
 *
 * <p>A KMS that does not answer is an outage: nothing is dropped, and cached secrets end with their time to live.
 */
final class KekWatch {
    private static final Logger LOG = LoggerFactory.getLogger(KekWatch.class);

    private record Sample(Project project, Keks.Registered kek, WrappedSecret wrapped, WrapContext context) {}

    private static final class Watched {
        private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean asking = new AtomicBoolean();
        private final AtomicBoolean used = new AtomicBoolean();
        private volatile Sample sample;
    }

    private record Stream(Executor loop, Runnable withdrawn) {}

    private final KekCalls calls;
    private final KeyEvents events;
    private final Supplier<Set<String>> cached;
    private final Consumer<String> purge;
    private final ConcurrentMap<String, Watched> watched = new ConcurrentHashMap<>();

    /**
     * @param cached the external keys that unwrapped secrets are in memory of
     * @param purge drops them
     */
    KekWatch(KekCalls calls, KeyEvents events, Supplier<Set<String>> cached, Consumer<String> purge) {
        this.calls = calls;
        this.events = events;
        this.cached = cached;
        this.purge = purge;
    }

    /** Remembers what a KEK wrapped or unwrapped last, to try it with. Called when that is in memory, if it is kept. */
    void used(Project project, Keks.Registered kek, WrappedSecret wrapped, WrapContext context) {
        Watched key = of(kek.externalKeyId());
        key.sample = new Sample(project, kek, wrapped, context);
        key.used.set(true);
    }

    /** Calls back on {@code loop} if the KEK is withdrawn before the returned handle is closed. */
    Watch open(String externalKeyId, Executor loop, Runnable withdrawn) {
        Stream stream = new Stream(loop, withdrawn);
        Set<Stream> streams = of(externalKeyId).streams;
        streams.add(stream);
        return () -> streams.remove(stream);
    }

    /** One round of the canary. */
    void tryAll() {
        Set<String> inMemory = cached.get();
        watched.forEach((externalKeyId, key) -> {
            Sample sample = key.sample;
            boolean inUse = !key.streams.isEmpty() || inMemory.contains(externalKeyId);
            if (sample != null && inUse && key.asking.compareAndSet(false, true)) {
                ask(key, sample);
            }
        });
    }

    private void ask(Watched key, Sample sample) {
        calls.unwrap(sample.project(), sample.kek(), KeyEvents.Call.CANARY, sample.wrapped(), sample.context())
                .whenComplete((secret, failure) -> {
                    key.asking.set(false);
                    if (failure == null) {
                        Arrays.fill(secret, (byte) 0);
                    } else if (KmsFailure.unwrapped(failure) instanceof KmsException e
                            && e.error().withdrawn()) {
                        withdrawn(sample.project(), sample.kek().externalKeyId(), e.getMessage());
                    }
                });
    }

    /** The KMS said no: drops all that is known of the KEK, once, however many requests hear of it. */
    void withdrawn(Project project, String externalKeyId, String reason) {
        Watched key = of(externalKeyId);
        Set<Stream> streams = key.streams;
        if (!key.used.getAndSet(false) && streams.isEmpty()) {
            return;
        }
        purge.accept(externalKeyId);
        int cut = 0;
        for (Stream stream : List.copyOf(streams)) {
            if (streams.remove(stream)) {
                stream.loop().execute(stream.withdrawn());
                cut++;
            }
        }
        LOG.warn("{} is withdrawn: {} streams cut. {}", externalKeyId, cut, reason);
        events.purged(project, externalKeyId, reason, cut);
    }

    /** As if the KMS had said no; nothing happens if the KEK was never used. */
    void withdraw(String externalKeyId, String reason) {
        Watched key = watched.get(externalKeyId);
        if (key != null && key.sample != null) {
            withdrawn(key.sample.project(), externalKeyId, reason);
        }
    }

    private Watched of(String externalKeyId) {
        return watched.computeIfAbsent(externalKeyId, id -> new Watched());
    }
}
