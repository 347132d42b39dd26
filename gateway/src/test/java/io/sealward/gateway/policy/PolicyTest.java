package io.sealward.gateway.policy;

import static io.sealward.gateway.policy.Decision.ALLOWED;
import static io.sealward.gateway.policy.Decision.DENIED;
import static io.sealward.gateway.policy.Decision.UNSAID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final Facts NOTHING = key -> Optional.empty();

    private static Policy policy(String... statements) {
        return Policy.parse(
                "{\"Version\":\"2012-10-17\",\"Statement\":["
                        + String.join(",", statements).replace('\'', '"') + "]}",
                "AKIDUSER");
    }

    private static String statement(String effect, String actions, String resources) {
        return "{'Effect':'" + effect + "'," + actions + "," + resources + "}";
    }

    private static Decision decide(Policy policy, String action, String resource) {
        return policy.decide(action, resource, NOTHING);
    }

    @Test
    void aDenialWinsWhereverItStandsAndWhatIsNotSaidIsRefused() {
        String allow = statement("Allow", "'Action':'s3:*'", "'Resource':'*'");
        String deny = statement("Deny", "'Action':'s3:DeleteObject'", "'Resource':'arn:aws:s3:::b/kept/*'");
        for (Policy policy : new Policy[] {policy(allow, deny), policy(deny, allow)}) {
            assertThat(decide(policy, "s3:DeleteObject", "b/kept/x")).isEqualTo(DENIED);
            assertThat(decide(policy, "s3:DeleteObject", "b/other")).isEqualTo(ALLOWED);
            assertThat(decide(policy, "s3:GetObject", "b/kept/x")).isEqualTo(ALLOWED);
        }
        assertThat(decide(policy(deny), "s3:GetObject", "b/kept/x")).isEqualTo(UNSAID);
    }

    @Test
    void theOtherActionsAndResourcesAreThoseThatAreNotNamed() {
        Policy reading = policy(
                statement("Allow", "'Action':'*'", "'Resource':'*'"),
                statement("Deny", "'NotAction':['s3:Get*','s3:List*']", "'Resource':'*'"),
                statement("Deny", "'Action':'s3:*'", "'NotResource':['arn:aws:s3:::b','arn:aws:s3:::b/*']"));
        assertThat(decide(reading, "s3:GetObject", "b/k")).isEqualTo(ALLOWED);
        assertThat(decide(reading, "s3:ListBucket", "b")).isEqualTo(ALLOWED);
        assertThat(decide(reading, "s3:PutObject", "b/k")).isEqualTo(DENIED);
        assertThat(decide(reading, "s3:AbortMultipartUpload", "b/k")).isEqualTo(DENIED);
        assertThat(decide(reading, "s3:GetObject", "c/k")).isEqualTo(DENIED);
        assertThat(decide(reading, "s3:ListAllMyBuckets", "*")).isEqualTo(DENIED);
        assertThat(decide(policy(statement("Allow", "'NotAction':'s3:Delete*'", "'Resource':'*'")), "s3:Unheard", "b"))
                .isEqualTo(UNSAID);
    }

    @Test
    void theCaseOfActionsDoesNotMatterAndThatOfResourcesDoes() {
        Policy policy = policy(statement("Allow", "'Action':'S3:gEtobject'", "'Resource':'arn:aws:s3:::b/Key'"));
        assertThat(decide(policy, "s3:GetObject", "b/Key")).isEqualTo(ALLOWED);
        assertThat(decide(policy, "s3:GetObject", "b/key")).isEqualTo(UNSAID);
    }

    @ParameterizedTest
    @CsvSource({
        "b, b, true",
        "b, b/k, false",
        "b/*, b, false",
        "b/*, b/, true",
        "b/*, b/a/b, true",
        "b*, bucket/k, true",
        "b/p/*, b/p, false",
        "b/p/*, b/P/x, false",
        "b/*.txt, b/a/c.txt, true",
        "b/*.txt, b/c.txt.exe, false",
        "b/a?c, b/abc, true",
        "b/a?c, b/ac, false",
        "b/a?c, b/a/c, true",
        "b/a%2Fb, b/a/b, false",
        "b/a/b, b/a%2Fb, false",
        "b/**, b/x, true",
        "*, *, true",
        "b/${*}, b/x, false",
        "b/${*}, b/*, true",
        "b/${?}, b/x, false",
        "b/${aws:username}/*, b/AKIDUSER/k, true",
        "b/${aws:username}/*, b/akiduser/k, false",
        "b/$x, b/$x, true",
    })
    void aResourceIsMatchedAsItIsWritten(String pattern, String resource, boolean expected) {
        Policy policy =
                policy(statement("Allow", "'Action':'s3:GetObject'", "'Resource':'arn:aws:s3:::" + pattern + "'"));
        assertThat(decide(policy, "s3:GetObject", resource)).isEqualTo(expected ? ALLOWED : UNSAID);
    }

    @Test
    void aCharacterBeyondTheBasicPlaneIsOne() {
        Policy policy = policy(statement("Allow", "'Action':'s3:GetObject'", "'Resource':'arn:aws:s3:::b/?-*?'"));
        assertThat(decide(policy, "s3:GetObject", "b/\uD83D\uDE00-\uD83D\uDE00"))
                .isEqualTo(ALLOWED);
        assertThat(decide(policy, "s3:GetObject", "b/\uD83D\uDE00\uD83D\uDE00-x"))
                .isEqualTo(UNSAID);
        Policy composed = policy(statement("Allow", "'Action':'s3:GetObject'", "'Resource':'arn:aws:s3:::b/\u00e9'"));
        assertThat(decide(composed, "s3:GetObject", "b/e\u0301"))
                .as("no form is made the other")
                .isEqualTo(UNSAID);
    }

    /** What a condition makes of a fact; empty: of a request that has none. */
    @ParameterizedTest
    @CsvSource({
        "StringEquals, s3:prefix, ab, ab, true",
        "StringEquals, S3:PREFIX, ab, ab, true",
        "StringEquals, s3:prefix, a*, ab, false",
        "StringEquals, s3:prefix, a*, a*, true",
        "StringEquals, s3:prefix, ab, , false",
        "StringEqualsIfExists, s3:prefix, ab, , true",
        "StringEqualsIfExists, s3:prefix, ab, x, false",
        "StringNotEquals, s3:prefix, ab, ab, false",
        "StringNotEquals, s3:prefix, ab, AB, true",
        "StringNotEquals, s3:prefix, ab, , true",
        "StringEqualsIgnoreCase, s3:prefix, ab, aB, true",
        "StringNotEqualsIgnoreCase, s3:prefix, ab, aB, false",
        "StringLike, s3:prefix, a*c, abbc, true",
        "StringLike, s3:prefix, a?c, abbc, false",
        "StringLike, s3:prefix, a*, , false",
        "StringNotLike, s3:prefix, a*, abc, false",
        "StringNotLike, s3:prefix, a*, , true",
        "ForAnyValue:StringLike, s3:prefix, a*, abc, true",
        "ForAnyValue:StringNotLike, s3:prefix, a*, , false",
        "ForAllValues:StringLike, s3:prefix, a*, , true",
        "ForAllValues:StringLike, s3:prefix, a*, b, false",
        "Null, s3:prefix, true, , true",
        "Null, s3:prefix, true, x, false",
        "Null, s3:prefix, false, x, true",
        "NumericEquals, s3:max-keys, 10, 10, true",
        "NumericEquals, s3:max-keys, 10, 10.0, true",
        "NumericEquals, s3:max-keys, 10, ten, false",
        "NumericEquals, s3:max-keys, 10, 1e1, false",
        "NumericNotEquals, s3:max-keys, 10, 11, true",
        "NumericLessThan, s3:max-keys, 10, 10, false",
        "NumericLessThanEquals, s3:max-keys, 10, 10, true",
        "NumericLessThanEquals, s3:max-keys, 10, , false",
        "NumericGreaterThan, s3:max-keys, 10, 11, true",
        "NumericGreaterThanEquals, s3:max-keys, 10, 9, false",
        "DateLessThan, aws:CurrentTime, 2027-01-01T00:00:00Z, 2026-11-28T01:02:03.5Z, true",
        "DateLessThan, aws:CurrentTime, 2026-11-28, 2026-11-28T01:02:03Z, false",
        "DateGreaterThan, aws:CurrentTime, 1700000000, 2026-11-28T01:02:03Z, true",
        "DateGreaterThan, aws:EpochTime, 2026-01-01T00:00:00+01:00, 1795827723, true",
        "NumericGreaterThan, aws:EpochTime, 1795827722, 1795827723, true",
        "DateEquals, aws:CurrentTime, 2026-11-28T01:02:03Z, 2026-11-28T01:02:03Z, true",
        "DateNotEquals, aws:CurrentTime, 2026-11-28T01:02:03Z, 2026-11-28T01:02:03Z, false",
        "DateLessThanEquals, aws:CurrentTime, 2026-11-28T01:02:03Z, 2026-11-28T01:02:03Z, true",
        "DateGreaterThanEquals, aws:CurrentTime, 2026-11-28T01:02:03Z, 2026-11-28T01:02:02Z, false",
        "Bool, aws:SecureTransport, true, true, true",
        "Bool, aws:SecureTransport, TRUE, true, true",
        "Bool, aws:SecureTransport, false, true, false",
        "StringEquals, aws:SecureTransport, true, true, true",
        "IpAddress, aws:SourceIp, 10.1.2.3, 10.1.2.3, true",
        "IpAddress, aws:SourceIp, 10.0.0.0/8, 10.255.0.1, true",
        "IpAddress, aws:SourceIp, 10.1.2.3/8, 10.9.9.9, true",
        "IpAddress, aws:SourceIp, 10.0.0.0/9, 10.128.0.1, false",
        "IpAddress, aws:SourceIp, 0.0.0.0/0, 203.0.113.9, true",
        "IpAddress, aws:SourceIp, 0.0.0.0/0, 2001:db8::1, false",
        "IpAddress, aws:SourceIp, 2001:db8::/33, 2001:db8:7fff::1, true",
        "IpAddress, aws:SourceIp, 2001:db8::/33, 2001:db8:8000::1, false",
        "NotIpAddress, aws:SourceIp, 10.0.0.0/8, 11.0.0.1, true",
        "NotIpAddress, aws:SourceIp, 10.0.0.0/8, 10.0.0.1, false",
    })
    void aConditionHolds(String operator, String key, String value, String given, boolean expected) {
        Policy policy = policy("{'Effect':'Allow','Action':'s3:ListBucket','Resource':'*','Condition':{'" + operator
                + "':{'" + key + "':'" + value + "'}}}");
        ConditionKey of = ConditionKey.named(key);
        Facts facts = asked -> Optional.ofNullable(given).filter(has -> asked == of);
        assertThat(policy.decide("s3:ListBucket", "b", facts)).isEqualTo(expected ? ALLOWED : UNSAID);
    }

    @Test
    void oneOfTheValuesIsEnoughAndEveryConditionMustHold() {
        Policy policy = policy("{'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::b','Condition':{"
                + "'StringLike':{'s3:prefix':['','home/${aws:username}/*'],'s3:delimiter':'/'},"
                + "'NumericLessThanEquals':{'s3:max-keys':100},'Bool':{'aws:SecureTransport':true}}}");
        Map<ConditionKey, String> facts = new EnumMap<>(Map.of(
                ConditionKey.PREFIX, "home/AKIDUSER/x",
                ConditionKey.DELIMITER, "/",
                ConditionKey.MAX_KEYS, "100",
                ConditionKey.SECURE_TRANSPORT, "true"));
        Facts asked = key -> Optional.ofNullable(facts.get(key));
        assertThat(policy.decide("s3:ListBucket", "b", asked)).isEqualTo(ALLOWED);
        facts.put(ConditionKey.PREFIX, "");
        assertThat(policy.decide("s3:ListBucket", "b", asked)).isEqualTo(ALLOWED);
        for (ConditionKey key : ConditionKey.values()) {
            String before = facts.put(key, "other");
            if (before != null) {
                assertThat(policy.decide("s3:ListBucket", "b", asked))
                        .as(key.key())
                        .isEqualTo(UNSAID);
                facts.put(key, before);
            }
        }
    }

    /** Each with a part of what it is told. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|must be a JSON object",
                "[]|must be a JSON object",
                "null|must be a JSON object",
                "{}|must be a JSON object that is not empty",
                "{'Version':'2012-10-17'}|Statement is missing or empty",
                "{'Version':'2012-10-17','Statement':[]}|Statement is missing or empty",
                "{'Version':'2012-10-17','Statement':['x']}|A statement must be a JSON object",
                "{'Version':'2008-10-17','Statement':[{}]}|Version must be \"2012-10-17\"",
                "{'Statement':[{}]}|Version must be \"2012-10-17\"",
                "{'Version':'2012-10-17','Version':'2012-10-17','Statement':[{}]}|no name in it twice",
                "{'Version':'2012-10-17','Statement':[{}]} {}|must be one JSON object",
                "{'Version':'2012-10-17','Statement':[{}],'Comment':'x'}|The element \"Comment\" is not known in a policy",
            })
    void whatIsNoPolicyIsRefused(String json, String told) {
        assertThatThrownBy(() -> Policy.parse(json.replace('\'', '"'), "u"))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'Effect':'allow','Action':'s3:*','Resource':'*'|Effect must be",
                "'Action':'s3:*','Resource':'*'|Effect must be",
                "'Effect':'Allow','Resource':'*'|one of Action and NotAction",
                "'Effect':'Allow','Action':'s3:*','NotAction':'s3:*','Resource':'*'|one of Action and NotAction",
                "'Effect':'Allow','Action':'s3:*'|one of Resource and NotResource",
                "'Effect':'Allow','Action':[],'Resource':'*'|Action is missing or empty",
                "'Effect':'Allow','Action':7,'Resource':'*'|Action must be a string",
                "'Effect':'Allow','Action':[['s3:*']],'Resource':'*'|Action must be a string",
                "'Effect':'Allow','Action':'s3:GetObjct','Resource':'*'|The action \"s3:GetObjct\" is none",
                "'Effect':'Allow','Action':'s3:X*','Resource':'*'|The action \"s3:X*\" is none",
                "'Effect':'Allow','Action':'ec2:*','Resource':'*'|The action \"ec2:*\" is none",
                "'Effect':'Allow','Action':'GetObject','Resource':'*'|The action \"GetObject\" is none",
                "'Effect':'Allow','Action':'s*','Resource':'*'|The action \"s*\" is none",
                "'Effect':'Allow','Action':'s3:${*}','Resource':'*'|An action has no variables",
                "'Effect':'Allow','Action':'s3:*','Resource':'b/k'|The resource \"b/k\" is none",
                "'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::'|The resource \"arn:aws:s3:::\" is none",
                "'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:us-east-1:1:b'|is none",
                "'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b/${aws:PrincipalTag/x}'|is not evaluated here",
                "'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b/${aws:username'|A variable is not closed",
                "'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'|The element \"Principal\" is not known",
                "'effect':'Allow','Action':'s3:*','Resource':'*'|The element \"effect\" is not known",
            })
    void aStatementThatCannotBeEvaluatedIsRefused(String statement, String told) {
        assertThatThrownBy(() -> policy("{" + statement + "}"))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'StringEquals':{'s3:RequestObjectTag/a':'b'}|\"s3:RequestObjectTag/a\" is not evaluated here",
                "'StringEquals':{'aws:PrincipalOrgID':'o'}|\"aws:PrincipalOrgID\" is not evaluated here",
                "'ArnLike':{'aws:username':'x'}|The condition operator \"ArnLike\" is not evaluated here",
                "'stringEquals':{'s3:prefix':'x'}|\"stringEquals\" is not evaluated here",
                "'NullIfExists':{'s3:prefix':'true'}|\"Null\" is not evaluated here",
                "'ForAnyValue:ForAllValues:StringLike':{'s3:prefix':'x'}|is not evaluated here",
                "'Null':{'s3:prefix':'maybe'}|must be true or false",
                "'Null':{'s3:prefix':['true','false']}|must be true or false",
                "'StringEquals':{}|must be a JSON object that is not empty",
                "'StringEquals':'x'|must be a JSON object",
                "'StringEquals':{'s3:prefix':[]}|is missing or empty",
                "'StringEquals':{'s3:prefix':null}|must be strings, numbers, true or false",
                "'StringEquals':{'s3:prefix':{'a':'b'}}|must be strings, numbers, true or false",
                "'NumericEquals':{'s3:max-keys':'many'}|Expected a number",
                "'NumericEquals':{'s3:prefix':'1'}|NumericEquals does not compare s3:prefix",
                "'StringEquals':{'aws:SourceIp':'10.0.0.1'}|StringEquals does not compare aws:SourceIp",
                "'DateEquals':{'aws:CurrentTime':'yesterday'}|Expected a date",
                "'DateEquals':{'aws:CurrentTime':'2026-02-30'}|Expected a date",
                "'Bool':{'aws:SecureTransport':'yes'}|Expected true or false",
                "'IpAddress':{'aws:SourceIp':'example.com'}|Expected an address",
                "'IpAddress':{'aws:SourceIp':'10.0.0.0/33'}|Expected an address",
                "'IpAddress':{'aws:SourceIp':'10.0.0.0/'}|Expected an address",
                "'IpAddress':{'aws:SourceIp':'10.0.0.0/-1'}|Expected an address",
                "'IpAddress':{'aws:SourceIp':'::ffff:10.0.0.1'}|Expected an address",
                "'IpAddress':{'aws:SourceIp':'fe80::1%eth0'}|Expected an address",
            })
    void aConditionThatCannotBeEvaluatedIsRefused(String condition, String told) {
        assertThatThrownBy(() ->
                        policy("{'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{" + condition + "}}"))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageContaining(told);
    }

    @Test
    void whatIsTooLargeOrTooDeepIsRefused() {
        String padded = " ".repeat(Policy.MAX_BYTES - 100);
        String policy =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
        assertThat(decide(Policy.parse(padded + policy, "u"), "s3:GetObject", "b/k"))
                .isEqualTo(ALLOWED);
        assertThatThrownBy(() -> Policy.parse(padded + " ".repeat(100) + policy, "u"))
                .hasMessageContaining("at most 20480 bytes");
        for (String open : new String[] {"[", "{\"a\":"}) {
            assertThatThrownBy(() -> Policy.parse(open.repeat(3_000), "u"))
                    .isInstanceOf(MalformedPolicyException.class)
                    .hasMessageContaining("nothing deeper than 8 levels");
        }
        assertThatThrownBy(() -> policy(
                        statement("Allow", "'Action':'*'", "'Resource':'*'").replace("{", "{'Sid':'a',"),
                        statement("Allow", "'Action':'*'", "'Resource':'*'").replace("{", "{'Sid':'a',")))
                .hasMessageContaining("Two statements have the Sid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "?"})
    void patternsThatWouldTakeLongAreRefused(String wildcard) {
        String pattern = "b/*" + ("a" + wildcard).repeat(1_100);
        assertThatThrownBy(
                        () -> policy(statement("Allow", "'Action':'*'", "'Resource':'arn:aws:s3:::" + pattern + "'")))
                .hasMessageContaining("2048 characters");
    }
}
