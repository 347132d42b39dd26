package io.sealward.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.CountingKek;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnusedKeysTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final CountingKek kek = new CountingKek();
    private final AtomicLong nanos = new AtomicLong();
    private int registered = 1;
    private final ObjectKeys keys = new ObjectKeys(
            new Keks() {
                @Override
                public List<Use> uses() {
                    return IntStream.range(0, registered)
                            .mapToObj(i -> new Use(
                                    new Registered("extkey_" + i, kek),
                                    "org-1",
                                    Optional.of("proj_1"),
                                    Optional.empty()))
                            .toList();
                }

                @Override
                public Optional<Registered> forProject(Project project) {
                    return Optional.empty();
                }

                @Override
                public Optional<Registered> find(Project project, String externalKeyId) {
                    return Optional.empty();
                }
            },
            new KeySettings(Duration.ofMinutes(1), 100, Duration.ofMinutes(5), INTERVAL, 0),
            new Events(),
            new SecureRandom(),
            nanos::get);

    @AfterEach
    void stop() {
        kek.close();
    }

    private void afterLooksFor(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            keys.tryUnusedKeys();
        }
    }

    private Optional<KeyState.Status> status(int key) {
        return keys.state("extkey_" + key).map(KeyState::status);
    }

    @Test
    void aKeyThatNobodyUsesIsKnownSoon() {
        assertThat(status(0)).isEmpty();
        keys.tryUnusedKeys();
        afterLooksFor(Duration.ofSeconds(11));
        Eventually.holds(() -> assertThat(status(0)).contains(KeyState.Status.ACTIVE));
        assertThat(kek.wraps()).isEqualTo(1);
    }

    @Test
    void manyTakeTurns() {
        registered = 100;
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        keys.tryUnusedKeys();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        keys.tryUnusedKeys();
        assertThat(kek.wraps()).isEqualTo(16);
        afterLooksFor(Duration.ofSeconds(6));
        assertThat(kek.wraps()).isEqualTo(100);
    }

    @Test
    void aSuspicionHasItTriedAtOnceWhateverIsKnown() {
        keys.tryUnusedKeys();
        afterLooksFor(Duration.ofSeconds(11));
        Eventually.holds(() -> assertThat(status(0)).contains(KeyState.Status.ACTIVE));
        kek.refuse(KmsError.REVOKED);
        afterLooksFor(Duration.ofSeconds(1));
        assertThat(kek.wraps()).isEqualTo(1);
        keys.suspect("extkey_0");
        keys.suspect("another");
        keys.tryUnusedKeys();
        Eventually.holds(() -> assertThat(status(0)).contains(KeyState.Status.REVOKED));
        assertThat(keys.state("extkey_0").orElseThrow().reason()).isEqualTo("as told");
    }
}
