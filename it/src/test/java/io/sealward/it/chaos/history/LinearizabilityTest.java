package io.sealward.it.chaos.history;

import static io.sealward.it.chaos.history.Operation.Outcome.CONDITION_FAILED;
import static io.sealward.it.chaos.history.Operation.Outcome.DONE;
import static io.sealward.it.chaos.history.Operation.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {
    @Test
    void whatHappensInTurnIsExplained() {
        assertExplained(write("a", 1, 2), read("a", 3, 4), delete(5, 6), read("", 7, 8));
    }

    @Test
    void aWriteThatWasAcknowledgedIsNotLost() {
        assertAnomaly(write("a", 1, 2), read("", 3, 4));
        assertAnomaly(write("a", 1, 2), write("b", 3, 4), read("a", 5, 6));
    }

    @Test
    void aDeletedValueDoesNotComeBack() {
        assertAnomaly(write("a", 1, 2), delete(3, 4), read("a", 5, 6));
    }

    @Test
    void nothingIsReadThatNobodyWrote() {
        assertAnomaly(read("a", 1, 2));
        assertAnomaly(read("a", 1, 2), write("a", 3, 4));
    }

    @Test
    void twoReadersDoNotSeeTwoOrders() {
        assertExplained(write("a", 1, 9), write("b", 1, 9), read("a", 2, 3), read("b", 4, 5));
        assertAnomaly(write("a", 1, 9), write("b", 1, 9), read("a", 2, 3), read("b", 4, 5), read("a", 6, 7));
    }

    @Test
    void whatNobodyKnowsMayTakeEffectOnceAndAtAnyTime() {
        assertExplained(unknown("a", 1), read("", 2, 3), read("a", 4, 5));
        assertExplained(unknown("a", 1), read("", 2, 3));
        assertExplained(unknown("a", 1), write("b", 2, 3), read("b", 4, 5), read("a", 6, 7));
        assertAnomaly(unknown("a", 1), read("a", 2, 3), read("", 4, 5));
        assertAnomaly(unknown("a", 1), write("b", 2, 3), read("a", 4, 5), read("b", 6, 7), read("a", 8, 9));
    }

    @Test
    void whatHasNotBegunHasNoEffect() {
        assertAnomaly(read("a", 1, 2), unknown("a", 3));
    }

    @Test
    void aConditionThatHeldAndOneThatDidNotBothSayWhatWasThere() {
        assertExplained(writeIf("a", "", DONE, 1, 2), writeIf("b", "", CONDITION_FAILED, 3, 4), read("a", 5, 6));
        assertAnomaly(writeIf("a", "", DONE, 1, 2), writeIf("b", "", DONE, 3, 4));
        assertAnomaly(writeIf("a", "", CONDITION_FAILED, 1, 2));
        assertExplained(write("a", 1, 2), writeIf("b", "a", DONE, 3, 4), writeIf("c", "a", CONDITION_FAILED, 5, 6));
        assertAnomaly(write("a", 1, 2), writeIf("b", "a", DONE, 3, 9), writeIf("c", "a", DONE, 3, 9));
        assertAnomaly(write("a", 1, 2), writeIf("b", "a", CONDITION_FAILED, 3, 4));
    }

    @Test
    void keysAreJudgedApart() {
        List<Operation> history = new ArrayList<>(List.of(write("a", 1, 2), read("a", 3, 4)));
        history.add(new Operation("other", new Action.Read(Optional.of("a")), DONE, 3, 4));

        assertThat(Linearizability.anomalies(history)).containsExactly("other");
    }

    /** A register with a lock has no anomalies, and has one as soon as one answer of it is changed. */
    @Test
    void aWrongAnswerIsFoundWhereverItIs() {
        for (int seed = 0; seed < 200; seed++) {
            List<Operation> history = ofARegister(new Random(seed));
            assertThat(Linearizability.anomalies(history)).as("seed %s", seed).isEmpty();
            for (int i = 0; i < history.size(); i++) {
                if (history.get(i).action() instanceof Action.Read) {
                    List<Operation> changed = new ArrayList<>(history);
                    Operation was = history.get(i);
                    Action wrong = new Action.Read(Optional.of("never written"));
                    changed.set(i, new Operation("k", wrong, DONE, was.invoked(), was.returned()));
                    assertThat(Linearizability.anomalies(changed))
                            .as("seed %s, operation %s", seed, i)
                            .containsExactly("k");
                }
            }
        }
    }

    @Test
    void anAnswerBeforeItsRequestIsRefused() {
        assertThatThrownBy(() -> write("a", 2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Each operation takes effect at a moment of its own, anywhere between its request and its answer. */
    private static List<Operation> ofARegister(Random random) {
        List<Operation> history = new ArrayList<>();
        Optional<String> value = Optional.empty();
        for (int i = 0; i < 20; i++) {
            long moment = 100L * i;
            long from = moment - random.nextInt(400);
            long to = moment + random.nextInt(400);
            String fresh = "v" + i;
            switch (random.nextInt(4)) {
                case 0 -> {
                    history.add(new Operation("k", new Action.Write(fresh), DONE, from, to));
                    value = Optional.of(fresh);
                }
                case 1 -> {
                    history.add(new Operation("k", new Action.Delete(), DONE, from, to));
                    value = Optional.empty();
                }
                case 2 -> {
                    history.add(new Operation("k", new Action.WriteIf(fresh, value), DONE, from, to));
                    value = Optional.of(fresh);
                }
                default -> history.add(new Operation("k", new Action.Read(value), DONE, from, to));
            }
        }
        return history;
    }

    private static Operation write(String value, long invoked, long returned) {
        return new Operation("k", new Action.Write(value), DONE, invoked, returned);
    }

    private static Operation unknown(String value, long invoked) {
        return new Operation("k", new Action.Write(value), UNKNOWN, invoked, 0);
    }

    private static Operation writeIf(
            String value, String expected, Operation.Outcome outcome, long invoked, long returned) {
        return new Operation("k", new Action.WriteIf(value, found(expected)), outcome, invoked, returned);
    }

    private static Operation delete(long invoked, long returned) {
        return new Operation("k", new Action.Delete(), DONE, invoked, returned);
    }

    private static Operation read(String value, long invoked, long returned) {
        return new Operation("k", new Action.Read(found(value)), DONE, invoked, returned);
    }

    private static Optional<String> found(String value) {
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    private static void assertExplained(Operation... history) {
        assertThat(Linearizability.anomalies(List.of(history))).isEmpty();
    }

    private static void assertAnomaly(Operation... history) {
        assertThat(Linearizability.anomalies(List.of(history))).containsExactly("k");
    }
}
