package io.sealward.gateway.registry;

import io.sealward.gateway.tenant.Keks;
import io.sealward.providers.Kek;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The KEKs of all registrations, each opened once and closed when its registration goes. */
final class OpenKeks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenKeks.class);

    private final KekOpener opener;
    private final Map<String, Keks.Registered> open = new ConcurrentHashMap<>();

    OpenKeks(KekOpener opener) {
        this.opener = opener;
    }

    Optional<Keks.Registered> find(String externalKeyId) {
        return Optional.ofNullable(open.get(externalKeyId));
    }

    /** A key that can not be opened is left out, and tried again at the next change. */
    void open(Map<String, ExternalKey> registrations) {
        registrations.forEach((id, key) -> {
            if (!open.containsKey(id)) {
                try {
                    open.put(id, new Keks.Registered(id, opener.open(key.organizationId(), key.spec())));
                } catch (RuntimeException e) {
                    LOG.error("external key {} can not be opened: {}", id, e.getMessage());
                }
            }
        });
    }

    void closeAllBut(Set<String> ids) {
        open.values().removeIf(registered -> {
            if (ids.contains(registered.externalKeyId())) {
                return false;
            }
            close(registered.kek());
            return true;
        });
    }

    @Override
    public void close() {
        closeAllBut(Set.of());
    }

    private static void close(Kek kek) {
        try {
            kek.close();
        } catch (RuntimeException e) {
            LOG.warn("a {} key did not close: {}", kek.provider(), e.getMessage());
        }
    }
}
