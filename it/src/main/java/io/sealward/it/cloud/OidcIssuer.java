package io.sealward.it.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Signs identity tokens (JWT, RS256) and tells its own from others. */
public final class OidcIssuer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String url;
    private final KeyPair keys;

    /** @param url the {@code iss} of its tokens */
    public OidcIssuer(String url) {
        this.url = url;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public KeyPair keys() {
        return keys;
    }

    public String url() {
        return url;
    }

    /** A token that is valid from now on, or was, if the lifetime is negative. */
    public String token(String subject, String audience, Duration lifetime) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims =
                Map.of("iss", url, "sub", subject, "aud", audience, "iat", now, "exp", now + lifetime.toSeconds());
        try {
            String signed = encode(JSON.writeValueAsBytes(Map.of("alg", "RS256", "typ", "JWT"))) + "."
                    + encode(JSON.writeValueAsBytes(claims));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The claims of a token that this issuer signed; its lifetime is the caller's to judge. */
    public Optional<JsonNode> verify(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
            JsonNode header = JSON.readTree(decode(parts[0]));
            JsonNode claims = JSON.readTree(decode(parts[1]));
            boolean ours = "RS256".equals(header.path("alg").asText())
                    && signature.verify(decode(parts[2]))
                    && url.equals(claims.path("iss").asText());
            return ours ? Optional.of(claims) : Optional.empty();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether the claims have not expired yet. */
    public static boolean isAlive(JsonNode claims) {
        return claims.path("exp").asLong() > Instant.now().getEpochSecond();
    }

    private static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
