package io.sealward.gateway.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References to characters that XML 1.0 does not have: some stores write them where a key has such a character, and no
 * parser takes them. They become U+FFFD, which other stores write there.
 */
final class IllegalReferences {
    private static final Pattern ILLEGAL =
            Pattern.compile("(?i)&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45]));");

    private static final String REPLACEMENT = new String("\uFFFD".getBytes(UTF_8), ISO_8859_1);
    private static final int LONGEST = "&#x0000001F;".length();

    private String held = "";

    /** What of this piece and the one before can be read now; shares the piece, which stays the caller's. */
    ByteBuf replacedIn(ByteBuf piece) {
        if (held.isEmpty() && piece.bytesBefore((byte) '&') < 0) {
            return piece;
        }
        String text = held + piece.toString(ISO_8859_1);
        int last = text.lastIndexOf('&');
        boolean cut = last >= 0 && text.length() - last < LONGEST && text.indexOf(';', last) < 0;
        String whole = cut ? text.substring(0, last) : text;
        held = cut ? text.substring(last) : "";
        return Unpooled.wrappedBuffer(replaced(whole).getBytes(ISO_8859_1));
    }

    /** Tried where a reference begins alone: a search by the expression takes as long as all else that becomes of a listing. */
    private static String replaced(String text) {
        StringBuilder replaced = new StringBuilder();
        Matcher illegal = ILLEGAL.matcher(text);
        int done = 0;
        for (int at = text.indexOf("&#"); at >= 0; at = text.indexOf("&#", at + 2)) {
            if (illegal.region(at, text.length()).lookingAt()) {
                replaced.append(text, done, at).append(REPLACEMENT);
                done = illegal.end();
            }
        }
        return done == 0 ? text : replaced.append(text, done, text.length()).toString();
    }

    /** What was kept of the last piece, where it broke off inside a reference. */
    ByteBuf rest() {
        return Unpooled.wrappedBuffer(held.getBytes(ISO_8859_1));
    }
}
