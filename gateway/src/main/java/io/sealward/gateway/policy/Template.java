package io.sealward.gateway.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A text of a policy with its variables in place: {@code ${aws:username}}, and {@code ${*}}, {@code ${?}} and {@code ${$}} for
 * the characters themselves. Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
final class Template {
    /** Stands for any text. */
    static final int ANY_TEXT = -1;
    /** Stands for any one character. */
    static final int ANY_CHARACTER = -2;

    private final int[] symbols;

    private Template(int[] symbols) {
        this.symbols = symbols;
    }

    /**
     * Reads a text, of whose wildcards the variables' values have none.
     *
     * @param username empty where it would be another one for each request
     */
    static Template of(String text, Optional<String> username) {
        IntStream.Builder symbols = IntStream.builder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (text.startsWith("${", i)) {
                int end = text.indexOf('}', i);
                if (end < 0) {
                    throw new MalformedPolicyException("A variable is not closed: " + Quoted.of(text));
                }
                value(text.substring(i + 2, end), username).codePoints().forEach(symbols::add);
                i = end + 1;
            } else {
                symbols.add(c == '*' ? ANY_TEXT : c == '?' ? ANY_CHARACTER : c);
                i += Character.charCount(c);
            }
        }
        return new Template(symbols.build().toArray());
    }

    private static String value(String variable, Optional<String> username) {
        return switch (variable) {
            case "aws:username" ->
                username.orElseThrow(() -> new MalformedPolicyException(
                        "The variable ${aws:username} is not evaluated in the policy of a bucket."));
            case "*", "?", "$" -> variable;
            default ->
                throw new MalformedPolicyException("The variable " + Quoted.of("${" + variable + "}")
                        + " is not evaluated here. Known are ${aws:username}, ${*}, ${?} and ${$}.");
        };
    }

    /** Code points, and the two that stand for others. */
    int[] symbols() {
        return symbols;
    }

    /** The text, in which a wildcard is the character that it is written with. */
    String literal() {
        int[] characters = Arrays.stream(symbols)
                .map(symbol -> symbol == ANY_TEXT ? '*' : symbol == ANY_CHARACTER ? '?' : symbol)
                .toArray();
        return new String(characters, 0, characters.length);
    }
}
