package io.sealward.gateway.policy;

import java.util.BitSet;
import java.util.Optional;

/**
 * A pattern in which {@code *} stands for any text and {@code ?} for any one character. Matching never goes back further than
 * to the last star, so that it takes at most {@link #effort} steps for each character of the text. Immutable.
 */
public final class Wildcard {
    private final int[] symbols;

    Wildcard(Template template) {
        symbols = template.symbols();
    }

    /**
     * Reads a pattern without variables.
     *
     * @throws MalformedPolicyException if it has one
     */
    public static Wildcard of(String pattern) {
        if (pattern.contains("${")) {
            throw new MalformedPolicyException("A pattern has no variables here: " + Quoted.of(pattern));
        }
        return new Wildcard(Template.of(pattern, Optional.empty()));
    }

    /** Whether the whole text fits. */
    public boolean matches(String text) {
        int at = 0;
        int next = 0;
        int star = -1; // the last one seen
        int taken = 0; // the end of what it stands for
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (next < symbols.length && symbols[next] == Template.ANY_TEXT) {
                star = next++;
                taken = at;
            } else if (next < symbols.length && (symbols[next] == Template.ANY_CHARACTER || symbols[next] == c)) {
                next++;
                at += Character.charCount(c);
            } else if (star >= 0) {
                next = star + 1;
                taken += Character.charCount(text.codePointAt(taken));
                at = taken;
            } else {
                return false;
            }
        }
        while (next < symbols.length && symbols[next] == Template.ANY_TEXT) {
            next++;
        }
        return next == symbols.length;
    }

    /** Whether it matches some text that begins so. */
    boolean canBegin(String text) {
        BitSet reached = new BitSet(symbols.length + 1);
        reach(reached, 0);
        for (int c : text.codePoints().toArray()) {
            BitSet next = new BitSet(symbols.length + 1);
            reached.stream().filter(at -> at < symbols.length).forEach(at -> {
                if (symbols[at] == Template.ANY_TEXT) {
                    reach(next, at);
                } else if (symbols[at] == Template.ANY_CHARACTER || symbols[at] == c) {
                    reach(next, at + 1);
                }
            });
            reached = next;
        }
        return !reached.isEmpty();
    }

    /** With all places to which stars that stand for nothing lead. */
    private void reach(BitSet places, int from) {
        int at = from;
        places.set(at);
        while (at < symbols.length && symbols[at] == Template.ANY_TEXT) {
            places.set(++at);
        }
    }

    /** How much of the pattern may be tried at each place of a text: what stands behind the first star. */
    int effort() {
        for (int i = 0; i < symbols.length; i++) {
            if (symbols[i] == Template.ANY_TEXT) {
                return symbols.length - i - 1;
            }
        }
        return 0;
    }
}
