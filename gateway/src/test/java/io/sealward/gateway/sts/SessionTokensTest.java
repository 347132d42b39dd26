package io.sealward.gateway.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.identity.Trust;
import io.sealward.gateway.policy.Decision;
import io.sealward.gateway.policy.MalformedPolicyException;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.S3Credential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What session tokens open to, and that nothing else opens. */
class SessionTokensTest {
    private static final Trust TRUST =
            Trust.parse("{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"s\"}");
    private static final String READ = policy("Allow", "s3:Get*", "*");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Map<String, Role> roles = new HashMap<>();
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final SessionTokens tokens = tokens("the first secret of the test");

    @BeforeEach
    void role() {
        put(role("proj_1", TRUST, Optional.of(READ), HOUR));
    }

    private SessionTokens tokens(String... secrets) {
        return new SessionTokens(
                List.of(secrets).stream().map(secret -> secret.getBytes(UTF_8)).toList(),
                (project, name) -> Optional.ofNullable(roles.get(project + "/" + name)),
                clock);
    }

    private void put(Role role) {
        roles.put(role.project().id() + "/" + role.name(), role);
    }

    private static Role role(String project, Trust trust, Optional<String> policy, Duration longest) {
        return new Role(
                "ci",
                Role.generation("", trust),
                new Project("org-1", project, Optional.empty(), KeyMode.PER_OBJECT, Optional.empty()),
                trust,
                policy.map(json -> Policy.parse(json, Role.username("ci"))),
                longest);
    }

