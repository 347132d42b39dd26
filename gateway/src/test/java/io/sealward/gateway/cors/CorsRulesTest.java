package io.sealward.gateway.cors;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.xml.XmlException;
import io.sealward.gateway.xml.XmlParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules of a bucket let a browser do. */
class CorsRulesTest {
    private static CorsRules rules(String rules) {
        try {
            return CorsRules.of(XmlParser.parse(
                    ("<CORSConfiguration>" + rules + "</CORSConfiguration>").getBytes(StandardCharsets.UTF_8)));
        } catch (XmlException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Optional<HttpHeaders> get(CorsRules rules, String origin, String... headers) {
        return rules.allow(new CorsRules.Wish(origin, "GET", List.of(headers)));
    }

    @ParameterizedTest
    @CsvSource({
        "*, https://a.example, true",
        "https://a.example, https://a.example, true",
        "https://a.example, http://a.example, false",
        "https://*.example, https://a.example, true",
        "https://*.example, https://a.example.org, false",
        "start*end, startend, true",
        "start*end, start1end, true",
        "start*end, 0start12end, false",
        "ab*ba, aba, false",
        "*suffix, foo.suffix, true",
        "*suffix, foo.suffix.get, false",
    })
    void originsMatchWithOneStar(String pattern, String origin, boolean allowed) {
        CorsRules rules = rules("<CORSRule><AllowedOrigin>" + pattern
                + "</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>");
        assertThat(get(rules, origin).isPresent()).isEqualTo(allowed);
    }

    @Test
    void anOriginByNameIsEchoedWithCredentialsAndTheStarIsNot() {
        HttpHeaders named = get(
                        rules("<CORSRule><AllowedOrigin>https://a</AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
                                + "<AllowedMethod>PUT</AllowedMethod><ExposeHeader>ETag</ExposeHeader>"
                                + "<MaxAgeSeconds>30</MaxAgeSeconds></CORSRule>"),
                        "https://a")
                .orElseThrow();
        assertThat(named.get("access-control-allow-origin")).isEqualTo("https://a");
        assertThat(named.get("access-control-allow-credentials")).isEqualTo("true");
        assertThat(named.get("access-control-allow-methods")).isEqualTo("GET, PUT");
        assertThat(named.get("access-control-expose-headers")).isEqualTo("ETag");
        assertThat(named.get("access-control-max-age")).isEqualTo("30");
        assertThat(named.get("vary")).contains("Origin");
        HttpHeaders anybody = get(
                        rules(
                                "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>"),
                        "https://a")
                .orElseThrow();
        assertThat(anybody.get("access-control-allow-origin")).isEqualTo("*");
        assertThat(anybody.contains("access-control-allow-credentials")).isFalse();
    }

    @Test
    void everyHeaderThatIsAskedForMustBeAllowed() {
        CorsRules rules = rules("<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
                + "<AllowedHeader>x-amz-*</AllowedHeader><AllowedHeader>Authorization</AllowedHeader></CORSRule>");
        assertThat(get(rules, "o", "X-Amz-Date", "authorization").orElseThrow().get("access-control-allow-headers"))
                .isEqualTo("X-Amz-Date, authorization");
        assertThat(get(rules, "o", "X-Amz-Date", "range")).isEmpty();
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        CorsRules rules =
                rules("<CORSRule><AllowedOrigin>a</AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule>"
                        + "<CORSRule><AllowedOrigin>a</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>"
                        + "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>");
        assertThat(get(rules, "a").orElseThrow().get("access-control-allow-origin"))
                .isEqualTo("a");
        assertThat(get(rules, "b").orElseThrow().get("access-control-allow-origin"))
                .isEqualTo("*");
        assertThat(rules.allow(new CorsRules.Wish("b", "PUT", List.of()))).isEmpty();
    }
}
