package io.sealward.gateway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.event.Events;
import io.sealward.gateway.front.ExchangeEnded;
import io.sealward.gateway.front.Refusal;
import io.sealward.gateway.front.Refused;
import io.sealward.gateway.key.KekCalled;
import io.sealward.gateway.key.KekCalled.Call;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.key.SecretLookedUp;
import io.sealward.gateway.loopback.CountingKek;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.metrics.Named;
import io.sealward.gateway.store.ConnectionFreed;
import io.sealward.gateway.store.ConnectionTaken;
import io.sealward.gateway.store.StoreCalled;
import io.sealward.gateway.store.StoreConnected;
import io.sealward.gateway.store.StoreWaited;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final KekCalled.Subject SUBJECT = new KekCalled.Subject(
            WrapContext.of(Map.of("sealward:bucket", "photos")), Optional.empty(), Optional.empty());
    private static final long MILLI = 1_000_000;

    private final Metrics metrics = new Metrics();
    private final Events events = new Events();
    private final Keks.Registered kek = new Keks.Registered("extkey_1", new CountingKek());

    @BeforeEach
    void watch() {
        Meters.watch(events, metrics, new Named(2));
    }

    @AfterEach
    void close() {
        kek.kek().close();
        metrics.close();
    }

    @Test
    void requestsAreTimedByOperationAndStatus() {
        events.tell(new ExchangeEnded(Optional.of("proj_1"), "GetObject", 200, 0, 3, 7 * MILLI));
        events.tell(new ExchangeEnded(Optional.of("proj_1"), "PutObject", 200, 5_000_000_000L, 0, 7 * MILLI));
        assertThat(metrics.scrape())
                .contains("sealward_requests_seconds_count{operation=\"GetObject\",status=\"200\"} 1")
                .contains("sealward_requests_seconds_bucket{operation=\"GetObject\",status=\"200\",le=\"0.01\"} 1")
                .contains("sealward_received_bytes_total{operation=\"PutObject\"} 5.0E9")
                .contains("sealward_sent_bytes_total{operation=\"GetObject\"} 3.0")
                .doesNotContain("sealward_sent_bytes_total{operation=\"PutObject\"}");
    }

    @Test
    void kmsCallsAreCountedByProviderKeyAndOutcomeUntilTheKeyIsForgotten() {
        called(Call.WRAP, Optional.empty());
        called(Call.UNWRAP, Optional.of(KmsError.REVOKED));
        stands(Optional.of(new KmsException(KmsError.REVOKED, "no")));
        stands(Optional.empty());
        assertThat(metrics.scrape())
                .contains("key=\"extkey_1\",operation=\"wrap\",outcome=\"success\",provider=\"counting\"} 1")
                .contains("outcome=\"revoked\"")
                .contains("sealward_key_usable{key=\"extkey_1\",provider=\"counting\"} 1.0");

        metrics.forget("key", "extkey_1");
        assertThat(metrics.scrape()).doesNotContain("extkey_1");

        called(Call.WRAP, Optional.empty());
        assertThat(metrics.scrape()).as("a key of the same name begins anew").contains("extkey_1");
    }

    @Test
    void cacheHitsAreCounted() {
        events.tell(new SecretLookedUp(true));
        events.tell(new SecretLookedUp(false));
        events.tell(new SecretLookedUp(false));
        assertThat(metrics.scrape())
                .contains("sealward_key_cache_total{outcome=\"hit\"} 1.0")
                .contains("sealward_key_cache_total{outcome=\"miss\"} 2.0")
                .contains("netty_allocator");
    }

    @Test
    void whoIsTurnedAwayIsCountedByCause() {
        events.tell(new Refused(Refusal.MEMORY));
        assertThat(metrics.scrape()).contains("sealward_refused_total{cause=\"memory\"} 1.0");
    }

    @Test
    void projectsAreCountedByNameAsFarAsTheBoundGoesAndTheOthersTogether() {
        events.tell(new ExchangeEnded(Optional.of("proj_1"), "GetObject", 200, 0, 5, 1));
        events.tell(new ExchangeEnded(Optional.of("proj_2"), "PutObject", 404, 7, 1, 1));
        events.tell(new ExchangeEnded(Optional.of("proj_3"), "GetObject", 503, 0, 1, 1));
        events.tell(new ExchangeEnded(Optional.of("proj_4"), "GetObject", 0, 0, 1, 1));
        events.tell(new ExchangeEnded(Optional.of("proj_1"), "GetObject", 206, 0, 5, 1));
        events.tell(new ExchangeEnded(Optional.empty(), "-", 403, 0, 9, 1));
        assertThat(metrics.scrape())
                .contains("sealward_project_requests_total{outcome=\"success\",project=\"proj_1\"} 2.0")
                .contains("sealward_project_sent_bytes_total{project=\"proj_1\"} 10.0")
                .contains("sealward_project_requests_total{outcome=\"refused\",project=\"proj_2\"} 1.0")
                .contains("sealward_project_received_bytes_total{project=\"proj_2\"} 7.0")
                .contains("sealward_project_requests_total{outcome=\"failed\",project=\"other\"} 2.0")
                .contains("sealward_project_sent_bytes_total{project=\"other\"} 2.0")
                .doesNotContain("proj_3", "proj_4", "project=\"\"");
    }

    @Test
    void theStoreIsToldByCallsWaitsAndConnections() {
        events.tell(new StoreConnected(true, 3 * MILLI));
        events.tell(new StoreWaited(false, 3 * MILLI));
        events.tell(new ConnectionTaken());
        events.tell(new ConnectionTaken());
        events.tell(new ConnectionFreed());
        events.tell(new StoreCalled("GET", 206, 7 * MILLI));
        events.tell(new StoreCalled("PUT", 0, 7 * MILLI));
        assertThat(metrics.scrape())
                .contains("sealward_store_connects_seconds_count{outcome=\"success\"} 1")
                .contains("sealward_store_waits_seconds_count{outcome=\"failed\"} 1")
                .contains("sealward_store_connections 1.0")
                .contains("sealward_store_calls_seconds_count{method=\"GET\",outcome=\"2xx\"} 1")
                .contains("sealward_store_calls_seconds_count{method=\"PUT\",outcome=\"failed\"} 1");
    }

    private void called(Call call, Optional<KmsError> error) {
        Project project = new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());
        events.tell(new KekCalled(call, project, kek, SUBJECT, error.map(e -> new KmsException(e, "no")), 30 * MILLI));
    }

    private void stands(Optional<KmsException> failure) {
        events.tell(new KeyStands(
                new KeyStands.Key("org-1", "extkey_1", "counting"), KeyState.first(failure, Instant.EPOCH)));
    }
}
