package io.sealward.gateway.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentTurnsTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final DocumentTurns turns = new DocumentTurns();
    private final List<String> read = new ArrayList<>();

    DocumentTurnsTest() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void othersHaveHadTheirs() {
        channel.advanceTimeBy(DocumentTurns.REST_MILLIS, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    /** Always has one more piece. */
    private void endless(String project, String document) {
        turns.await(channel.eventLoop(), project, () -> {
            read.add(document);
            endless(project, document);
        });
    }

    @Test
    void onePieceIsReadAtATimeHoweverManyDocumentsWait() {
        for (int i = 0; i < 100; i++) {
            endless("project", "document " + i);
        }
        read.clear(); // the first has had one already
        for (int rests = 1; rests <= 100; rests++) {
            othersHaveHadTheirs();
            assertThat(read).hasSize(rests);
        }
        assertThat(read).doesNotHaveDuplicates();
    }

    @Test
    void whoeverComesFirstDoesNotWait() {
        endless("project", "first");
        assertThat(read).containsExactly("first");
    }

    @Test
    void theDocumentOfAnotherProjectHasEverySecondTurn() {
        for (int i = 0; i < 100; i++) {
            endless("greedy", "theirs");
        }
        read.clear();
        endless("modest", "mine");
        for (int rests = 0; rests < 20; rests++) {
            othersHaveHadTheirs();
        }
        assertThat(Collections.frequency(read, "mine")).isEqualTo(10);
        assertThat(read).startsWith("theirs", "mine", "theirs", "mine");
    }

    @Test
    void nothingIsPlannedWhereNobodyWaits() {
        turns.await(channel.eventLoop(), "project", () -> read.add("small"));
        othersHaveHadTheirs();
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
        turns.await(channel.eventLoop(), "project", () -> read.add("next"));
        assertThat(read).containsExactly("small", "next");
    }
}
