package io.sealward.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import io.sealward.providers.KmsError;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/**
 * Every meter of the gateway. Thread-safe; each call takes well under a microsecond and never blocks. Labels hold names
 * of operations, providers and ids of external keys: never an object key, a bucket or a secret.
 */
public final class Metrics implements AutoCloseable {
    private static final Duration[] LATENCY_BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };
    private static final String KEY_USABLE = "sealward.key.usable";
    private static final String KMS_CALLS = "sealward.kms.calls";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    /** Meters that every request needs; looking one up in the registry takes as long as all else here. */
    private final Map<Request, Timer> requests = new ConcurrentHashMap<>();

    private final Map<String, AtomicBoolean> usableKeys = new ConcurrentHashMap<>();
    private final Map<String, Counter> received = new ConcurrentHashMap<>();
    private final Map<String, Counter> sent = new ConcurrentHashMap<>();
    private final Map<String, Counter> refused = new ConcurrentHashMap<>();
    private final Counter cacheHits;
    private final Counter cacheMisses;

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        new NettyAllocatorMetrics(PooledByteBufAllocator.DEFAULT).bindTo(registry);
        cacheHits = keyCache("hit");
        cacheMisses = keyCache("miss");
    }

    private record Request(String operation, int status) {}

    /** What was asked of a KMS. */
    public enum KmsOperation {
        WRAP,
        UNWRAP
    }

    /** An S3 request that was answered; the operation is S3's name for it, such as {@code GetObject}. */
    public void request(String operation, int status, Duration latency) {
        requests.computeIfAbsent(
                        new Request(operation, status),
                        request -> timer(
                                "sealward.requests",
                                "S3 requests.",
                                "operation",
                                operation,
                                "status",
                                Integer.toString(status)))
                .record(latency);
    }

    /** Bytes of bodies as they came from clients: of objects with their framing, of documents. */
    public void received(String operation, long bytes) {
        count(received, "sealward.received", operation, bytes);
    }

    /** Bytes of bodies as they went to clients: of objects in plaintext, of documents. */
    public void sent(String operation, long bytes) {
        count(sent, "sealward.sent", operation, bytes);
    }

    /** Somebody was turned away for want of room: of connections, of memory. */
    public void refused(String cause) {
        refused.computeIfAbsent(cause, tag -> Counter.builder("sealward.refused")
                        .description("Connections and requests that were turned away for want of room.")
                        .tag("cause", tag)
                        .register(registry))
                .increment();
    }

    /** A request of the management API; the route is its template. */
    public void management(String method, String route, int status, Duration latency) {
        timer(
                        "sealward.management.requests",
                        "Requests of the management API.",
                        "method",
                        method,
                        "route",
                        route,
                        "status",
                        Integer.toString(status))
                .record(latency);
    }

    /** One call to a KMS, whatever retries it took. */
    public void kmsCall(
            String provider,
            String externalKeyId,
            KmsOperation operation,
            Optional<KmsError> failure,
            Duration latency) {
        timer(
                        KMS_CALLS,
                        "Calls to KMSs.",
                        "provider",
                        provider,
                        "key",
                        externalKeyId,
                        "operation",
                        lower(operation),
                        "outcome",
                        failure.map(Metrics::lower).orElse("success"))
                .record(latency);
    }

    /** A cloud did not take the gateway's own identity. */
    public void identityRefused(String provider) {
        Counter.builder("sealward.identity.refused")
                .description("Calls to KMSs that failed as the gateway's own identity was not taken.")
                .tag("provider", provider)
                .register(registry)
                .increment();
    }

    /** An unwrapped secret was found in memory. */
    public void cacheHit() {
        cacheHits.increment();
    }

    /** The KMS had to be asked. */
    public void cacheMiss() {
        cacheMisses.increment();
    }

    /** Whether a key can be used, from now on until it is said anew or {@link #forgetKey}. */
    public void keyUsable(String provider, String externalKeyId, boolean usable) {
        usableKeys
                .computeIfAbsent(externalKeyId, id -> {
                    AtomicBoolean value = new AtomicBoolean();
                    Gauge.builder(KEY_USABLE, () -> value.get() ? 1 : 0)
                            .description("1 while the key can be used, 0 while its KMS refuses or does not answer.")
                            .tag("provider", provider)
                            .tag("key", id)
                            .register(registry);
                    return value;
                })
                .set(usable);
    }

    /** Drops the series of a key that is no longer registered. */
    public void forgetKey(String externalKeyId) {
        usableKeys.remove(externalKeyId);
        registry.find(KEY_USABLE).tag("key", externalKeyId).meters().forEach(registry::remove);
        registry.find(KMS_CALLS).tag("key", externalKeyId).meters().forEach(registry::remove);
    }

    /** A value to read whenever the metrics are. */
    public void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** The Prometheus text format, version 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    private Counter keyCache(String outcome) {
        return Counter.builder("sealward.key.cache")
                .description("Look-ups of unwrapped secrets.")
                .tag("outcome", outcome)
                .register(registry);
    }

    private void count(Map<String, Counter> counters, String name, String operation, long bytes) {
        if (bytes > 0) {
            counters.computeIfAbsent(operation, tag -> Counter.builder(name)
                            .description("Bytes of bodies on the client's side.")
                            .baseUnit("bytes")
                            .tag("operation", tag)
                            .register(registry))
                    .increment((double) bytes);
        }
    }

    private Timer timer(String name, String description, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(LATENCY_BUCKETS)
                .register(registry);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
