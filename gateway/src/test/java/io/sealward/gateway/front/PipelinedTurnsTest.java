package io.sealward.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelinedTurnsTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final PipelinedTurns turns = new PipelinedTurns(channel.eventLoop());
    private final List<Integer> called = new ArrayList<>();

    PipelinedTurnsTest() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void othersHaveHadTheirs() {
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    /** Always has one more request. */
    private void pipelining(int connection) {
        turns.await(() -> {
            called.add(connection);
            pipelining(connection);
        });
    }

    @Test
    void betweenTheSocketsOfOthersOnlyAFewAreCalledHoweverManyWait() {
        for (int i = 0; i < 100; i++) {
            pipelining(i);
        }
        assertThat(called).isEmpty();
        for (int turn = 1; turn <= 20; turn++) {
            othersHaveHadTheirs();
            assertThat(called).hasSize(turn * PipelinedTurns.AT_A_TIME);
        }
        assertThat(called.subList(0, 100)).isSorted().doesNotHaveDuplicates();
        assertThat(called.subList(100, 160)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void oneAloneIsCalledAgainAndAgain() {
        pipelining(1);
        for (int turn = 1; turn <= 5; turn++) {
            othersHaveHadTheirs();
            assertThat(called).hasSize(turn);
        }
    }
}
