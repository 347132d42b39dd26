package io.sealward.gateway.registry.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.registry.encryption.ColumnOpener;
import io.sealward.gateway.registry.encryption.RowCipher;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens encrypted columns, but none again that the load before has opened: a change touches few. Not thread-safe. */
final class OpenedColumns implements ColumnOpener {
    private record Column(ByteBuffer sealed, List<String> row) {}

    private final RowCipher cipher;
    private Map<Column, String> before = Map.of();
    private Map<Column, String> now = Map.of();

    OpenedColumns(RowCipher cipher) {
        this.cipher = cipher;
    }

    /** A new load begins, and what the one before has not asked for is forgotten. */
    void begin() {
        before = now;
        now = new HashMap<>();
    }

    @Override
    public String open(byte[] sealed, String... row) {
        Column column = new Column(ByteBuffer.wrap(sealed), List.of(row));
        String known = before.get(column);
        String text = known == null ? new String(cipher.open(sealed, row), UTF_8) : known;
        now.put(column, text);
        return text;
    }
}
