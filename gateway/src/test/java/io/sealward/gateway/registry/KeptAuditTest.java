package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.table.AuditEntries;
import io.sealward.gateway.registry.table.AuditPruning;
import io.sealward.gateway.trail.Anchors.Anchor;
import io.sealward.gateway.trail.Link;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry keeps of audit log and trails, over both databases. */
abstract class KeptAuditTest {
    private static final String ORGANIZATION = "org-1";
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path directory;

    abstract TestDatabase newDatabase();

    private static Registry open(TestDatabase database, KeystoreOpener opener, Clock clock) {
        return Registry.open(database.settings(), opener, clock);
    }

    @Test
    void entriesWhoseTimeIsOverGo() {
        Clock now = Clock.systemUTC();
        try (TestDatabase database = newDatabase();
                KeystoreOpener opener = new KeystoreOpener(directory.resolve("keys.bcfks"))) {
            try (Registry before = open(database, opener, Clock.offset(now, DAY.multipliedBy(-3)))) {
                for (int i = 0; i < 1_500; i++) { // more than are deleted at once
                    before.audit().record(ORGANIZATION, new Actor.Gateway(), AuditEvent.externalKeyRemoved("old-" + i));
                }
            }
            try (Registry today = open(database, opener, now)) {
                today.audit().record(ORGANIZATION, new Actor.Gateway(), AuditEvent.externalKeyRemoved("new"));
                AuditPruning pruning = today.pruneAudit(DAY);
                try {
                    Eventually.holds(() -> assertThat(resources(today)).containsExactly("new"));
                } finally {
                    pruning.close();
                }
            }
        }
    }

    private static List<String> resources(Registry registry) {
        AuditEntries.Filter all = new AuditEntries.Filter(Map.of(), List.of(), List.of(), List.of(), List.of());
        return registry
                .auditEntries()
                .list(ORGANIZATION, all, new Page.Request(Optional.empty(), 100, Page.Order.ASC))
                .data()
                .stream()
                .map(AuditEntries.Stored::resourceId)
                .toList();
    }

    @Test
    void theEndOfEachTrailIsKept() {
        Anchor first = new Anchor(new Link(7, "a".repeat(64)), 1_000);
        Anchor second = new Anchor(new Link(9, "b".repeat(64)), 1_010);
        Anchor other = new Anchor(new Link(1, "c".repeat(64)), 1_020);
        try (TestDatabase database = newDatabase();
                KeystoreOpener opener = new KeystoreOpener(directory.resolve("keys.bcfks"))) {
            try (Registry registry = open(database, opener, Clock.systemUTC())) {
                assertThat(registry.trailAnchors().find("one")).isEmpty();
                registry.trailAnchors().put("one", first);
                registry.trailAnchors().put("two", other);
                registry.trailAnchors().put("one", second);
            }
            try (Registry registry = open(database, opener, Clock.systemUTC())) {
                assertThat(registry.trailAnchors().find("one")).contains(second);
                assertThat(registry.trailAnchors().find("two")).contains(other);
            }
        }
    }
}
