package io.sealward.gateway.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.sealward.gateway.identity.IdentityException.Reason;
import io.sealward.gateway.identity.TestIssuer.Page;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom tokens vouch for, and all that is no token of an issuer's. */
class IdentityTokensTest {
    private TestIssuer issuer;
    private IdentityTokens tokens;

    @BeforeEach
    void start() throws Exception {
        issuer = new TestIssuer();
        tokens = new IdentityTokens(List.of(issuer.discovered()));
    }

    @AfterEach
    void stop() {
        tokens.close();
        issuer.close();
    }

    private Identity verified(String token) {
        return tokens.verify(token).toCompletableFuture().join();
    }

    private static Reason reason(IdentityTokens tokens, String token) {
        try {
            tokens.verify(token).toCompletableFuture().join();
            throw new AssertionError("verified: " + token);
        } catch (CompletionException e) {
            return ((IdentityException) e.getCause()).reason();
        }
    }

    private void assertRefused(String token, Reason reason) {
        assertThat(reason(tokens, token)).isEqualTo(reason);
    }

    private String signed(JWTClaimsSet.Builder claims) {
        return TestIssuer.sign(TestIssuer.RSA, JWSAlgorithm.RS256, claims.build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256"})
    void takesTheSignaturesOfPairsOfKeys(String algorithm) {
        JWK key = algorithm.startsWith("ES") ? TestIssuer.EC : TestIssuer.RSA;
        Identity identity = verified(TestIssuer.sign(
                key,
                JWSAlgorithm.parse(algorithm),
                issuer.claims().claim("environment", "prod").build()));
        assertThat(identity.issuer()).isEqualTo(issuer.url());
        assertThat(identity.subject()).isEqualTo("repo:acme/app:ref:refs/heads/main");
        assertThat(identity.audiences()).containsExactly("sealward");
        assertThat(identity.claims()).containsEntry("environment", List.of("prod"));
    }

    @Test
    void takesATokenThatNamesNoKey() {
        assertThat(verified(TestIssuer.sign(
                                TestIssuer.RSA,
                                new JWSHeader(JWSAlgorithm.RS256),
                                issuer.claims().build()))
                        .subject())
                .startsWith("repo:");
    }

    @Test
    void refusesATokenThatNobodyHasSigned() {
        assertRefused(new PlainJWT(issuer.claims().build()).serialize(), Reason.INVALID);
        String[] parts = issuer.token().split("\\.");
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
        assertRefused(none + "." + parts[1] + ".", Reason.INVALID);
        assertRefused(parts[0] + "." + parts[1] + ".", Reason.INVALID);
    }

    @Test
    void refusesAnHmacUnderAPublicKey() throws Exception {
        for (byte[] secret : List.of(
                TestIssuer.RSA.toRSAKey().toRSAPublicKey().getEncoded(),
                TestIssuer.RSA.toPublicJWK().toString().getBytes(UTF_8))) {
            SignedJWT forged = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(),
                    issuer.claims().build());
            forged.sign(new MACSigner(secret));
            assertRefused(forged.serialize(), Reason.INVALID);
        }
    }

    @Test
    void refusesASignatureUnderAnotherKeyOfTheSameName() {
        assertRefused(
                TestIssuer.sign(
                        TestIssuer.rsa("rsa", 2048),
                        JWSAlgorithm.RS256,
                        issuer.claims().build()),
                Reason.INVALID);
    }

    @Test
    void refusesAKeyThatTheTokenBringsItself() {
        JWK own = TestIssuer.rsa("rsa", 2048);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa")
                .jwk(own.toPublicJWK())
                .jwkURL(URI.create(issuer.url() + "/other"))
                .build();
        issuer.serve("/other", Page.of(new JWKSet(own).toPublicJWKSet().toString()));
        assertRefused(TestIssuer.sign(own, header, issuer.claims().build()), Reason.INVALID);
    }

    @Test
    void refusesExtensionsThatMustBeUnderstood() {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa")
                .criticalParams(Set.of("exp"))
                .customParam("exp", 1)
                .build();
        assertRefused(TestIssuer.sign(TestIssuer.RSA, header, issuer.claims().build()), Reason.INVALID);
    }

    @Test
    void refusesATokenThatIsNone() {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa")
                .type(new JOSEObjectType("logout+jwt"))
                .build();
        assertRefused(TestIssuer.sign(TestIssuer.RSA, header, issuer.claims().build()), Reason.INVALID);
        for (String text : List.of("", ".", "..", "a.b.c", "a.b.c.d.e", "é.é.é", "{}", "null")) {
            assertRefused(text, Reason.INVALID);
        }
        String deep = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("[".repeat(5_000) + "]".repeat(5_000)).getBytes(US_ASCII));
        String[] parts = issuer.token().split("\\.");
        assertRefused(parts[0] + "." + deep + "." + parts[2], Reason.INVALID);
        assertRefused(deep + "." + parts[1] + "." + parts[2], Reason.INVALID);
    }

