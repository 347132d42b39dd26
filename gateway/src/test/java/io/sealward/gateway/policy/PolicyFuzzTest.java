package io.sealward.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy is read or refused with a reason, says the same however it is laid out, and allows nothing behind a denial. */
class PolicyFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ACTIONS = List.of("s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:Unknown");
    private static final List<String> RESOURCES = List.of("b/k", "b", "*", "b/" + "a".repeat(300), "b/\uD83D\uDE00");
    private static final Facts FACTS = key -> Optional.of("10.0.0.1");
    private static final String DENIES_ALL =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}";

    static Stream<byte[]> ofCredentials() {
        return Stream.of(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:Get*\",\"s3:List*\"],"
                                + "\"Resource\":[\"arn:aws:s3:::b\",\"arn:aws:s3:::b/${aws:username}/*\"],\"Condition\":"
                                + "{\"StringLike\":{\"s3:prefix\":[\"a*\",\"\"]},\"Bool\":{\"aws:SecureTransport\":true}}}]}",
                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\"x\",\"Effect\":\"Deny\",\"NotAction\":\"s3:?etObject\","
                                + "\"NotResource\":\"*\",\"Condition\":{\"NotIpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\",\"::1\"]},"
                                + "\"NumericLessThanEquals\":{\"s3:max-keys\":\"1e3\"},\"DateLessThan\":"
                                + "{\"aws:CurrentTime\":\"2026-01-01T00:00:00Z\"}}}}",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":"
                                + "\"arn:aws:s3:::*a*a*a*a*a*?\",\"Condition\":{\"ForAllValues:StringEqualsIfExists\":"
                                + "{\"s3:RequestObjectTag/x\":[\"${*}\",\"${$}\"]},\"Null\":{\"aws:PrincipalTag/a\":\"true\"}}}]}",
                        DENIES_ALL)
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("ofCredentials")
    @FuzzTest
    void aCredentialsPolicy(byte[] json) throws JsonProcessingException {
        String text = new String(json, UTF_8);
        Policy policy;
        try {
            policy = Policy.parse(text, "user");
        } catch (MalformedPolicyException refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1500);
            return;
        }
        Policy denied = policy.narrowedBy(Policy.parse(DENIES_ALL, "user"));
        Optional<Policy> other = laidOutAnew(text).map(anew -> Policy.parse(anew, "user"));
        for (String action : ACTIONS) {
            for (String resource : RESOURCES) {
                Decision decision = policy.decide(action, resource, FACTS);
                other.ifPresent(
                        same -> assertThat(same.decide(action, resource, FACTS)).isEqualTo(decision));
                assertThat(denied.decide(action, resource, FACTS)).isNotEqualTo(Decision.ALLOWED);
                assertThat(policy.decide(action, resource, key -> Optional.empty()))
                        .isNotNull();
            }
        }
    }

    static Stream<byte[]> ofBuckets() {
        return Stream.of(
                        "{\"Version\":\"2012-10-17\",\"Id\":\"p\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                                + "[\"arn:aws:iam::proj_2:root\",\"arn:aws:iam::proj_2:user/AKIA2\",\"proj_3\"]},\"Action\":"
                                + "\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}",
                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"NotPrincipal\":\"*\",\"Action\":\"s3:*\","
                                + "\"Resource\":\"arn:aws:s3:::b\",\"Condition\":{\"StringEquals\":"
                                + "{\"s3:ExistingObjectTag/a\":\"b\"}}}}",
                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\","
                                + "\"Resource\":\"arn:aws:s3:::?/*\"}}")
                .map(text -> text.getBytes(UTF_8));
    }

    /** Who is nobody that is known gets only what a policy gives to everybody. */
    @MethodSource("ofBuckets")
    @FuzzTest
    void aBucketsPolicy(byte[] json) throws JsonProcessingException {
        String text = new String(json, UTF_8);
        BucketPolicy policy;
        try {
            policy = BucketPolicy.parse(text, "b");
        } catch (MalformedPolicyException refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1500);
            return;
        }
        assertThat(policy.document()).isEqualTo(text);
        Optional<BucketPolicy> other = laidOutAnew(text).map(anew -> BucketPolicy.parse(anew, "b"));
        Optional<Caller> known = Optional.of(new Caller("proj_2", "AKIA2"));
        for (String action : ACTIONS) {
            for (String resource : RESOURCES) {
                Decision ofKnown = policy.decide(known, false, action, resource, FACTS);
                other.ifPresent(same -> assertThat(same.decide(known, false, action, resource, FACTS))
                        .isEqualTo(ofKnown));
                if (policy.decide(Optional.empty(), false, action, resource, FACTS) == Decision.ALLOWED) {
                    assertThat(text).contains("*");
                }
            }
        }
    }

    private static Optional<String> laidOutAnew(String text) throws JsonProcessingException {
        String anew = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(text));
        return Optional.of(anew).filter(pretty -> pretty.getBytes(UTF_8).length <= Policy.MAX_BYTES);
    }
}
