package io.sealward.gateway.metrics;

import java.util.function.Function;

/** A label of a metric, and the value that an event gives it. */
public record Label<E>(String name, Function<E, String> value) {
    public static <E> Label<E> of(String name, Function<E, String> value) {
        return new Label<>(name, value);
    }
}
