package io.sealward.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsError;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void requests_are_timed_by_operation_and_status() {
        metrics.request("GetObject", 200, Duration.ofMillis(7));
        metrics.received("PutObject", 5_000_000_000L);
        metrics.sent("GetObject", 3);
        assertThat(metrics.scrape())
                .contains("sealward_requests_seconds_count{operation=\"GetObject\",status=\"200\"} 1")
                .contains("sealward_requests_seconds_bucket{operation=\"GetObject\",status=\"200\",le=\"0.01\"} 1")
                .contains("sealward_received_bytes_total{operation=\"PutObject\"} 5.0E9")
                .contains("sealward_sent_bytes_total{operation=\"GetObject\"} 3.0");
    }

    @Test
    void kms_calls_are_counted_by_provider_key_and_outcome_until_the_key_is_forgotten() {
        metrics.kmsCall("aws", "extkey_1", Metrics.KmsOperation.WRAP, Optional.empty(), Duration.ofMillis(30));
        metrics.kmsCall(
                "aws", "extkey_1", Metrics.KmsOperation.UNWRAP, Optional.of(KmsError.REVOKED), Duration.ofMillis(30));
        metrics.keyUsable("aws", "extkey_1", false);
        metrics.keyUsable("aws", "extkey_1", true);
        String scraped = metrics.scrape();
        assertThat(scraped)
                .contains("key=\"extkey_1\",operation=\"wrap\",outcome=\"success\",provider=\"aws\"} 1")
                .contains("outcome=\"revoked\"")
                .contains("sealward_key_usable{key=\"extkey_1\",provider=\"aws\"} 1.0");
        metrics.forgetKey("extkey_1");
        assertThat(metrics.scrape()).doesNotContain("extkey_1");
    }

    @Test
    void cache_hits_are_counted() {
        metrics.cacheHit();
        assertThat(metrics.scrape())
                .contains("sealward_key_cache_total{outcome=\"hit\"} 1.0")
                .contains("sealward_key_cache_total{outcome=\"miss\"} 0.0")
                .contains("netty_allocator");
    }
}
