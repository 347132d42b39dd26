package io.sealward.gateway.key;

/** A stream that is cut if its KEK is withdrawn, until it is closed. Closing twice is harmless. */
@FunctionalInterface
public interface Watch extends AutoCloseable {
    @Override
    void close();
}
