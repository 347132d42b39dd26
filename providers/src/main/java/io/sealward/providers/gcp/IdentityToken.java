package io.sealward.providers.gcp;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import java.io.IOException;
import java.time.Instant;

/**
 * What a token of the gateway says of itself. A wrong one would be refused by the tenant's pool, which must not look like
 * the tenant's decision.
 */
final class IdentityToken {
    /** A token that lives no longer may be dead when Google looks at it. */
    private static final int MARGIN_SECONDS = 60;

    private IdentityToken() {}

    /**
     * Passes a token through.
     *
     * @param source where it came from, to begin a sentence with
     * @throws IOException if it is made out to another audience, or about to expire
     */
    static String require(String token, String audience, String source) throws IOException {
        JsonWebToken.Payload claims = claims(token, source);
        if (!claims.getAudienceAsList().contains(audience)) {
            throw new IOException(source + " gave a token that is not made out to the audience " + audience + ".");
        }
        if (claims.getExpirationTimeSeconds() == null
                || claims.getExpirationTimeSeconds() <= Instant.now().getEpochSecond() + MARGIN_SECONDS) {
            throw new IOException(source + " gave a token that has expired, or is about to.");
        }
        return token;
    }

    private static JsonWebToken.Payload claims(String token, String source) throws IOException {
        try {
            return JsonWebSignature.parse(GsonFactory.getDefaultInstance(), token)
                    .getPayload();
        } catch (IllegalArgumentException | IOException notJwt) {
            throw new IOException(source + " does not hold a JSON web token.");
        }
    }
}
