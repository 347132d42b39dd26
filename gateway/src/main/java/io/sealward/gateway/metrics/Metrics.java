package io.sealward.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Every meter of the gateway. Thread-safe; to count an event takes well under a microsecond and never blocks. Labels hold
 * names of operations and providers, and ids of external keys and projects: never an object key, a bucket or a secret.
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

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final List<Series<?, ?>> all = new CopyOnWriteArrayList<>();

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        new NettyAllocatorMetrics(PooledByteBufAllocator.DEFAULT).bindTo(registry);
    }

    /**
     * A metric of how long something took, and how often it happened.
     *
     * @param nanos that an event took
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied
    public final <E> Consumer<E> timer(String name, String description, ToLongFunction<E> nanos, Label<E>... labels) {
        return series(
                List.of(labels),
                tags -> timer(name, description).tags(tags).register(registry),
                (meter, event) -> meter.record(nanos.applyAsLong(event), TimeUnit.NANOSECONDS));
    }

    /**
     * A metric of how often something happened, or of how much.
     *
     * @param amount that an event adds; of nothing there is no series
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied
    public final <E> Consumer<E> counter(
            String name, String description, ToLongFunction<E> amount, Label<E>... labels) {
        Consumer<E> counted = series(
                List.of(labels),
                tags -> Counter.builder(name)
                        .description(description)
                        .tags(tags)
                        .register(registry),
                (meter, event) -> meter.increment((double) amount.applyAsLong(event)));
        return event -> {
            if (amount.applyAsLong(event) != 0) {
                counted.accept(event);
            }
        };
    }

    /**
     * A metric of how something stands since the last event.
     *
     * @param value that an event says
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied
    public final <E> Consumer<E> state(String name, String description, ToDoubleFunction<E> value, Label<E>... labels) {
        return series(
                List.of(labels),
                tags -> Standing.register(registry, name, description, tags),
                (meter, event) -> meter.set(value.applyAsDouble(event)));
    }

    /** A request of the management API; the route is its template. */
    public void management(String method, String route, int status, Duration latency) {
        timer("sealward.management.requests", "Requests of the management API.")
                .tags("method", method, "route", route, "status", Integer.toString(status))
                .register(registry)
                .record(latency);
    }

    /** Drops the series with that label: what it names is no more. */
    public void forget(String label, String value) {
        all.forEach(series -> series.forget(label, value, registry));
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

    private <E, M extends Meter> Series<E, M> series(
            List<Label<E>> labels, Function<List<Tag>, M> make, BiConsumer<M, E> count) {
        Series<E, M> series = new Series<>(labels, make, count);
        all.add(series);
        return series;
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(LATENCY_BUCKETS);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
