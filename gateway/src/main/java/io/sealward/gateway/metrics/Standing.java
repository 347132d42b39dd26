package io.sealward.gateway.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;

/** A gauge that shows what it was last set to. */
final class Standing implements Meter {
    private volatile double value;
    private Gauge shown;

    private Standing() {}

    static Standing register(MeterRegistry registry, String name, String description, List<Tag> tags) {
        Standing standing = new Standing();
        standing.shown = Gauge.builder(name, () -> standing.value)
                .description(description)
                .tags(tags)
                .register(registry);
        return standing;
    }

    void set(double value) {
        this.value = value;
    }

    @Override
    public Id getId() {
        return shown.getId();
    }

    @Override
    public Iterable<Measurement> measure() {
        return shown.measure();
    }
}
