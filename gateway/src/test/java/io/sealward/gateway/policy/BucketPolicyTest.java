package io.sealward.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom policies of buckets let in, and which of them are refused. */
class BucketPolicyTest {
    private static final Optional<Caller> OWNER = Optional.of(new Caller("proj_a", "AKOWNER"));
    private static final Optional<Caller> OTHER = Optional.of(new Caller("proj_b", "AKOTHER"));
    private static final Optional<Caller> NOBODY = Optional.empty();

    private static BucketPolicy parse(String... statements) {
        String all = String.join(",", statements);
        return BucketPolicy.parse(("{'Version':'2012-10-17','Statement':[" + all + "]}").replace('\'', '"'), "b");
    }

    private static String statement(String effect, String principal, String action, String rest) {
        return "{'Effect':'" + effect + "','Principal':" + principal + ",'Action':'" + action
                + "','Resource':'arn:aws:s3:::b/*'" + rest + "}";
    }

    private static String allow(String principal) {
        return statement("Allow", principal, "s3:GetObject", "");
    }

    private static boolean reads(Optional<Caller> caller, Optional<Policy> own, BucketPolicy policy) {
        return reads(caller, own, policy, key -> Optional.empty());
    }

    private static boolean reads(Optional<Caller> caller, Optional<Policy> own, BucketPolicy policy, Facts facts) {
        return new Authority(caller, caller.equals(OWNER), own, Optional.of(policy))
                .allows("s3:GetObject", "b/k", facts);
    }

    private static Optional<Policy> own(String effect, String action) {
        return Optional.of(Policy.parse(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"" + effect + "\",\"Action\":\"" + action
                        + "\",\"Resource\":\"*\"}}",
                "u"));
    }

