package io.sealward.gateway.registry.snapshot;

import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.tenant.Keks;
import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The KEKs of all registrations, each opened once and closed when its registration goes. */
final class KekTable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KekTable.class);

    private final KekOpener opener;
    private final Map<String, Keks.Registered> open = new ConcurrentHashMap<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private volatile Consumer<String> removed = id -> {};

    KekTable(KekOpener opener) {
        this.opener = opener;
    }

    Optional<Keks.Registered> find(String externalKeyId) {
        return Optional.ofNullable(open.get(externalKeyId));
    }

    /** Who is told of each key whose registration goes, before the key is closed. Called on the thread that noticed it. */
    void whenRemoved(Consumer<String> listener) {
        removed = listener;
    }

    /** Opens those that are not open. A key that cannot be opened is left out, said once, and tried by the next call. */
    void open(Map<String, ExternalKey> registrations) {
        registrations.forEach((id, key) -> {
            if (!open.containsKey(id)) {
                try {
                    open.put(id, new Keks.Registered(id, opener.open(key.organizationId(), key.spec())));
                    failed.remove(id);
                } catch (RuntimeException e) {
                    if (failed.add(id)) {
                        LOG.error("external key {} cannot be opened: {}", id, e.getMessage());
                    }
                }
            }
        });
    }

    void closeAllBut(Set<String> ids) {
        failed.retainAll(ids);
        open.forEach((id, registered) -> {
            if (!ids.contains(id) && open.remove(id, registered)) {
                removed.accept(id);
                close(registered.kek());
            }
        });
    }

    @Override
    public void close() {
        open.values().forEach(registered -> close(registered.kek()));
        open.clear();
    }

    private static void close(Kek kek) {
        try {
            kek.close();
        } catch (RuntimeException e) {
            LOG.warn("a {} key did not close: {}", kek.provider(), e.getMessage());
        }
    }
}
