package io.sealward.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundSecretTest {
    private static final WrapContext CONTEXT = WrapContext.of(Map.of("bucket", "photos"));

    @Test
    void givesBackWhatWasBound() {
        byte[] secret = {1, 2, 3};
        assertThat(BoundSecret.release(BoundSecret.bind(secret, CONTEXT), CONTEXT))
                .isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 96})
    void refusesBytesThatCarryNoContext(int length) {
        assertThatThrownBy(() -> BoundSecret.release(new byte[length], CONTEXT))
                .isInstanceOfSatisfying(KmsException.class, refused -> assertThat(refused.error())
                        .isEqualTo(KmsError.CORRUPT));
    }

    @Test
    void refusesAContextWithoutASecret() {
        byte[] contextAlone = BoundSecret.bind(new byte[0], CONTEXT);
        assertThatThrownBy(() -> BoundSecret.release(contextAlone, CONTEXT)).isInstanceOf(KmsException.class);
    }
}