    @Test
    void refusesATokenThatIsTooLong() {
        assertRefused(signed(issuer.claims().claim("more", "x".repeat(20_000))), Reason.INVALID);
    }

    @Test
    void refusesAnIssuerThatIsNotConfigured() {
        for (String other : List.of(issuer.url() + "/", issuer.url().toUpperCase(Locale.ROOT), "https://example.com")) {
            assertRefused(signed(issuer.claims().issuer(other)), Reason.INVALID);
        }
        assertRefused(signed(issuer.claims().issuer(null)), Reason.INVALID);
        assertThat(issuer.fetches()).isZero();
    }

    @Test
    void heedsTimes() {
        Instant now = Instant.now();
        verified(signed(issuer.claims().expirationTime(Date.from(now.minusSeconds(20)))));
        verified(signed(issuer.claims().notBeforeTime(Date.from(now.plusSeconds(20)))));
        assertRefused(signed(issuer.claims().expirationTime(Date.from(now.minusSeconds(90)))), Reason.EXPIRED);
        assertRefused(signed(issuer.claims().notBeforeTime(Date.from(now.plusSeconds(300)))), Reason.INVALID);
        assertRefused(signed(issuer.claims().expirationTime(null)), Reason.INVALID);
    }

    @Test
    void needsASubjectAndAnAudience() {
        assertRefused(signed(issuer.claims().subject(null)), Reason.INVALID);
        assertRefused(signed(issuer.claims().subject("")), Reason.INVALID);
        assertRefused(signed(issuer.claims().subject("a\nlog line")), Reason.INVALID);
        assertRefused(signed(issuer.claims().subject("s".repeat(1025))), Reason.INVALID);
        assertRefused(signed(issuer.claims().audience((String) null)), Reason.INVALID);
    }

    @Test
    void refusesWhatItHasNoThreadFor() {
        String token = issuer.token();
        tokens.close();
        assertRefused(token, Reason.BUSY);
    }

    @Test
    void saysThatAnIssuerIsOutOfReach() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        String url = "http://127.0.0.1:" + nobody;
        try (IdentityTokens alone =
                new IdentityTokens(List.of(new Issuer(url, new Issuer.Keys.Discovered(), Optional.empty())))) {
            assertThat(reason(alone, signed(issuer.claims().issuer(url)))).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void takesNoKeysFromWhereItWasNotTold() {
        String other = "https://127.0.0.1:9/keys";
        for (Page page : List.of(
                Page.of(TestIssuer.discovery("https://example.com", issuer.url() + "/keys")),
                Page.of(TestIssuer.discovery(issuer.url(), "http://example.com/keys")),
                Page.of(TestIssuer.discovery(issuer.url(), "file:///etc/passwd")),
                Page.of(TestIssuer.discovery(issuer.url(), "")),
                Page.of("[]"),
                Page.of("no json"),
                new Page(500, "", Optional.empty()),
                new Page(302, "", Optional.of(other)))) {
            issuer.serve("/.well-known/openid-configuration", page);
            try (IdentityTokens fresh = new IdentityTokens(List.of(issuer.discovered()))) {
                assertThat(reason(fresh, issuer.token())).as(page.toString()).isEqualTo(Reason.UNREACHABLE);
            }
        }
        assertThat(issuer.fetches()).isZero();
    }

    @Test
    void followsNoRedirectAndReadsNoFloodOfKeys() {
        issuer.serve(
                "/other", Page.of(new JWKSet(TestIssuer.RSA).toPublicJWKSet().toString()));
        for (Page page : List.of(
                new Page(302, "", Optional.of(issuer.url() + "/other")),
                Page.of("{\"keys\": [], \"more\": \"" + "x".repeat(300_000) + "\"}"),
                Page.of("{\"keys\": 7}"))) {
            issuer.serve("/keys", page);
            try (IdentityTokens fresh = new IdentityTokens(List.of(issuer.discovered()))) {
                assertThat(reason(fresh, issuer.token())).isEqualTo(Reason.UNREACHABLE);
            }
        }
    }

    @Test
    void takesKeysFromAFileAndFromAnAddress(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("keys.json"),
                new JWKSet(TestIssuer.RSA).toPublicJWKSet().toString());
        for (Issuer.Keys keys :
                List.of(new Issuer.Keys.InFile(file), new Issuer.Keys.At(URI.create(issuer.url() + "/keys")))) {
            try (IdentityTokens fresh = new IdentityTokens(List.of(new Issuer(issuer.url(), keys, Optional.empty())))) {
                assertThat(fresh.verify(issuer.token())
                                .toCompletableFuture()
                                .join()
                                .subject())
                        .startsWith("repo:");
            }
        }
        Files.delete(file);
        try (IdentityTokens fresh =
                new IdentityTokens(List.of(new Issuer(issuer.url(), new Issuer.Keys.InFile(file), Optional.empty())))) {
            assertThat(reason(fresh, issuer.token())).isEqualTo(Reason.UNREACHABLE);
        }
    }
}
