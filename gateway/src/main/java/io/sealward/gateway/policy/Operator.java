package io.sealward.gateway.policy;

import io.sealward.gateway.policy.ConditionKey.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How a condition compares. The negated ones hold where no value is met, and where there is nothing to compare. Source: IAM
 * User Guide, "IAM JSON policy elements: Condition operators".
 *
 * @param negated whether it holds where no value is met
 * @param comparison of a value of the policy, under a user's name
 */
record Operator(
        String word,
        boolean negated,
        Family family,
        BiFunction<String, Optional<String>, Predicate<String>> comparison) {
    private static final List<Operator> ALL = List.of(
            new Operator("StringEquals", false, Family.TEXT, Operator::equal),
            new Operator("StringNotEquals", true, Family.TEXT, Operator::equal),
            new Operator("StringEqualsIgnoreCase", false, Family.TEXT, Operator::equalIgnoringCase),
            new Operator("StringNotEqualsIgnoreCase", true, Family.TEXT, Operator::equalIgnoringCase),
            new Operator("StringLike", false, Family.PATTERN, Operator::like),
            new Operator("StringNotLike", true, Family.PATTERN, Operator::like),
            new Operator("NumericEquals", false, Family.NUMBER, numbers(order -> order == 0)),
            new Operator("NumericNotEquals", true, Family.NUMBER, numbers(order -> order == 0)),
            new Operator("NumericLessThan", false, Family.NUMBER, numbers(order -> order < 0)),
            new Operator("NumericLessThanEquals", false, Family.NUMBER, numbers(order -> order <= 0)),
            new Operator("NumericGreaterThan", false, Family.NUMBER, numbers(order -> order > 0)),
            new Operator("NumericGreaterThanEquals", false, Family.NUMBER, numbers(order -> order >= 0)),
            new Operator("DateEquals", false, Family.DATE, dates(order -> order == 0)),
            new Operator("DateNotEquals", true, Family.DATE, dates(order -> order == 0)),
            new Operator("DateLessThan", false, Family.DATE, dates(order -> order < 0)),
            new Operator("DateLessThanEquals", false, Family.DATE, dates(order -> order <= 0)),
            new Operator("DateGreaterThan", false, Family.DATE, dates(order -> order > 0)),
            new Operator("DateGreaterThanEquals", false, Family.DATE, dates(order -> order >= 0)),
            new Operator("Bool", false, Family.BOOLEAN, Operator::bool),
            new Operator("IpAddress", false, Family.ADDRESS, Operator::within),
            new Operator("NotIpAddress", true, Family.ADDRESS, Operator::within));

    private static final String KNOWN = ALL.stream().map(Operator::word).collect(Collectors.joining(", "));

    /** What operators compare. */
    enum Family {
        TEXT,
        PATTERN,
        NUMBER,
        DATE,
        BOOLEAN,
        ADDRESS;

        /** Whether its operators are for such keys. */
        boolean compares(Kind kind) {
            return switch (this) {
                case TEXT, PATTERN -> kind == Kind.TEXT || kind == Kind.NUMBER || kind == Kind.BOOLEAN;
                case NUMBER -> kind == Kind.NUMBER || kind == Kind.SECONDS;
                case DATE -> kind == Kind.DATE || kind == Kind.SECONDS;
                case BOOLEAN -> kind == Kind.BOOLEAN;
                case ADDRESS -> kind == Kind.ADDRESS;
            };
        }
    }

    static Operator named(String word) {
        return ALL.stream()
                .filter(operator -> operator.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new MalformedPolicyException("The condition operator " + Quoted.of(word)
                        + " is not evaluated here. Known are " + KNOWN
                        + ", each also with IfExists, ForAnyValue: and ForAllValues:, and Null."));
    }

    /** Whether a value of the request is met by one of these, or by none where the operator is negated. */
    Predicate<String> test(ConditionKey key, List<String> values, Optional<String> username) {
        if (!family.compares(key.kind())) {
            throw new MalformedPolicyException(word + " does not compare " + key.key() + ".");
        }
        List<Predicate<String>> all =
                values.stream().map(value -> comparison.apply(value, username)).toList();
        return given -> {
            for (Predicate<String> one : all) {
                if (one.test(given)) {
                    return !negated;
                }
            }
            return negated;
        };
    }

    /** See {@link Wildcard#effort}. */
    int effort(List<String> values, Optional<String> username) {
        return family == Family.PATTERN
                ? values.stream()
                        .mapToInt(value -> new Wildcard(Template.of(value, username)).effort())
                        .sum()
                : 0;
    }

    /** Whether it keeps all callers out but those of a few addresses. */
    boolean confines(ConditionKey key, List<String> values) {
        return key == ConditionKey.SOURCE_IP
                && !negated
                && values.stream().map(AddressRange::parse).noneMatch(AddressRange::isBroad);
    }

    private static Predicate<String> equal(String value, Optional<String> username) {
        return Template.of(value, username).literal()::equals;
    }

    private static Predicate<String> equalIgnoringCase(String value, Optional<String> username) {
        return Template.of(value, username).literal()::equalsIgnoreCase;
    }

    private static Predicate<String> like(String value, Optional<String> username) {
        return new Wildcard(Template.of(value, username))::matches;
    }

    private static Predicate<String> bool(String value, Optional<String> username) {
        String expected = value.toLowerCase(Locale.ROOT);
        if (!expected.equals("true") && !expected.equals("false")) {
            throw new MalformedPolicyException("Expected true or false, but got " + Quoted.of(value) + ".");
        }
        return expected::equals;
    }

    private static Predicate<String> within(String value, Optional<String> username) {
        return AddressRange.parse(value)::contains;
    }

    private static BiFunction<String, Optional<String>, Predicate<String>> numbers(IntPredicate order) {
        return (value, username) -> {
            var bound = Scalars.number(value)
                    .orElseThrow(
                            () -> new MalformedPolicyException("Expected a number, but got " + Quoted.of(value) + "."));
            return given -> met(Scalars.number(given), bound, order);
        };
    }

    private static BiFunction<String, Optional<String>, Predicate<String>> dates(IntPredicate order) {
        return (value, username) -> {
            var bound = Scalars.date(value)
                    .orElseThrow(() -> new MalformedPolicyException("Expected a date such as 2026-12-31T23:59:59Z or"
                            + " seconds since 1970, but got " + Quoted.of(value) + "."));
            return given -> met(Scalars.date(given), bound, order);
        };
    }

    private static <T extends Comparable<T>> boolean met(Optional<T> given, T bound, IntPredicate order) {
        return given.isPresent() && order.test(given.get().compareTo(bound));
    }
}
