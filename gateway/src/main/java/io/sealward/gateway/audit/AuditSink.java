package io.sealward.gateway.audit;

import java.util.List;

/** Where entries are kept. */
@FunctionalInterface
public interface AuditSink {
    /** Stores all of them or throws; may block. */
    void write(List<AuditEntry> entries);
}
