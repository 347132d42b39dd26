package io.sealward.gateway.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/**
 * User metadata beyond ASCII, as S3 answers it: whoever decodes it has what the client wrote. Source: RFC 2047; Amazon S3
 * User Guide, "Working with object metadata".
 */
final class EncodedWord {
    private EncodedWord() {}

    /** @param value a char for each byte of the wire, in UTF-8 or else in ISO 8859-1 */
    static String of(String value) {
        if (value.chars().allMatch(c -> c < 0x80)) {
            return value;
        }
        byte[] sent = value.getBytes(ISO_8859_1);
        byte[] utf8 = isUtf8(sent) ? sent : value.getBytes(UTF_8);
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(utf8) + "?=";
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
