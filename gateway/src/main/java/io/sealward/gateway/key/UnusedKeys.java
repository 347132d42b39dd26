package io.sealward.gateway.key;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sealward.gateway.tenant.Keks;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.StageFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Tries the keys that nothing is in use of, so that it is known how they stand: each has a secret wrapped and unwrapped, as
 * for an object of one of its projects, once in an interval, if there is one, and soon after a suspicion. Keys take turns, so that neither the
 * start of a gateway nor the end of an interval asks for all at once. Thread-safe.
 */
final class UnusedKeys {
    private static final int BEGUN_AT_ONCE = 16;
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(10);

    private final Keks keks;
    private final KeyGroups groups;
    private final KeyStates states;
    private final Duration interval;
    private final Ticker ticker;
    private final Map<String, Long> due = new ConcurrentHashMap<>();
    private final Set<String> suspected = ConcurrentHashMap.newKeySet();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    UnusedKeys(Keks keks, KeyGroups groups, KeyStates states, Duration interval, Ticker ticker) {
        this.keks = keks;
        this.groups = groups;
        this.states = states;
        this.interval = interval;
        this.ticker = ticker;
    }

    /** Has a key tried with the next look, whatever is known of it. */
    void suspect(String externalKeyId) {
        suspected.add(externalKeyId);
    }

    /** Looks which keys are due. Called once a second. */
    void look() {
        Map<String, Keks.Use> uses =
                keks.uses().stream().collect(Collectors.toMap(use -> use.key().externalKeyId(), use -> use));
        due.keySet().retainAll(uses.keySet());
        suspected.retainAll(uses.keySet());
        long now = ticker.read();
        uses.entrySet().stream()
                .filter(use -> isDue(use.getKey(), now))
                .limit(BEGUN_AT_ONCE)
                .forEach(use -> {
                    due.put(use.getKey(), now + around(interval));
                    boolean suspicion = suspected.remove(use.getKey());
                    boolean inUse = !groups.inUse(use.getKey()).isEmpty(); // and so the canary's
                    if (!inUse && (suspicion || !states.known(use.getKey(), interval.dividedBy(2)))) {
                        ask(use.getValue());
                    }
                });
    }

    private boolean isDue(String id, long now) {
        return suspected.contains(id)
                || (!interval.isZero() && now - due.computeIfAbsent(id, first -> now + within(FIRST_WITHIN)) >= 0);
    }

    private static long around(Duration time) {
        return time.toNanos() * 9 / 10 + within(time.dividedBy(5));
    }

    private static long within(Duration time) {
        return ThreadLocalRandom.current().nextLong(time.toNanos() + 1);
    }

    private void ask(Keks.Use use) {
        String id = use.key().externalKeyId();
        if (!underWay.add(id)) {
            return;
        }
        KeyStands.Key key =
                new KeyStands.Key(use.organizationId(), id, use.key().kek().provider());
        RegistrationCheck check = RegistrationCheck.roundTrip(
                use.key().kek(), WrapContexts.ofProof(use.organizationId(), use.projectId(), use.bucket()));
        CompletableFuture.<Void>completedFuture(null)
                .thenCompose(
                        now -> check.run()) // if it throws, against its contract, the others are looked at all the same
                .whenComplete((passed, failure) -> {
                    underWay.remove(id);
                    states.answered(key, Optional.ofNullable(failure).map(UnusedKeys::failure));
                });
    }

    private static KmsException failure(Throwable failure) {
        Throwable cause = StageFailure.cause(failure);
        return cause instanceof KmsException known && known.error() != KmsError.CORRUPT
                ? known
                : new KmsException(KmsError.UNREACHABLE, String.valueOf(cause.getMessage()), cause);
    }
}
