package io.sealward.gateway.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/**
 * URI encoding as Signature Version 4 defines it: every byte but the unreserved ones of RFC 3986 becomes {@code %XX},
 * upper case. Source: "Create a signed AWS API request", UriEncode().
 */
public final class S3Uri {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private S3Uri() {}

    /** Encodes a query name or value, slashes included. */
    public static String encode(String text) {
        return encode(text, false);
    }

    /** Encodes an object key as a path: slashes stay. */
    public static String encodePath(String key) {
        return encode(key, true);
    }

    /**
     * Undoes percent-encoding. A plus sign is itself.
     *
     * @throws S3Exception InvalidURI, on a broken escape or bytes that are not UTF-8
     */
    public static String decode(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        byte[] raw = encoded.getBytes(UTF_8);
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            byte b = raw[i];
            if (b == '%') {
                if (i + 2 >= raw.length) {
                    throw new S3Exception(S3Error.INVALID_URI);
                }
                b = (byte) (hex(raw[i + 1]) << 4 | hex(raw[i + 2]));
                i += 2;
            }
            raw[length++] = b;
        }
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(raw, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new S3Exception(S3Error.INVALID_URI, "The URI is not UTF-8.");
        }
    }

    private static String encode(String text, boolean keepSlash) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(UTF_8)) {
            if (unreserved(b) || keepSlash && b == '/') {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
            }
        }
        return out.toString();
    }

    private static boolean unreserved(byte b) {
        return b >= 'A' && b <= 'Z'
                || b >= 'a' && b <= 'z'
                || b >= '0' && b <= '9'
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }

    private static int hex(byte digit) {
        int value = Character.digit(digit, 16);
        if (value < 0) {
            throw new S3Exception(S3Error.INVALID_URI);
        }
        return value;
    }
}
