package io.sealward.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the evaluator decides is what the text of the language says, word for word and slowly. */
class PolicyPropertiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ACTIONS =
            List.of("s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject");

    /** One of a few conditions on the prefix; empty operator: none. */
    record Spoken(
            boolean allows,
            boolean otherActions,
            List<String> actions,
            boolean otherResources,
            List<String> resources,
            String operator,
            List<String> prefixes) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("Effect", allows ? "Allow" : "Deny");
            json.put(otherActions ? "NotAction" : "Action", actions);
            json.put(
                    otherResources ? "NotResource" : "Resource",
                    resources.stream().map(name -> "arn:aws:s3:::" + name).toList());
            if (!operator.isEmpty()) {
                json.put("Condition", Map.of(operator, Map.of("s3:prefix", prefixes)));
            }
            return json;
        }

        boolean speaksOf(String action, String resource, Optional<String> prefix) {
            boolean named = actions.stream()
                    .anyMatch(pattern -> like(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)));
            boolean there = resources.stream().anyMatch(pattern -> like(pattern, resource));
            return named != otherActions && there != otherResources && holds(prefix);
        }

        private boolean holds(Optional<String> prefix) {
            boolean any = prefix.isPresent()
                    && prefixes.stream()
                            .anyMatch(pattern -> operator.contains("Like")
                                    ? like(pattern, prefix.get())
                                    : pattern.equals(prefix.get()));
            return switch (operator) {
                case "" -> true;
                case "StringLike", "StringEquals" -> any;
                case "StringNotLike", "StringNotEquals" -> !any;
                case "StringLikeIfExists" -> prefix.isEmpty() || any;
                case "ForAnyValue:StringNotLike" -> prefix.isPresent() && !any;
                case "ForAllValues:StringLike" -> prefix.isEmpty() || any;
                default -> throw new AssertionError(operator);
            };
        }
    }

    private static boolean like(String pattern, String text) {
        String regex = pattern.codePoints()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "/", "\uD83D\uDE00", "A")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "/", "\uD83D\uDE00", "*", "?", "*")
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<List<Spoken>> policies() {
        Arbitrary<List<String>> actions = Arbitraries.of(
                        "s3:*", "*", "s3:Get*", "s3:getobject", "s3:?etObject", "s3:PutObject")
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
        Arbitrary<List<String>> resources = patterns().list().ofMinSize(1).ofMaxSize(2);
        Arbitrary<String> operators = Arbitraries.of(
                "",
                "",
                "StringLike",
                "StringNotLike",
                "StringEquals",
                "StringNotEquals",
                "StringLikeIfExists",
                "ForAnyValue:StringNotLike",
                "ForAllValues:StringLike");
        return Combinators.combine(
                        Arbitraries.of(true, true, false),
                        Arbitraries.of(true, false, false),
                        actions,
                        Arbitraries.of(true, false, false),
                        resources,
                        operators,
                        patterns().list().ofMinSize(1).ofMaxSize(2))
                .as(Spoken::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 3_000)
    void aPatternMatchesWhatItStandsFor(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertThat(new Wildcard(Template.of(pattern, Optional.of("u"))).matches(text))
                .isEqualTo(like(pattern, text));
    }

    @Property(tries = 3_000)
    void aPolicyDecidesAsItsStatementsSay(
            @ForAll("policies") List<Spoken> statements,
            @ForAll("texts") String resource,
            @ForAll("texts") String prefix)
            throws JsonProcessingException {
        Policy policy = Policy.parse(
                JSON.writeValueAsString(Map.of(
                        "Version",
                        "2012-10-17",
                        "Statement",
                        statements.stream().map(Spoken::json).toList())),
                "u");
        for (String action : ACTIONS) {
            for (Optional<String> given : List.of(Optional.of(prefix), Optional.<String>empty())) {
                Facts facts = key -> key == ConditionKey.PREFIX ? given : Optional.empty();
                List<Spoken> speaking = statements.stream()
                        .filter(statement -> statement.speaksOf(action, resource, given))
                        .toList();
                Decision expected = speaking.isEmpty()
                        ? Decision.UNSAID
                        : speaking.stream().allMatch(Spoken::allows) ? Decision.ALLOWED : Decision.DENIED;
                assertThat(policy.decide(action, resource, facts)).isEqualTo(expected);
            }
        }
    }

    /** Whatever is written is read or refused with a reason, and nothing else. */
    @Property(tries = 200)
    void aDamagedPolicyIsReadOrRefused(@ForAll("policies") List<Spoken> statements, @ForAll long seed)
            throws JsonProcessingException {
        Random random = new Random(seed);
        String whole = JSON.writeValueAsString(Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                statements.stream().map(Spoken::json).toList()));
        List<String> pieces = List.of(
                "\"",
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "null",
                "${",
                "}",
                "*",
                "\\u0000",
                "\u0000",
                "\\ud800",
                "1e999999999",
                "\"Statement\":",
                "\"Condition\":",
                "\"IpAddress\":{\"aws:SourceIp\":\"",
                "\"Effect\":\"Allow\",",
                "-",
                "/");
        for (int i = 0; i < 50; i++) {
            StringBuilder damaged = new StringBuilder(whole);
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                int at = random.nextInt(damaged.length());
                int end = Math.min(damaged.length(), at + random.nextInt(6));
                damaged.replace(at, end, random.nextBoolean() ? pieces.get(random.nextInt(pieces.size())) : "");
            }
            try {
                Policy read = Policy.parse(damaged.toString(), "u");
                assertThat(read.decide("s3:GetObject", "b/k", key -> Optional.of("x")))
                        .isNotNull();
            } catch (MalformedPolicyException e) {
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1_500);
            }
        }
    }
}
