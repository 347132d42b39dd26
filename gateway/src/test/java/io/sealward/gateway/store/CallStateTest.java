package io.sealward.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CallStateTest {
    private static final UnaryOperator<CallState> FINISH = CallState::written;
    private static final UnaryOperator<CallState> HEAD = CallState::answered;
    private static final UnaryOperator<CallState> LAST = CallState::ended;

    @Test
    void aCallIsWholeWithTheLastOfBothItsSidesInWhateverOrder() {
        for (List<UnaryOperator<CallState>> order :
                List.of(List.of(FINISH, HEAD, LAST), List.of(HEAD, FINISH, LAST), List.of(HEAD, LAST, FINISH))) {
            CallState state = CallState.WRITING;
            for (UnaryOperator<CallState> step : order) {
                assertThat(state.over()).isFalse();
                state = step.apply(state);
            }
            assertThat(state).isEqualTo(CallState.WHOLE);
        }
    }

    @Test
    void aCallThatIsCutIsWholeWithItsAnswer() {
        for (CallState cut : List.of(CallState.WRITING.cut(), CallState.AWAITING.cut())) {
            assertThat(cut.writing()).isFalse();
            assertThat(cut.unanswered()).isTrue();
            assertThat(cut.written()).isEqualTo(cut);
            assertThat(cut.answered().ended()).isEqualTo(CallState.WHOLE);
        }
        assertThat(CallState.ANSWERED_EARLY.cut().ended()).isEqualTo(CallState.WHOLE);
    }

    @Test
    void whatIsOverStaysSo() {
        for (CallState end : List.of(CallState.WHOLE, CallState.BROKEN)) {
            assertThat(end.over()).isTrue();
            assertThat(end.writing()).isFalse();
            assertThat(end.unanswered()).isFalse();
            assertThat(List.of(end.written(), end.cut(), end.answered(), end.ended()))
                    .containsOnly(end);
        }
    }
}
