package io.sealward.providers.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.IdToken;
import com.google.auth.oauth2.IdTokenProvider;
import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AmbientAccountTest {
    private final AtomicInteger searches = new AtomicInteger();

    private final AmbientAccount ambient = new AmbientAccount(() -> {
        if (searches.incrementAndGet() == 1) {
            throw new IOException("there is no account");
        }
        return account();
    });

    private static IdTokenProvider account() {
        return (audience, options) -> IdToken.create(part("{\"alg\":\"RS256\"}") + "."
                + part("{\"aud\":\"" + audience + "\",\"exp\":4102444800}") + ".c2ln");
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }

    @Test
    void oneThatWasMissingIsFoundLaterAndThenKept() throws IOException {
        assertThatThrownBy(() -> ambient.tokenFor("org-1")).hasMessage("there is no account");
        assertThat(ambient.tokenFor("org-1")).endsWith(".c2ln");
        assertThat(ambient.tokenFor("org-2")).endsWith(".c2ln");
        assertThat(searches).hasValue(2);
    }
}
