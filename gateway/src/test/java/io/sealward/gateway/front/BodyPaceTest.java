package io.sealward.gateway.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyPaceTest {
    private static final long SECOND = 1_000_000_000;

    private final BodyPace pace = new BodyPace(new FrontLimits(0, 0, Duration.ofSeconds(10), 100, 0, 0));
    private long now = 7 * SECOND;

    private boolean comes(int bytes, long afterSeconds) {
        pace.asked(now);
        now += afterSeconds * SECOND;
        return pace.came(bytes, now);
    }

    @Test
    void aBodyThatBringsItsRateInEachWindowIsFastEnough() {
        for (int window = 0; window < 3; window++) {
            assertThat(comes(1, 5)).isTrue();
            assertThat(comes(999, 5)).isTrue();
        }
    }

    @Test
    void aBodyThatDripsIsTooSlowWhenTheFirstWindowEnds() {
        for (int second = 1; second < 10; second++) {
            assertThat(comes(99, 1)).isTrue();
        }
        assertThat(comes(99, 1)).isFalse();
    }

    @Test
    void whatCameFastBeforeDoesNotCount() {
        assertThat(comes(1_000_000, 10)).isTrue();
        assertThat(comes(999, 10)).isFalse();
    }

    @Test
    void timeInWhichNobodyAsksDoesNotCount() {
        for (int piece = 0; piece < 9; piece++) {
            assertThat(comes(1, 1)).isTrue();
            now += 100 * SECOND;
        }
    }
}
