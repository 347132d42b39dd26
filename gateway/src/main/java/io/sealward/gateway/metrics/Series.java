package io.sealward.gateway.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The series of one metric, one for each set of labels that events have had. They are kept here, as looking one up in the
 * registry takes as long as all else that an event costs. Thread-safe.
 */
final class Series<E, M extends Meter> implements Consumer<E> {
    private final List<Label<E>> labels;
    private final Function<List<Tag>, M> make;
    private final BiConsumer<M, E> count;
    private final Map<List<String>, M> meters = new ConcurrentHashMap<>();

    /** @param make registers the meter of a set of labels */
    Series(List<Label<E>> labels, Function<List<Tag>, M> make, BiConsumer<M, E> count) {
        this.labels = labels;
        this.make = make;
        this.count = count;
    }

    @Override
    public void accept(E event) {
        List<String> values = new ArrayList<>(labels.size());
        for (Label<E> label : labels) {
            values.add(label.value().apply(event));
        }
        count.accept(of(values), event);
    }

    private M of(List<String> values) {
        M known = meters.get(values);
        return known == null ? meters.computeIfAbsent(values, this::make) : known;
    }

    private M make(List<String> values) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            tags.add(Tag.of(labels.get(i).name(), values.get(i)));
        }
        return make.apply(tags);
    }

    /** Drops the series that have this label; a later event begins a new one. */
    void forget(String label, String value, MeterRegistry registry) {
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).name().equals(label)) {
                int at = i;
                meters.entrySet().removeIf(entry -> {
                    boolean goes = entry.getKey().get(at).equals(value);
                    if (goes) {
                        registry.remove(entry.getValue());
                    }
                    return goes;
                });
            }
        }
    }
}
