package io.sealward.gateway.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.algorithm.Sha256;
import java.util.List;

/** The canonical form of a request and what is signed of it. Source: "Signature Calculations for the Authorization Header". */
record CanonicalRequest(String text) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    static CanonicalRequest of(
            String method,
            String canonicalPath,
            String canonicalQuery,
            HttpHeaders headers,
            List<String> signedHeaders,
            String payloadHash) {
        StringBuilder text = new StringBuilder(512);
        text.append(method).append('\n');
        text.append(canonicalPath).append('\n');
        text.append(canonicalQuery).append('\n');
        for (String name : signedHeaders) {
            text.append(name).append(':');
            appendValues(text, headers.getAll(name));
            text.append('\n');
        }
        text.append('\n');
        text.append(String.join(";", signedHeaders)).append('\n');
        text.append(payloadHash);
        return new CanonicalRequest(text.toString());
    }

    String stringToSign(SigningTime time, CredentialScope scope) {
        // A header value holds a char for each byte of the wire, and the bytes are what the client signed.
        String hash = Sha256.hex(text.getBytes(ISO_8859_1));
        return ALGORITHM + '\n' + time.text() + '\n' + scope + '\n' + hash;
    }

    private static void appendValues(StringBuilder text, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            appendCollapsed(text, values.get(i));
        }
    }

    private static void appendCollapsed(StringBuilder text, String value) {
        int start = text.length();
        boolean pendingSpace = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || c == '\t') {
                pendingSpace = true;
            } else {
                if (pendingSpace && text.length() > start) {
                    text.append(' ');
                }
                pendingSpace = false;
                text.append(c);
            }
        }
    }
}
