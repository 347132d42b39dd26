package io.sealward.providers.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.providers.KmsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gateway shows to its tenants' roles, each in a file of its own that something else keeps fresh, and that is read
 * anew each time. One for all would let each tenant stand in for the others.
 *
 * @param tokens path of OpenID Connect tokens, with {@code {audience}} where the audience goes; empty if there are none
 * @param secretIds path of AppRoles' secret ids, with {@code {audience}} in it; empty if there are none
 */
record Credentials(Optional<String> tokens, Optional<String> secretIds) {
    /** The audience of the token that every role must refuse. */
    static final String CHECK_AUDIENCE = "sealward-registration-check";

    static final String PLACEHOLDER = "{audience}";

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A token that lives no longer may be dead when Vault looks at it. */
    private static final int MARGIN_SECONDS = 60;

    boolean canUse(VaultKeySpec.Method method) {
        return (method == VaultKeySpec.Method.APPROLE ? secretIds : tokens).isPresent();
    }

    /** @throws KmsException as the gateway's own fault, if there is no such token, or not a good one */
    String token(String audience) {
        Path file = file(tokens, audience);
        String token = read(file);
        JsonNode claims = claims(token, file);
        JsonNode named = claims.path("aud");
        boolean ours = named.isArray()
                ? named.valueStream().anyMatch(one -> one.asText().equals(audience))
                : named.asText().equals(audience);
        if (!ours) {
            throw unusable(file, "its token is not made out to the audience " + audience);
        }
        if (claims.path("exp").asLong() <= Instant.now().getEpochSecond() + MARGIN_SECONDS) {
            throw unusable(file, "its token has expired, or is about to");
        }
        return token;
    }

    /** @throws KmsException as the gateway's own fault, if there is none */
    String secretId(String audience) {
        Path file = file(secretIds, audience);
        String secretId = read(file);
        if (secretId.isEmpty()) {
            throw unusable(file, "it is empty");
        }
        return secretId;
    }

    private static Path file(Optional<String> template, String audience) {
        return Path.of(
                template.orElseThrow(() -> KmsException.ofGateway("The gateway has no such credentials for Vault."))
                        .replace(PLACEHOLDER, audience));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw unusable(file, "it cannot be read");
        }
    }

    private static JsonNode claims(String token, Path file) {
        String[] parts = token.split("\\.", -1);
        try {
            if (parts.length == 3) {
                return JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            }
        } catch (IOException | IllegalArgumentException notJwt) {
            // told below, like any other file
        }
        throw unusable(file, "it does not hold a JSON web token");
    }

    /** Where it was looked for is the operator's to know; the answer goes to a tenant. */
    private static KmsException unusable(Path file, String reason) {
        LOG.warn("The gateway's credential for Vault in {} cannot be used: {}", file, reason);
        return KmsException.ofGateway("The gateway has no credential to show to this Vault.");
    }
}
