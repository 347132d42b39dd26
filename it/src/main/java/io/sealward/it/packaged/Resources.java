package io.sealward.it.packaged;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * All that a program has started and must not leave behind, whenever it is told to end. Thread-safe: closing waits for what
 * is being opened, and nothing is opened after it.
 */
public final class Resources implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /** Opens something. */
    @FunctionalInterface
    public interface Opening<T extends AutoCloseable, E extends Exception> {
        T open() throws E;
    }

    /**
     * Opens something that is closed with the rest, the latest first. It should take no longer than closing may wait.
     *
     * @throws IllegalStateException if all is closed already
     */
    public synchronized <T extends AutoCloseable, E extends Exception> T own(Opening<T, E> opening) throws E {
        if (closed) {
            throw new IllegalStateException("ending");
        }
        T opened = opening.open();
        open.push(opened);
        return opened;
    }

    /** Closes all, whatever becomes of each. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // What is left must go, too; and who ends a program has no use for the reason.
            }
        }
    }
}
