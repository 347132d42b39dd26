package io.sealward.providers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrapContextTest {
    @Test
    void theBytesAreLengthsAndNamesInOrder() {
        Map<String, String> backwards = new LinkedHashMap<>();
        backwards.put("b", "x");
        backwards.put("a", "");
        byte[] expected = "\0\0\0\1a\0\0\0\0\0\0\0\1b\0\0\0\1x".getBytes(US_ASCII);
        assertThat(WrapContext.of(backwards).canonicalBytes()).isEqualTo(expected);
    }

    @Test
    void noTwoContextsCollide() {
        List<Map<String, String>> contexts = List.of(
                Map.of("a", "bc"),
                Map.of("ab", "c"),
                Map.of("a", "b", "c", ""),
                Map.of("a", "", "b", "c"),
                Map.of("a", "b\0\0\0\1c\0\0\0\0"));
        assertThat(contexts.stream()
                        .map(context -> ByteBuffer.wrap(WrapContext.of(context).canonicalBytes()))
                        .distinct())
                .hasSameSizeAs(contexts);
    }

    @Test
    void anEmptyContextIsRefused() {
        assertThatThrownBy(() -> WrapContext.of(Map.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
