package io.sealward.gateway.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Of all texts those vouch for somebody that the issuer has signed, and whatever else comes is refused in so many words. */
class IdentityTokensFuzzTest {
    private static final String ISSUER = "https://issuer.example";
    private static final Identity WHOM = new Identity(ISSUER, "me", List.of("sealward"), Optional.empty(), Map.of());
    private static final String SIGNED = TestIssuer.sign(
            TestIssuer.EC,
            JWSAlgorithm.ES256,
            new JWTClaimsSet.Builder()
                    .issuer(ISSUER)
                    .subject(WHOM.subject())
                    .audience("sealward")
                    .claim("list", List.of("a", 1, true))
                    .expirationTime(Date.from(Instant.parse("2100-01-01T00:00:00Z")))
                    .build());
    private static final String[] PARTS = SIGNED.split("\\.");

    @TempDir
    static Path folder;

    private static IdentityTokens tokens;

    @BeforeAll
    static void start() throws IOException {
        Path keys = folder.resolve("keys.json");
        Files.writeString(keys, new JWKSet(TestIssuer.EC).toPublicJWKSet().toString());
        tokens = new IdentityTokens(List.of(new Issuer(ISSUER, new Issuer.Keys.InFile(keys), Optional.empty())));
    }

    @AfterAll
    static void stop() {
        tokens.close();
    }

    static Stream<byte[]> texts() {
        return Stream.of(SIGNED, "..", "e30.e30.", "e30.e30.e30").map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("texts")
    @FuzzTest
    void whoIsVouchedForWasSigned(byte[] text) {
        verify(new String(text, ISO_8859_1));
    }

    static Stream<byte[]> claims() {
        return Stream.of(
                        "{\"iss\":\"https://issuer.example\",\"sub\":\"me\",\"aud\":\"sealward\",\"exp\":4000000000}",
                        "{\"iss\":\"https://issuer.example\",\"exp\":1e400,\"aud\":[null,7]}",
                        "{\"iss\":\"https://issuer.example\",\"nbf\":\"x\",\"sub\":{}}",
                        "{\"iss\":7}",
                        "[".repeat(5000),
                        "{\"iss\":\"https://issuer.example\",\"exp\":9223372036854775807}")
                .map(text -> text.getBytes(UTF_8));
    }

    /** The JSON inside a token, in the place of its claims and in that of its header. */
    @MethodSource("claims")
    @FuzzTest
    void whatATokenHoldsIsReadOrRefused(byte[] json) {
        String inside = Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        verify(PARTS[0] + "." + inside + "." + PARTS[2]);
        verify(inside + "." + PARTS[1] + "." + PARTS[2]);
    }

    private static void verify(String token) {
        try {
            Identity identity = tokens.verify(token).toCompletableFuture().join();
            assertThat(identity.issuer()).isEqualTo(ISSUER);
            assertThat(identity.subject()).isEqualTo(WHOM.subject());
            assertThat(identity.audiences()).isEqualTo(WHOM.audiences());
        } catch (CompletionException refused) {
            assertThat(refused).hasCauseInstanceOf(IdentityException.class);
            assertThat(refused.getCause().getMessage()).isNotBlank();
        }
    }
}
