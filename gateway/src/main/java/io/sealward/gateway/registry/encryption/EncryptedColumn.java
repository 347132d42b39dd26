package io.sealward.gateway.registry.encryption;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A column that {@link RowCipher} encrypts.
 *
 * @param id the column that the table's rows are in order of
 * @param bound what of a row is authenticated with the value, beside the table's name
 */
public record EncryptedColumn(String table, String id, String column, List<String> bound) {
    /** Says under which key the registry is. */
    public static final EncryptedColumn CHECK = new EncryptedColumn("registry_state", "id", "secret_check", List.of());

    /**
     * A value as it is stored.
     *
     * @param id of its row
     * @param row as {@link RowCipher} takes it
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record Value(EncryptedColumn of, Object id, byte[] sealed, String... row) {
        String name() {
            return String.join(" ", row);
        }
    }

    /**
     * The next values in the order of the table.
     *
     * @param after the last that is known; empty for the first
     */
    List<Value> next(Handle handle, Optional<Value> after, int most) {
        String columns = String.join(", ", concat(id, concat(column, bound)));
        var query = handle.createQuery("SELECT " + columns + " FROM " + table + " WHERE " + column + " IS NOT NULL"
                        + after.map(value -> " AND " + id + " > :after").orElse("") + " ORDER BY " + id
                        + " LIMIT :most")
                .bind("most", most);
        after.ifPresent(value -> query.bind("after", value.id()));
        return query.map((rs, context) -> {
                    List<String> row = new ArrayList<>(List.of(table));
                    for (String name : bound) {
                        row.add(rs.getString(name));
                    }
                    return new Value(this, rs.getObject(id), rs.getBytes(column), row.toArray(String[]::new));
                })
                .list();
    }

    /** Puts another value in the place of one that is still there; whatever came there meanwhile stays. */
    boolean replace(Handle handle, Value value, byte[] sealed) {
        return handle.createUpdate("UPDATE " + table + " SET " + column + " = :sealed WHERE " + id + " = :id AND "
                                + column + " = :before")
                        .bind("sealed", sealed)
                        .bind("id", value.id())
                        .bind("before", value.sealed())
                        .execute()
                == 1;
    }

    private static List<String> concat(String first, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }
}
