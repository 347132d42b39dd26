package io.sealward.gateway.audit;

import java.util.List;

/** Where entries are kept. */
@FunctionalInterface
public interface AuditSink {
    /**
     * Stores all of them or none, and may block. Those of an attempt that failed may come again; each is kept once.
     *
     * @throws IllegalArgumentException if one of them can never be stored
     */
    void write(List<AuditEntry> entries);
}
