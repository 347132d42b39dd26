package io.sealward.gateway.bucket;

import io.sealward.gateway.s3.UriEncoding;

/**
 * Tokens are the store's own, but for those that XML cannot hold: clients do not decode tokens, so that the gateway encodes
 * these and decodes what comes back.
 */
final class ContinuationTokens {
    private static final String ENCODED = "url:";

    private ContinuationTokens() {}

    static String toClient(String token) {
        return token.startsWith(ENCODED) || !Names.asRead(token).equals(token)
                ? ENCODED + UriEncoding.encodeQuery(token)
                : token;
    }

    static String toStore(String token) {
        return token.startsWith(ENCODED) ? UriEncoding.decodeQuery(token.substring(ENCODED.length())) : token;
    }
}
