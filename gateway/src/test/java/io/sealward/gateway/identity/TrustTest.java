package io.sealward.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a role trusts. */
class TrustTest {
    private static final Trust TRUST =
            Trust.parse("{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": [\"repo:acme/*:main\", \"x?\"],"
                    + " \"claims\": {\"environment\": [\"prod\", \"stag*\"], \"groups\": \"ops\"}}");

    private static Optional<String> refusal(
            String issuer, String subject, List<String> audiences, Map<String, List<String>> claims) {
        return TRUST.refuses(new Identity(
                issuer,
                subject,
                audiences,
                claims.getOrDefault("azp", List.of()).stream().findFirst(),
                claims));
    }

    private static final Map<String, List<String>> CLAIMS =
            Map.of("environment", List.of("prod"), "groups", List.of("dev", "ops"));

    @Test
    void trustsWhoFits() {
        assertThat(refusal("https://i", "repo:acme/app:main", List.of("a"), CLAIMS))
                .isEmpty();
        assertThat(refusal("https://i", "xy", List.of("b", "a"), CLAIMS)).isEmpty();
    }

    @Test
    void namesWhatDoesNotFit() {
        assertThat(refusal("https://j", "xy", List.of("a"), CLAIMS)).contains("iss");
        assertThat(refusal("https://i", "xy", List.of("A"), CLAIMS)).contains("aud");
        assertThat(refusal("https://i", "xy", List.of(), CLAIMS)).contains("aud");
        assertThat(refusal("https://i", "xyz", List.of("a"), CLAIMS)).contains("sub");
        assertThat(refusal("https://i", "repo:acme/app:main:pull", List.of("a"), CLAIMS))
                .contains("sub");
        assertThat(refusal("https://i", "REPO:acme/app:main", List.of("a"), CLAIMS))
                .contains("sub");
        assertThat(refusal("https://i", "xy", List.of("a"), Map.of("groups", List.of("ops"))))
                .contains("environment");
        assertThat(refusal(
                        "https://i", "xy", List.of("a"), Map.of("environment", List.of("stage"), "groups", List.of())))
                .contains("groups");
    }

    @Test
    void ofSeveralAudiencesTheAuthorizedPartyCounts() {
        Map<String, List<String>> given =
                Map.of("environment", List.of("prod"), "groups", List.of("ops"), "azp", List.of("b"));
        assertThat(refusal("https://i", "xy", List.of("a", "b"), given)).contains("aud");
        assertThat(refusal("https://i", "xy", List.of("a"), given)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"issuer\": \"https://i\", \"audience\": \"a\"}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": []}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"\"}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"*\"}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": [\"x\", \"?*\"]}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": 7}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": [[\"x\"]]}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"${aws:username}\"}",
                "{\"issuer\": \"https://i\", \"subject\": \"x\"}",
                "{\"audience\": \"a\", \"subject\": \"x\"}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"x\", \"subject\": \"y\"}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"x\", \"Claims\": {}}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"x\", \"claims\": {\"aud\": \"b\"}}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"x\", \"claims\": []}",
                "{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"x\"} {}",
                "[]",
                "",
                "no json"
            })
    void refusesWhatDoesNotSayWhomToTrust(String json) {
        assertThatThrownBy(() -> Trust.parse(json)).isInstanceOf(MalformedTrustException.class);
    }
}
