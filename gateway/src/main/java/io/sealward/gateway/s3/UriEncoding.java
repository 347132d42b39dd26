package io.sealward.gateway.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The percent-encoding of SigV4: every byte but the unreserved of RFC 3986 is escaped, in upper-case hex. */
public final class UriEncoding {
    private static final String HEX = "0123456789ABCDEF";

    private UriEncoding() {}

    /** Decodes a path; {@code +} stands for itself. */
    public static String decodePath(String raw) {
        return decode(raw, '+');
    }

    /** Decodes a query name or value; {@code +} is a space, as S3 takes it. */
    public static String decodeQuery(String raw) {
        return decode(raw, ' ');
    }

    /** Encodes an object key: slashes stay. */
    public static String encodePath(String decoded) {
        return encode(decoded, true);
    }

    /** Encodes a query name or value: slashes too. */
    public static String encodeQuery(String decoded) {
        return encode(decoded, false);
    }

    private static String decode(String raw, char plus) {
        if (isDecoded(raw, plus)) {
            return raw;
        }
        // The HTTP decoder gives a char for each byte of the request line.
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                if (i + 2 >= raw.length()) {
                    throw new S3Exception(S3Error.INVALID_URI);
                }
                bytes[length++] = (byte) ((hexDigit(raw.charAt(i + 1)) << 4) | hexDigit(raw.charAt(i + 2)));
                i += 2;
            } else if (c > 0xFF) {
                throw new S3Exception(S3Error.INVALID_URI);
            } else {
                bytes[length++] = (byte) (c == '+' ? plus : c);
            }
        }
        return utf8(ByteBuffer.wrap(bytes, 0, length));
    }

    private static int hexDigit(char c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw new S3Exception(S3Error.INVALID_URI);
        }
        return digit;
    }

    private static String utf8(ByteBuffer bytes) {
        try {
            // A new decoder reports malformed input, String would replace it and let two keys become one.
            return UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new S3Exception(S3Error.INVALID_URI);
        }
    }

    private static String encode(String decoded, boolean keepSlash) {
        if (isEncoded(decoded, keepSlash)) {
            return decoded;
        }
        byte[] bytes = decoded.getBytes(UTF_8);
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(bytes.length + 32);
        for (byte b : bytes) {
            if (stays((char) (b & 0xFF), keepSlash)) {
                encoded.write(b);
            } else {
                encoded.write('%');
                encoded.write(HEX.charAt((b >> 4) & 0xF));
                encoded.write(HEX.charAt(b & 0xF));
            }
        }
        return encoded.toString(ISO_8859_1);
    }

    /** Whether no character stands for another. */
    private static boolean isDecoded(String raw, char plus) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' || c >= 0x80 || (c == '+' && plus != '+')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEncoded(String text, boolean keepSlash) {
        for (int i = 0; i < text.length(); i++) {
            if (!stays(text.charAt(i), keepSlash)) {
                return false;
            }
        }
        return true;
    }

    private static boolean stays(char c, boolean keepSlash) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~'
                || (keepSlash && c == '/');
    }
}
