package io.sealward.gateway.registry.encryption;

import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.encryption.EncryptedColumn.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Brings every encrypted column under the key that encrypts today. It works beside gateways that know both keys: it reads
 * and writes a few rows in a transaction of their own, and what somebody else writes meanwhile stays. Broken off, it goes
 * on where it is begun again. All calls block.
 */
public final class KeyRotation {
    /** How many rows a transaction takes. */
    public static final int BATCH = 100;

    private final Database database;
    private final RowCipher cipher;
    private final List<EncryptedColumn> columns;
    private final int batch;

    /** @param columns all that are encrypted for tenants */
    public KeyRotation(Database database, RowCipher cipher, List<EncryptedColumn> columns, int batch) {
        this.columns = List.copyOf(columns);
        this.database = database;
        this.cipher = cipher;
        this.batch = batch;
    }

    /**
     * Re-encrypts what is under a former key; last of all, and only if no row is left, what tells a start which key the
     * registry is under.
     *
     * @return how many rows were re-encrypted
     * @throws RegistryException UNAVAILABLE if the database does not answer; what is done by then is done
     */
    public int run() {
        int changed = 0;
        for (EncryptedColumn column : columns) {
            changed += run(column);
        }
        return remaining().isEmpty() ? changed + run(EncryptedColumn.CHECK) : changed;
    }

    /** The rows that are not under the key that encrypts today, by table and identity. */
    public List<String> remaining() {
        return rows(value -> !cipher.isCurrent(value.sealed(), value.row()));
    }

    /** The rows that none of the keys opens. */
    public List<String> lost() {
        return rows(value -> cipher.find(value.sealed(), value.row()).isEmpty());
    }

    private int run(EncryptedColumn column) {
        int changed = 0;
        Optional<Value> last = Optional.empty();
        do {
            Optional<Value> after = last;
            Step step = database.append(handle -> step(handle, column, after));
            changed += step.changed();
            last = step.last();
        } while (last.isPresent());
        return changed;
    }

    /** @param last where to go on; empty at the end */
    record Step(int changed, Optional<Value> last) {}

    /** The next few rows of a column, in the caller's transaction. */
    Step step(Handle handle, EncryptedColumn column, Optional<Value> after) {
        int changed = 0;
        List<Value> values = column.next(handle, after, batch);
        for (Value value : values) {
            if (!cipher.isCurrent(value.sealed(), value.row())) {
                Optional<byte[]> plain = cipher.find(value.sealed(), value.row());
                changed += plain.isPresent() && column.replace(handle, value, cipher.seal(plain.get(), value.row()))
                        ? 1
                        : 0;
            }
        }
        return new Step(changed, last(values));
    }

    private List<String> rows(Predicate<Value> wanted) {
        List<String> names = new ArrayList<>();
        for (EncryptedColumn column : columns) {
            Optional<Value> last = Optional.empty();
            do {
                Optional<Value> after = last;
                List<Value> values = database.read(handle -> column.next(handle, after, batch));
                values.stream().filter(wanted).map(Value::name).forEach(names::add);
                last = last(values);
            } while (last.isPresent());
        }
        return names;
    }

    private static Optional<Value> last(List<Value> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }
}
