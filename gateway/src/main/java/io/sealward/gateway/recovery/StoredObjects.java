package io.sealward.gateway.recovery;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/** Sealed objects of one bucket, wherever they lie. */
public interface StoredObjects extends AutoCloseable {
    /** Whatever there is, page by page. */
    Stream<Listed> list() throws IOException;

    /** An object's bytes and metadata, of one moment. */
    Fetched fetch(String key) throws IOException;

    @Override
    default void close() {}

    /** An object that a list names. */
    record Listed(String key, Instant modified) {}

    /**
     * An object that is being read.
     *
     * @param metadata names without {@code x-amz-meta-}
     */
    record Fetched(Instant modified, Map<String, String> metadata, InputStream bytes) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
