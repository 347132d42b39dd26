package io.sealward.gateway.metrics;

import java.util.function.Function;

/** A label of the series that are made of events: what an event has for it. */
public record Label<E>(String name, Function<E, String> value) {
    public static <E> Label<E> of(String name, Function<E, String> value) {
        return new Label<>(name, value);
    }
}
