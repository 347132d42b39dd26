package io.sealward.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private static final Actor ACTOR = new Actor.AdminKey("key_1");

    @Test
    void everyEventIsWrittenInOrderBeforeItIsClosed() {
        List<AuditEntry> written = Collections.synchronizedList(new ArrayList<>());
        try (AuditLog log = new AuditLog(written::addAll, Clock.systemUTC(), 1_000)) {
            for (int i = 0; i < 500; i++) {
                log.record("org-1", ACTOR, AuditEvent.projectArchived("proj_" + i));
            }
        }
        assertThat(written).hasSize(500);
        assertThat(written.stream().map(entry -> entry.event().resourceId()))
                .startsWith("proj_0", "proj_1")
                .endsWith("proj_499");
        assertThat(written.stream().map(AuditEntry::id)).doesNotHaveDuplicates();
    }

    @Test
    void whatAFailingSinkDoesNotTakeWaitsForIt() {
        AtomicInteger calls = new AtomicInteger();
        List<AuditEntry> written = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        AuditSink flaky = entries -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("the database is away");
            }
            written.addAll(entries);
            done.countDown();
        };
        try (AuditLog log = new AuditLog(flaky, Clock.systemUTC(), 10)) {
            log.record("org-1", ACTOR, AuditEvent.projectArchived("proj_1"));
            awaitQuietly(done);
            assertThat(log.lost()).isZero();
        }
        assertThat(written).hasSize(1);
    }

    @Test
    void aFullQueueCountsWhatItLosesAndNeverBlocks() {
        CountDownLatch release = new CountDownLatch(1);
        List<AuditEntry> written = Collections.synchronizedList(new ArrayList<>());
        AuditLog log = new AuditLog(
                entries -> {
                    awaitQuietly(release);
                    written.addAll(entries);
                },
                Clock.systemUTC(),
                10);
        for (int i = 0; i < 1_000; i++) {
            log.record("org-1", ACTOR, AuditEvent.projectArchived("proj_" + i));
        }
        assertThat(log.lost()).isPositive();
        release.countDown();
        log.close();
        assertThat(written.size() + log.lost()).isEqualTo(1_000);
    }

    @Test
    void anEntryThatCanNeverBeStoredDoesNotHoldUpTheOthers() {
        List<String> written = Collections.synchronizedList(new ArrayList<>());
        AuditSink picky = entries -> {
            if (entries.stream().anyMatch(entry -> entry.event().resourceId().equals("proj_bad"))) {
                throw new IllegalArgumentException("not to be stored");
            }
            entries.forEach(entry -> written.add(entry.event().resourceId()));
        };
        AuditLog log = new AuditLog(picky, Clock.systemUTC(), 100);
        for (String project : List.of("proj_1", "proj_bad", "proj_2")) {
            log.record("org-1", ACTOR, AuditEvent.projectArchived(project));
        }
        log.close();
        assertThat(written).containsExactly("proj_1", "proj_2");
        assertThat(log.lost()).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
