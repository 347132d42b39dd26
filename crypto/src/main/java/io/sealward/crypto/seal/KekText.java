package io.sealward.crypto.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.SealException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** A {@link KekReference} as one header value: four percent-encoded words. */
final class KekText {
    private static final String PLAIN = "-._~:/@";
    private static final String HEX = "0123456789ABCDEF";
    private static final String EMPTY = "-";

    private KekText() {}

    static String encode(KekReference kek) {
        return word(kek.externalKeyId())
                + ' '
                + word(kek.provider())
                + ' '
                + word(kek.keyId())
                + ' '
                + word(kek.keyVersion());
    }

    static KekReference decode(String text) throws SealException {
        String[] words = text.split(" ", -1);
        if (words.length != 4) {
            throw malformed();
        }
        KekReference kek =
                new KekReference(unescape(words[0]), unescape(words[1]), unescape(words[2]), unescape(words[3]));
        if (!encode(kek).equals(text)) {
            throw malformed();
        }
        return kek;
    }

    private static String word(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        return text.equals(EMPTY) ? "%2D" : escape(text);
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }

    private static String unescape(String word) throws SealException {
        if (word.equals(EMPTY)) {
            return "";
        }
        ByteBuffer bytes = ByteBuffer.allocate(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '%') {
                if (word.length() - i < 3) {
                    throw malformed();
                }
                bytes.put((byte) (16 * digit(word.charAt(++i)) + digit(word.charAt(++i))));
            } else if (c < 0x80) {
                bytes.put((byte) c);
            } else {
                throw malformed();
            }
        }
        try {
            return UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static int digit(char c) throws SealException {
        int digit = Character.digit(c, 16);
        if (digit < 0) {
            throw malformed();
        }
        return digit;
    }

    private static SealException malformed() {
        return new SealException.Malformed("sealward-kek is garbled");
    }
}
