package io.sealward.providers.gcp;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** OpenID Connect tokens in files, one for each audience. */
record TokenFiles(String path) implements SubjectTokens {
    private static final String PLACEHOLDER = "{audience}";

    TokenFiles {
        if (!path.contains(PLACEHOLDER)) {
            throw new IllegalArgumentException(
                    "one token for all tenants would let each stand in for the others: the path needs " + PLACEHOLDER);
        }
    }

    @Override
    public String tokenFor(String audience) throws IOException {
        Path file = Path.of(path.replace(PLACEHOLDER, audience));
        String token = Files.readString(file).strip();
        JsonWebToken.Payload claims = claims(file, token);
        if (!claims.getAudienceAsList().contains(audience)) {
            throw new IOException("The token in " + file + " is not made out to the audience " + audience + ".");
        }
        // Shown to the tenant's pool it would be refused, which must not look like the tenant's decision.
        if (claims.getExpirationTimeSeconds() == null
                || claims.getExpirationTimeSeconds() <= Instant.now().getEpochSecond()) {
            throw new IOException("The token in " + file + " has expired.");
        }
        return token;
    }

    private static JsonWebToken.Payload claims(Path file, String token) throws IOException {
        try {
            return JsonWebSignature.parse(GsonFactory.getDefaultInstance(), token)
                    .getPayload();
        } catch (IllegalArgumentException | IOException notJwt) {
            throw new IOException("The file " + file + " does not hold a JSON web token.");
        }
    }
}
