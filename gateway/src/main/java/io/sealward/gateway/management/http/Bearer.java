package io.sealward.gateway.management.http;

/** The token of an Authorization header. */
public final class Bearer {
    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    public static String token(ApiRequest request) {
        String header = request.authorization()
                .orElseThrow(() -> ApiException.unauthorized(
                        "You didn't provide an API key. Send it in an Authorization header using Bearer auth."));
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw ApiException.unauthorized("The Authorization header must use Bearer auth.");
        }
        return header.substring(SCHEME.length()).trim();
    }
}
