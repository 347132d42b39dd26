package io.sealward.gateway.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The list of those who are told what happens. They hear of it on the thread on which it happens, an event loop most often,
 * in the order in which they came, and must neither block nor throw. Thread-safe.
 */
public final class Events {
    private final Map<Class<? extends Event>, List<Consumer<Event>>> listeners = new ConcurrentHashMap<>();

    /** Tells {@code listener} of all events of one kind from now on. */
    public <E extends Event> void when(Class<E> kind, Consumer<? super E> listener) {
        listeners
                .computeIfAbsent(kind, first -> new CopyOnWriteArrayList<>())
                .add(event -> listener.accept(kind.cast(event)));
    }

    /** Says that something happened. */
    public void tell(Event event) {
        for (Consumer<Event> listener : listeners.getOrDefault(event.getClass(), List.of())) {
            listener.accept(event);
        }
    }
}
