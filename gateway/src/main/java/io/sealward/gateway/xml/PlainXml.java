package io.sealward.gateway.xml;

import java.util.Arrays;

/**
 * The plain form in which stores write most of what they list, which needs no parser: elements named by ASCII letters, without
 * attributes, with nothing in them but such elements, or a text of printable ASCII and quotation marks.
 */
final class PlainXml {
    /** Where there is no whole element of that form. */
    static final int NONE = -1;

    private static final int MAX_DEPTH = 4;
    private static final byte[] QUOTE = {'&', 'q', 'u', 'o', 't', ';'};
    private static final byte[] QUOTE_BY_NUMBER = {'&', '#', '3', '4', ';'};

    private static final boolean[] IN_TEXT = new boolean[256];
    private static final boolean[] IN_NAME = new boolean[256];

    static {
        Arrays.fill(IN_TEXT, ' ', '~' + 1, true);
        IN_TEXT['<'] = false;
        IN_TEXT['>'] = false;
        IN_TEXT['&'] = false;
        Arrays.fill(IN_NAME, 'A', 'Z' + 1, true);
        Arrays.fill(IN_NAME, 'a', 'z' + 1, true);
    }

    private final byte[] bytes;
    private final int to;

    private PlainXml(byte[] bytes, int to) {
        this.bytes = bytes;
        this.to = to;
    }

    /** Where the element ends that begins at {@code from}, or {@link #NONE}. */
    static int end(byte[] bytes, int from, int to) {
        return new PlainXml(bytes, to).element(from, 1);
    }

    private int element(int from, int depth) {
        int nameEnd = letters(from + 1);
        if (depth > MAX_DEPTH || nameEnd == from + 1 || !is('<', from) || !is('>', nameEnd)) {
            return NONE;
        }
        int at = nameEnd + 1;
        if (opens(at)) {
            while (opens(at)) {
                at = element(at, depth + 1);
            }
        } else {
            at = text(at);
        }
        return at == NONE ? NONE : closing(at, from + 1, nameEnd);
    }

    private int closing(int at, int name, int nameEnd) {
        int closingName = at + 2;
        int closingEnd = closingName + nameEnd - name;
        return is('>', closingEnd)
                        && is('<', at)
                        && is('/', at + 1)
                        && Arrays.equals(bytes, name, nameEnd, bytes, closingName, closingEnd)
                ? closingEnd + 1
                : NONE;
    }

    private int text(int from) {
        int at = from;
        while (at < to) {
            if (IN_TEXT[bytes[at] & 0xFF]) {
                at++;
            } else if (stands(QUOTE, at)) {
                at += QUOTE.length;
            } else if (stands(QUOTE_BY_NUMBER, at)) {
                at += QUOTE_BY_NUMBER.length;
            } else {
                return bytes[at] == '<' ? at : NONE;
            }
        }
        return NONE;
    }

    private int letters(int from) {
        int at = from;
        while (at < to && IN_NAME[bytes[at] & 0xFF]) {
            at++;
        }
        return at;
    }

    private boolean opens(int at) {
        return at >= 0 && at + 1 < to && bytes[at] == '<' && bytes[at + 1] != '/';
    }

    private boolean is(char c, int at) {
        return at < to && bytes[at] == c;
    }

    private boolean stands(byte[] reference, int at) {
        return at + reference.length <= to
                && Arrays.equals(bytes, at, at + reference.length, reference, 0, reference.length);
    }
}
