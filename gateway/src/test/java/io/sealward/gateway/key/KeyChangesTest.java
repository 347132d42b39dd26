package io.sealward.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.event.Events;
import io.sealward.gateway.key.KeyState.Status;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyChangesTest {
    private static final KeyStands.Key KEY = new KeyStands.Key("org-1", "extkey_1", "aws");

    private final Events events = new Events();
    private final List<KeyChanged> told = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_700_000_040);
    private final KeyChanges changes = new KeyChanges(events, new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    KeyChangesTest() {
        events.when(KeyChanged.class, told::add);
    }

    private void stands(Optional<KmsError> error) {
        events.tell(new KeyStands(KEY, KeyState.first(error.map(e -> new KmsException(e, "no")), now)));
    }

    private List<Status> states() {
        return told.stream().map(changed -> changed.now().status()).toList();
    }

    @Test
    void aChangeIsToldOnceAndThatAKeyIsActiveIsNoNewsAtTheStart() {
        stands(Optional.empty());
        assertThat(told).isEmpty();
        stands(Optional.of(KmsError.REVOKED));
        stands(Optional.of(KmsError.REVOKED));
        changes.tell();
        stands(Optional.empty());
        assertThat(states()).containsExactly(Status.REVOKED, Status.ACTIVE);
        assertThat(told.get(0).before()).contains(Status.ACTIVE);
        assertThat(told.get(1).before()).contains(Status.REVOKED);
    }

    @Test
    void aKeyThatIsNotActiveAtTheStartIsTold() {
        stands(Optional.of(KmsError.DESTROYED));
        assertThat(states()).containsExactly(Status.DESTROYED);
        assertThat(told.get(0).before()).isEmpty();
    }

    @Test
    void aKeyThatWaversIsToldSixTimesAMinuteAndItsLastStateInAnyCase() {
        for (int i = 0; i < 1_000; i++) {
            stands(Optional.of(KmsError.REVOKED));
            stands(Optional.empty());
        }
        stands(Optional.of(KmsError.REVOKED));
        assertThat(told).hasSize(6);
        changes.tell();
        assertThat(told).hasSize(6);
        now = now.plusSeconds(60);
        changes.tell();
        assertThat(told).hasSize(7);
        assertThat(states()).last().isEqualTo(Status.REVOKED);
    }

    @Test
    void aReasonIsOnePrintableLineOfBoundedLength() {
        KeyState state = KeyState.first(
                Optional.of(new KmsException(KmsError.REVOKED, "a\r\nb\u001b[2J\ud800" + "x".repeat(1_000))), now);
        assertThat(state.reason()).startsWith("a b [2J x").hasSize(500).endsWith("...");
    }
}
