package io.sealward.providers.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenFilesTest {
    @TempDir
    private Path directory;

    @Test
    void readsTheTokenOfEachAudienceAnew() throws IOException {
        SubjectTokens tokens = SubjectTokens.ofFiles(directory + "/{audience}/token");
        String first = write("org-a", jwt("org-a", "1"));
        assertThat(tokens.tokenFor("org-a")).isEqualTo(first);

        String second = write("org-a", jwt("org-a", "2"));
        assertThat(tokens.tokenFor("org-a")).isEqualTo(second);
    }

    @Test
    void refusesATokenThatIsMadeOutToSomebodyElse() throws IOException {
        write("org-a", jwt("org-b", "1"));

        assertThatThrownBy(() ->
                        SubjectTokens.ofFiles(directory + "/{audience}/token").tokenFor("org-a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not made out to the audience org-a");
    }

    @Test
    void refusesATokenThatHasExpired() throws IOException {
        write("org-a", jwt("org-a", "1", Instant.now().plusSeconds(50)));

        assertThatThrownBy(() ->
                        SubjectTokens.ofFiles(directory + "/{audience}/token").tokenFor("org-a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has expired");
    }

    @Test
    void refusesWhatIsNoTokenWithoutQuotingIt() throws IOException {
        write("org-a", "planted-secret.in.it");

        assertThatThrownBy(() ->
                        SubjectTokens.ofFiles(directory + "/{audience}/token").tokenFor("org-a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not hold a JSON web token")
                .hasMessageNotContaining("planted-secret")
                .hasNoCause();
    }

    @Test
    void refusesOneTokenForAllTenants() {
        assertThatThrownBy(() -> SubjectTokens.ofFiles("/var/run/token")).isInstanceOf(IllegalArgumentException.class);
    }

    private String write(String audience, String token) throws IOException {
        Path file = directory.resolve(audience).resolve("token");
        Files.createDirectories(file.getParent());
        Files.writeString(file, token + "\n");
        return token;
    }

    private static String jwt(String audience, String id) {
        return jwt(audience, id, Instant.now().plusSeconds(300));
    }

    private static String jwt(String audience, String id, Instant expiresAt) {
        return encode("{\"alg\":\"RS256\"}") + "."
                + encode("{\"aud\":\"" + audience + "\",\"jti\":\"" + id + "\",\"exp\":" + expiresAt.getEpochSecond()
                        + "}")
                + "." + encode("signature");
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