    private static String policy(String effect, String action, String resource) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"" + effect + "\", \"Action\": \"" + action
                + "\", \"Resource\": \"" + resource + "\"}]}";
    }

    private SessionTokens.Issued issue(Optional<String> narrowing) {
        return tokens.issue(roles.get("proj_1/ci"), "job-7", narrowing, HOUR);
    }

    private String token() {
        return issue(Optional.empty()).token();
    }

    private static void assertRefused(SessionTokens by, String token, S3Error error) {
        assertThatThrownBy(() -> by.open(token)).isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.error())
                .isEqualTo(error));
    }

    private static Decision decision(S3Credential credential, String action) {
        return credential.policy().orElseThrow().decide(action, "bucket/key", key -> Optional.empty());
    }

    @Test
    void everyNodeOfTheSameSecretOpensThem() {
        SessionTokens.Issued issued = issue(Optional.empty());
        S3Credential opened = tokens("the first secret of the test").open(issued.token());
        assertThat(opened.accessKeyId())
                .isEqualTo(issued.credential().accessKeyId())
                .matches("ASIA[A-Z2-7]{16}");
        assertThat(opened.secretAccessKey())
                .isEqualTo(issued.credential().secretAccessKey())
                .hasSize(40);
        assertThat(opened.project().id()).isEqualTo("proj_1");
        assertThat(opened.assumed().orElseThrow().session()).isEqualTo("job-7");
        assertThat(opened.username()).isEqualTo("role/ci");
        assertThat(issued.expires()).isEqualTo(now.plus(HOUR));
    }

    @Test
    void aNodeOfAnotherSecretDoesNot() {
        assertRefused(tokens("another secret of the test"), token(), S3Error.INVALID_TOKEN);
        assertRefused(tokens(), token(), S3Error.INVALID_TOKEN);
    }

    @Test
    void secretsCanBeExchanged() {
        String old = token();
        SessionTokens exchanged = tokens("a new secret of the test", "the first secret of the test");
        exchanged.open(old);
        String fresh = exchanged
                .issue(roles.get("proj_1/ci"), "job-8", Optional.empty(), HOUR)
                .token();
        assertRefused(tokens, fresh, S3Error.INVALID_TOKEN);
        tokens("a new secret of the test").open(fresh);
    }

    @Test
    void noBitOfATokenCanBeAnother() {
        byte[] whole = Base64.getUrlDecoder().decode(token());
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] bent = whole.clone();
            bent[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRefused(tokens, Base64.getUrlEncoder().withoutPadding().encodeToString(bent), S3Error.INVALID_TOKEN);
        }
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused(tokens, Base64.getUrlEncoder().withoutPadding().encodeToString(cut), S3Error.INVALID_TOKEN);
        }
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (String text : List.of("", "=", "not base64!", "é", "A".repeat(100), "A".repeat(100_000), "AQ")) {
            assertRefused(tokens, text, S3Error.INVALID_TOKEN);
        }
    }

    @Test
    void theyExpire() {
        String token = token();
        now = now.plus(HOUR).minusSeconds(1);
        tokens.open(token);
        now = now.plusSeconds(1);
        assertRefused(tokens, token, S3Error.EXPIRED_TOKEN);
    }

    @Test
    void aShorterSessionOfTheRoleEndsThem() {
        String token = token();
        now = now.plus(Duration.ofMinutes(20));
        put(role("proj_1", TRUST, Optional.of(READ), Duration.ofMinutes(15)));
        assertRefused(tokens, token, S3Error.EXPIRED_TOKEN);
    }

    @Test
    void theyEndWithTheRoleAndWithItsTrust() {
        String token = token();
        Trust other = Trust.parse("{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"t\"}");
        put(role("proj_1", other, Optional.of(READ), HOUR));
        assertRefused(tokens, token, S3Error.INVALID_ACCESS_KEY_ID);
        roles.clear();
        assertRefused(tokens, token, S3Error.INVALID_ACCESS_KEY_ID);
        put(role("proj_2", TRUST, Optional.of(READ), HOUR)); // of the same name, in another project
        assertRefused(tokens, token, S3Error.INVALID_ACCESS_KEY_ID);
    }

    @Test
    void aRoleOfTheSameNameThatIsMadeAnewIsAnother() {
        assertThat(Role.generation("role_1", TRUST)).isNotEqualTo(Role.generation("role_2", TRUST));
    }

    @Test
    void thePolicyIsTheRolesOfThisMoment() {
        String token = token();
        assertThat(decision(tokens.open(token), "s3:GetObject")).isEqualTo(Decision.ALLOWED);
        put(role("proj_1", TRUST, Optional.of(policy("Allow", "s3:Put*", "*")), HOUR));
        assertThat(decision(tokens.open(token), "s3:GetObject")).isEqualTo(Decision.UNSAID);
    }

    @Test
    void aSessionsPolicyOnlyNarrows() {
        S3Credential all =
                tokens.open(issue(Optional.of(policy("Allow", "s3:*", "*"))).token());
        assertThat(decision(all, "s3:GetObject")).isEqualTo(Decision.ALLOWED);
        assertThat(decision(all, "s3:PutObject")).isEqualTo(Decision.UNSAID);
        S3Credential other = tokens.open(issue(Optional.of(policy("Allow", "s3:*", "arn:aws:s3:::other/*")))
                .token());
        assertThat(decision(other, "s3:GetObject")).isEqualTo(Decision.UNSAID);
        S3Credential denied =
                tokens.open(issue(Optional.of(policy("Deny", "s3:*", "*"))).token());
        assertThat(decision(denied, "s3:GetObject")).isEqualTo(Decision.DENIED);
        put(role("proj_1", TRUST, Optional.empty(), HOUR));
        S3Credential ofAll = tokens.open(issue(Optional.of(READ)).token());
        assertThat(decision(ofAll, "s3:PutObject")).isEqualTo(Decision.UNSAID);
        assertThatThrownBy(() -> issue(Optional.of("{}"))).isInstanceOf(MalformedPolicyException.class);
    }

    @Test
    void neitherNumberNorSecretIsGivenTwice() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            SessionTokens.Issued issued = issue(Optional.empty());
            assertThat(seen.add(issued.credential().accessKeyId())).isTrue();
            assertThat(seen.add(issued.credential().secretAccessKey())).isTrue();
            assertThat(seen.add(issued.token())).isTrue();
        }
    }
}
