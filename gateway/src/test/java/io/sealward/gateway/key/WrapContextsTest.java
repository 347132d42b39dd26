package io.sealward.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.providers.WrapContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrapContextsTest {
    private static final Path VECTORS = Path.of("../crypto/src/test/resources/vectors/wraps.json");

    @Test
    void contextsAndTheirBytesAreThoseOfTheFormat() throws Exception {
        for (JsonNode vector : new ObjectMapper().readTree(VECTORS.toFile())) {
            JsonNode place = vector.get("place");
            ObjectBinding binding = new ObjectBinding(
                    place.get("organization").asText(),
                    place.get("project").asText(),
                    place.get("bucket").asText(),
                    place.get("key").asText());
            WrapScope scope = WrapScope.valueOf(vector.get("scope").asText().toUpperCase(Locale.ROOT));
            Map<String, String> entries = new HashMap<>();
            vector.get("context")
                    .properties()
                    .forEach(entry ->
                            entries.put(entry.getKey(), entry.getValue().asText()));

            WrapContext context = WrapContexts.of(binding, scope);

            assertThat(context.entries()).isEqualTo(entries);
            assertThat(HexFormat.of().formatHex(context.canonicalBytes()))
                    .isEqualTo(vector.get("encoded").asText());
        }
    }
}