    private static final Optional<Policy> ALL = Optional.empty();
    private static final Optional<Policy> WRITES_ONLY = own("Allow", "s3:PutObject");
    private static final Optional<Policy> READS = own("Allow", "s3:Get*");
    private static final Optional<Policy> NO_READS = own("Deny", "s3:GetObject");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'*'",
                "{'AWS':'*'}",
                "{'AWS':'proj_b'}",
                "{'AWS':['proj_c','arn:aws:iam::proj_b:root']}",
                "{'AWS':'arn:aws:iam::proj_b:user/AKOTHER'}"
            })
    void aProjectIsLetInByEachNameThatItHas(String principal) {
        assertThat(reads(OTHER, ALL, parse(allow(principal)))).isTrue();
        assertThat(reads(OTHER, READS, parse(allow(principal)))).isTrue();
        assertThat(reads(OTHER, WRITES_ONLY, parse(allow(principal))))
                .as("both must allow")
                .isFalse();
        assertThat(reads(OTHER, NO_READS, parse(allow(principal)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'AWS':'proj_bb'}",
                "{'AWS':'proj_B'}",
                "{'AWS':'arn:aws:iam::proj_b:user/AKOTHERS'}",
                "{'AWS':'arn:aws:iam::proj_b:user/akother'}",
                "{'AWS':'arn:aws:iam::proj_a:user/AKOTHER'}",
                "{'AWS':'proj_a'}"
            })
    void nobodyElseIs(String principal) {
        assertThat(reads(OTHER, ALL, parse(allow(principal)))).isFalse();
        assertThat(reads(NOBODY, ALL, parse(allow(principal)))).isFalse();
    }

    @Test
    void inTheBucketsOwnProjectEitherPolicyIsEnough() {
        assertThat(reads(OWNER, READS, parse(allow("{'AWS':'proj_b'}")))).isTrue();
        assertThat(reads(OWNER, WRITES_ONLY, parse(allow("{'AWS':'arn:aws:iam::proj_a:user/AKOWNER'}"))))
                .isTrue();
        assertThat(reads(OWNER, WRITES_ONLY, parse(allow("'*'")))).isTrue();
        assertThat(reads(OWNER, WRITES_ONLY, parse(allow("{'AWS':'proj_a'}"))))
                .as("what the project may do its credentials' own policies divide")
                .isFalse();
        assertThat(reads(OWNER, NO_READS, parse(allow("'*'")))).isFalse();
    }

    @Test
    void nothingAddsToWhatASessionMayDo() {
        Optional<Caller> session = Optional.of(new Caller("proj_a", "ASIA", true));
        Facts none = key -> Optional.empty();
        Optional<BucketPolicy> open = Optional.of(parse(allow("'*'")));
        assertThat(new Authority(session, true, WRITES_ONLY, open).allows("s3:GetObject", "b/k", none))
                .isFalse();
        assertThat(new Authority(session, true, READS, Optional.empty()).allows("s3:GetObject", "b/k", none))
                .isTrue();
        Optional<BucketPolicy> named = Optional.of(parse(allow("{'AWS':'arn:aws:iam::proj_a:user/ASIA'}")));
        assertThat(new Authority(session, false, ALL, named).allows("s3:GetObject", "b/k", none))
                .isFalse();
    }

    @Test
    void nobodyKnownIsLetInByTheStarAlone() {
        assertThat(reads(NOBODY, ALL, parse(allow("'*'")))).isTrue();
        assertThat(reads(NOBODY, ALL, parse(allow("{'AWS':'proj_b'}")))).isFalse();
    }

    @Test
    void aDenialWinsWhereverItStands() {
        String denied = statement("Deny", "{'AWS':'proj_b'}", "s3:*", "");
        assertThat(reads(OTHER, ALL, parse(allow("'*'"), denied))).isFalse();
        assertThat(reads(OTHER, ALL, parse(denied, allow("'*'")))).isFalse();
        assertThat(reads(OWNER, ALL, parse(denied, allow("'*'")))).isTrue();
        assertThat(reads(OWNER, ALL, parse(statement("Deny", "'*'", "s3:*", ""))))
                .isFalse();
    }

    @Test
    void allButTheseAreDenied() {
        String allBut = allow("'*'") + ","
                + statement("Deny", "{'AWS':'proj_b'}", "s3:*", "").replace("'Principal'", "'NotPrincipal'");
        assertThat(reads(OTHER, ALL, parse(allBut))).isTrue();
        assertThat(reads(OWNER, ALL, parse(allBut))).isFalse();
        assertThat(reads(NOBODY, ALL, parse(allBut))).isFalse();
    }

    @Test
    void whoMayDoAllInTheProjectIsNeverLockedOutOfItsPolicy() {
        BucketPolicy closed = parse("{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'}");
        for (String action : new String[] {"s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"}) {
            assertThat(new Authority(OWNER, true, ALL, Optional.of(closed))
                            .allows(action, "b", key -> Optional.empty()))
                    .isTrue();
            assertThat(new Authority(OWNER, true, own("Allow", "s3:*"), Optional.of(closed))
                            .allows(action, "b", key -> Optional.empty()))
                    .isFalse();
            assertThat(new Authority(OTHER, false, ALL, Optional.of(closed))
                            .allows(action, "b", key -> Optional.empty()))
                    .isFalse();
        }
    }

    @Test
    void oneThatCannotBeReadClosesTheBucket() {
        BucketPolicy closed = BucketPolicy.unreadable("{}");
        assertThat(reads(OWNER, ALL, closed)).isFalse();
        assertThat(reads(OTHER, ALL, closed)).isFalse();
        assertThat(reads(NOBODY, ALL, closed)).isFalse();
        assertThat(closed.document()).isEqualTo("{}");
    }

    @Test
    void tagsOfTheObjectCanDecide() {
        BucketPolicy tagged = parse(statement(
                "Allow", "'*'", "s3:GetObject", ",'Condition':{'StringEquals':{'S3:existingobjecttag/Class':'open'}}"));
        assertThat(tagged.asksForTags()).isTrue();
        assertThat(reads(OTHER, ALL, tagged, tags(Map.of("Class", "open")))).isTrue();
        assertThat(reads(OTHER, ALL, tagged, tags(Map.of("class", "open")))).isFalse();
        assertThat(reads(OTHER, ALL, tagged, tags(Map.of("Class", "Open")))).isFalse();
        assertThat(reads(OTHER, ALL, tagged, tags(Map.of()))).isFalse();
        assertThat(parse(allow("'*'")).asksForTags()).isFalse();
    }

    private static Facts tags(Map<String, String> tags) {
        return new Facts() {
            @Override
            public Optional<String> value(ConditionKey key) {
                return Optional.empty();
            }

            @Override
            public Optional<String> tag(String name) {
                return Optional.ofNullable(tags.get(name));
            }
        };
    }

    @Test
    void whatLetsEverybodyInIsPublic() {
        assertThat(parse(allow("'*'")).isPublic()).isTrue();
        assertThat(parse(allow("{'AWS':['proj_b','*']}")).isPublic()).isTrue();
        assertThat(parse(allow("{'AWS':'proj_b'}")).isPublic()).isFalse();
        assertThat(parse(statement("Deny", "'*'", "s3:*", "")).isPublic()).isFalse();
        assertThat(fromAddresses("203.0.113.0/24").isPublic()).isFalse();
        assertThat(fromAddresses("0.0.0.0/1").isPublic()).isTrue();
        assertThat(fromAddresses("2001:db8::/31").isPublic()).isTrue();
        assertThat(parse(statement("Allow", "'*'", "s3:*", ",'Condition':{'Bool':{'aws:SecureTransport':'true'}}"))
                        .isPublic())
                .isTrue();
        assertThat(parse(statement(
                                "Allow",
                                "'*'",
                                "s3:*",
                                ",'Condition':{'NotIpAddress':{'aws:SourceIp':'203.0.113.0/24'}}"))
                        .isPublic())
                .isTrue();
    }

    private static BucketPolicy fromAddresses(String range) {
        return parse(statement("Allow", "'*'", "s3:*", ",'Condition':{'IpAddress':{'aws:SourceIp':'" + range + "'}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','NotPrincipal':{'AWS':'proj_b'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Deny','Principal':'*','NotPrincipal':'*','Action':'s3:*','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':'proj_b','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{},'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{'AWS':[]},'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{'aws':'*'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{'Service':'x.amazonaws.com'},'Action':'s3:*','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{'AWS':'*','Federated':'x'},'Action':'s3:*','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{'AWS':'proj_*'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::*:root'},'Action':'s3:*','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::proj_b:user/*'},'Action':'s3:*','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::proj_b:role/r'},'Action':'s3:*','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{'AWS':'ARN:aws:iam::proj_b:root'},'Action':'s3:*','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':{'AWS':' proj_b'},'Action':'s3:*','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':'*','Principal':{'AWS':'proj_b'},'Action':'s3:*','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':'*','Action':'s3:GetObjects','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':'*','Action':'iam:*','Resource':'arn:aws:s3:::b/*'}",
                "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::other/*'}",
                "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::bb'}",
                "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':['arn:aws:s3:::b','arn:aws:s3:::c?/*']}",
                "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::b/${aws:username}/*'}",
                "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::b/\\u0024{aws:username}/*'}",
                "{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::b/*','Condition':{'StringEquals':{'aws:PrincipalOrgID':'o'}}}",
                "{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::b/*','Condition':{'StringMatches':{'aws:username':'o'}}}",
                "{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::b/*','Condition':{'StringEquals':{'s3:ExistingObjectTag/':'o'}}}",
                "{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::b/*','Conditions':{}}"
            })
    void whatWouldNotBeEvaluatedIsRefused(String statement) {
        assertThatThrownBy(() -> parse(statement)).isInstanceOf(MalformedPolicyException.class);
    }

    @Test
    void resourcesMayHaveWildcardsWhereTheBucketIs() {
        for (String resource : new String[] {"*", "*/*", "b", "b/*", "b*", "?/k", "b/", "?*/x"}) {
            assertThat(parse("{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::" + resource
                                    + "'}")
                            .isPublic())
                    .as(resource)
                    .isTrue();
        }
    }

    @Test
    void whomTheOrganizationDoesNotHaveIsRefused() {
        BucketPolicy policy = parse(allow("{'AWS':['proj_b','arn:aws:iam::proj_c:user/AKC']}"));
        policy.requireKnown("proj_b"::equals, new Caller("proj_c", "AKC")::equals);
        assertThatThrownBy(() -> policy.requireKnown("proj_c"::equals, new Caller("proj_c", "AKC")::equals))
                .isInstanceOf(MalformedPolicyException.class)
                .hasMessageStartingWith("Invalid principal in policy");
        assertThatThrownBy(() -> policy.requireKnown("proj_b"::equals, new Caller("proj_b", "AKC")::equals))
                .isInstanceOf(MalformedPolicyException.class);
    }
}
