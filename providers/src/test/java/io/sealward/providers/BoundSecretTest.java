package io.sealward.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
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

    /** The second of the format's vectors in {@code wraps.json}. */
    @Test
    void bindsAsTheFormatSays() {
        WrapContext context = WrapContext.of(
                Map.of("sealward:org_id", "org-vec", "sealward:project_id", "proj_vec", "sealward:bucket", "bücket"));
        byte[] secret = HexFormat.of().parseHex("1994299731766af01a2f7a4e9aabf47e11e5ee13bac0dac6e9c7001b7130c744");
        assertThat(HexFormat.of().formatHex(BoundSecret.bind(secret, context)))
                .isEqualTo("1994299731766af01a2f7a4e9aabf47e11e5ee13bac0dac6e9c7001b7130c744"
                        + "a78a0f854ae5f5dfe938333930a100023e9a6eeb450c588f5f8f6a112543ef90");
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
