package io.sealward.gateway.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads one key of one operator. A request has one value of a key or none, so that the set operators say no more than what
 * holds where it has none.
 */
final class ConditionReader {
    private static final String IF_EXISTS = "IfExists";
    private static final String ANY = "ForAnyValue:";
    private static final String ALL = "ForAllValues:";

    private ConditionReader() {}

    static Condition read(String operator, String key, List<String> values, Optional<String> username) {
        ConditionKey known = ConditionKey.named(key);
        if (operator.equals("Null")) {
            return absence(known, ConditionKey.tag(key), values);
        }
        String word = operator;
        Optional<Boolean> whenAbsent = Optional.empty();
        if (word.startsWith(ANY)) {
            word = word.substring(ANY.length());
            whenAbsent = Optional.of(false);
        } else if (word.startsWith(ALL)) {
            word = word.substring(ALL.length());
            whenAbsent = Optional.of(true);
        }
        if (word.endsWith(IF_EXISTS)) {
            word = word.substring(0, word.length() - IF_EXISTS.length());
            whenAbsent = Optional.of(true);
        }
        Operator comparison = Operator.named(word);
        return new Condition(
                known,
                ConditionKey.tag(key),
                comparison.test(known, values, username),
                whenAbsent.orElse(comparison.negated()),
                comparison.confines(known, values),
                comparison.effort(values, username));
    }

    private static Condition absence(ConditionKey key, Optional<String> tag, List<String> values) {
        String wanted = values.get(0).toLowerCase(Locale.ROOT);
        if (values.size() > 1 || (!wanted.equals("true") && !wanted.equals("false"))) {
            throw new MalformedPolicyException("Null of " + key.key() + " must be true or false.");
        }
        boolean absent = wanted.equals("true");
        return new Condition(key, tag, given -> !absent, absent, false, 0);
    }
}
