package io.sealward.providers.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.IdToken;
import com.google.auth.oauth2.IdTokenProvider;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class ServiceAccountTokensTest {
    @Test
    void givesTheTokenThatWasAskedFor() throws IOException {
        SubjectTokens tokens = SubjectTokens.ofServiceAccount((audience, options) -> token(audience));
        assertThat(tokens.tokenFor("org-a")).isEqualTo(token("org-a").getTokenValue());
    }

    @Test
    void refusesAnAccountThatHeedsNoAudience() {
        IdTokenProvider user = (audience, options) -> token("a developer's own client");
        assertThatThrownBy(() -> SubjectTokens.ofServiceAccount(user).tokenFor("org-a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not made out to the audience org-a");
    }

    private static IdToken token(String audience) throws IOException {
        long later = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
        return IdToken.create(encode("{\"alg\":\"RS256\"}") + "."
                + encode("{\"aud\":\"" + audience + "\",\"exp\":" + later + "}") + "." + encode("signature"));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
