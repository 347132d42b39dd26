package io.sealward.gateway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.key.KekCalled;
import io.sealward.gateway.key.KekCalled.Call;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.loopback.CountingKek;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.metrics.Named;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyMonitorTest {
    private static final KekCalled.Subject SUBJECT = new KekCalled.Subject(
            WrapContext.of(Map.of("sealward:bucket", "photos")), Optional.empty(), Optional.empty());
    private static final Project PROJECT = project("proj_1");

    private final Metrics metrics = new Metrics();
    private final Events happening = new Events();
    private final List<AuditEvent> events = new ArrayList<>();
    private final Ticking clock = new Ticking();
    private final KeyMonitor monitor =
            new KeyMonitor(happening, (organization, actor, event) -> events.add(event), clock);
    private final Keks.Registered kek = new Keks.Registered("extkey_1", new CountingKek());

    @BeforeEach
    void watch() {
        Meters.watch(happening, metrics, new Named(0));
    }

    @AfterEach
    void close() {
        kek.kek().close();
        metrics.close();
    }

    @Test
    void howAKeyStandsIsAMetric() {
        happening.tell(new KeyStands(
                new KeyStands.Key("org-1", "extkey_1", "counting"), KeyState.first(Optional.empty(), clock.instant())));
        assertThat(metrics.scrape()).containsPattern("sealward_key_usable\\{key=\"extkey_1\".*} 1.0");

        happening.tell(new KeyStands(
                new KeyStands.Key("org-1", "extkey_1", "counting"),
                KeyState.first(Optional.of(new KmsException(KmsError.THROTTLED, "no")), clock.instant())));
        assertThat(metrics.scrape()).containsPattern("sealward_key_usable\\{key=\"extkey_1\".*} 0.0");
    }

    @Test
    void aForgottenKeyLeavesNoSeries() {
        called(Call.WRAP, PROJECT, Optional.of(KmsError.REVOKED));
        happening.tell(new KeyStands(
                new KeyStands.Key("org-1", "extkey_1", "counting"), KeyState.first(Optional.empty(), clock.instant())));
        assertThat(metrics.scrape()).contains("extkey_1");

        metrics.forget("key", "extkey_1");

        assertThat(metrics.scrape()).doesNotContain("extkey_1");
    }

    @Test
    void denialsAreToldOnceAMinuteForEachKeyProjectAndUseAndNoneIsLost() {
        for (int i = 0; i < 100; i++) {
            called(Call.UNWRAP, PROJECT, Optional.of(KmsError.REVOKED));
            clock.pass(Duration.ofMillis(100));
        }
        called(Call.WRAP, PROJECT, Optional.of(KmsError.REVOKED));
        called(Call.CANARY, project("proj_2"), Optional.of(KmsError.REVOKED));
        assertThat(counts()).containsExactly(1L, 1L, 1L);

        monitor.tellDenials();
        assertThat(counts()).as("the minute is not over").hasSize(3);

        clock.pass(Duration.ofMinutes(1));
        monitor.tellDenials();
        assertThat(counts()).containsExactly(1L, 1L, 1L, 99L);

        called(Call.UNWRAP, PROJECT, Optional.of(KmsError.REVOKED));
        assertThat(counts()).as("the next minute").hasSize(4);
        clock.pass(Duration.ofMinutes(1));
        called(Call.UNWRAP, PROJECT, Optional.of(KmsError.REVOKED));
        assertThat(counts()).containsExactly(1L, 1L, 1L, 99L, 2L);

        called(Call.UNWRAP, PROJECT, Optional.of(KmsError.REVOKED));
        monitor.close();
        assertThat(counts()).containsExactly(1L, 1L, 1L, 99L, 2L, 1L);
    }

    @Test
    void anOutageIsNoDenial() {
        called(Call.UNWRAP, PROJECT, Optional.of(KmsError.UNREACHABLE));
        monitor.close();
        assertThat(events).isEmpty();
    }

    @Test
    void troubleWithItsOwnIdentityIsCountedAndDeniesNothing() {
        happening.tell(
                new KekCalled(Call.CANARY, PROJECT, kek, SUBJECT, Optional.of(KmsException.ofGateway("no")), 1_000));
        monitor.close();
        assertThat(events).isEmpty();
        assertThat(metrics.scrape()).containsPattern("sealward_identity_refused_total\\{provider=\"counting\".*} 1.0");
    }

    private void called(Call call, Project project, Optional<KmsError> error) {
        happening.tell(new KekCalled(call, project, kek, SUBJECT, error.map(e -> new KmsException(e, "no")), 1_000));
    }

    private List<Long> counts() {
        return events.stream().map(event -> (Long) event.details().get("count")).toList();
    }

    private static Project project(String id) {
        return new Project("org-1", id, Optional.of("extkey_1"), KeyMode.PER_OBJECT, Optional.empty());
    }

    private static final class Ticking extends Clock {
        private Instant now = Instant.ofEpochSecond(1_700_000_000);

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
