package io.sealward.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;

/** The one encoding of a {@link WrapContext} in bytes. */
final class CanonicalContext {
    private CanonicalContext() {}

    static byte[] encode(SortedMap<String, String> entries) {
        int size = 0;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            size += 2 * Integer.BYTES
                    + entry.getKey().getBytes(UTF_8).length
                    + entry.getValue().getBytes(UTF_8).length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        entries.forEach((name, value) -> {
            put(out, name);
            put(out, value);
        });
        return out.array();
    }

    private static void put(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        out.putInt(bytes.length).put(bytes);
    }
}
