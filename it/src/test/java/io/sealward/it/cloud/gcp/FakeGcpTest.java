package io.sealward.it.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.cloud.HttpsEndpoint.Answer;
import io.sealward.it.cloud.HttpsEndpoint.Request;
import io.sealward.it.cloud.OidcIssuer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the fake token service must refuse, whether or not the gateway would ever send it. */
final class FakeGcpTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final OidcIssuer issuer = new OidcIssuer("https://accounts.google.com");
    private final FakePool pool = new FakePool("1", "pool", "provider", issuer).allowAudience("org-a");
    private final FakeTokenService service = new FakeTokenService();

    FakeGcpTest() {
        service.add(pool);
    }

    @Test
    void givesATokenThatStandsForTheSubjectUntilItExpires() {
        Answer answer = exchange(Map.of("subject_token", issuer.token("42", "org-a", MINUTE)));
        assertThat(answer.status()).isEqualTo(200);
        String token = answer.body().replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
        assertThat(service.principalOf(token)).contains(pool.principal("42"));
        assertThat(service.principalOf("ya29.d.guess")).isEmpty();

        pool.tokenLifetime(Duration.ZERO);
        String dead = exchange(Map.of("subject_token", issuer.token("42", "org-a", MINUTE)))
                .body()
                .replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");
        assertThat(service.principalOf(dead)).isEmpty();
    }

    @Test
    void refusesATokenOfAnotherAudienceIssuerSignerOrTime() {
        OidcIssuer impostor = new OidcIssuer(issuer.url());
        OidcIssuer stranger = new OidcIssuer("https://elsewhere.example");

        assertRefused(issuer.token("42", "org-b", MINUTE), "does not match the expected audience org-a");
        assertRefused(issuer.token("42", "org-a", MINUTE.negated()), "stale");
        assertRefused(impostor.token("42", "org-a", MINUTE), "not signed by the issuer");
        assertRefused(stranger.token("42", "org-a", MINUTE), "not signed by the issuer");
        assertRefused("", "not signed by the issuer");
        assertRefused("a.b.c", "not signed by the issuer");
    }

    @Test
    void refusesASubjectThatTheConditionDoesNotAdmit() {
        pool.admitSubject("42");

        assertRefused(issuer.token("43", "org-a", MINUTE), "attribute condition");
    }

    @Test
    void expectsTheProvidersOwnNameWhereNoAudienceIsAllowed() {
        pool.removeAudience("org-a");

        assertRefused(issuer.token("42", "org-a", MINUTE), "iam.googleapis.com");
        String own =
                "https://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/provider";
        assertThat(exchange(Map.of("subject_token", issuer.token("42", own, MINUTE)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesAnUnknownPoolAndAnotherGrant() {
        String token = issuer.token("42", "org-a", MINUTE);

        assertThat(exchange(Map.of("subject_token", token, "audience", "//iam.googleapis.com/projects/2"))
                        .body())
                .contains("Invalid value for \\\"audience\\\"");
        assertThat(exchange(Map.of("subject_token", token, "grant_type", "password"))
                        .status())
                .isEqualTo(400);
    }

    private void assertRefused(String subjectToken, String words) {
        Answer answer = exchange(Map.of("subject_token", subjectToken));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(words);
    }

    private Answer exchange(Map<String, String> changes) {
        Map<String, String> form = new TreeMap<>(Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token_type", "urn:ietf:params:oauth:token-type:jwt",
                "requested_token_type", "urn:ietf:params:oauth:token-type:access_token",
                "audience", pool.resourceName()));
        form.putAll(changes);
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return service.answer(new Request("POST", FakeTokenService.HOST, "/v1/token", "", body));
    }
}
