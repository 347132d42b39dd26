package io.sealward.gateway.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.event.Events;
import io.sealward.gateway.identity.Identity;
import io.sealward.gateway.identity.IdentityTokens;
import io.sealward.gateway.policy.MalformedPolicyException;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.Roles;
import io.sealward.gateway.xml.XmlElement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a role to whom it trusts. Source: AWS STS API Reference, "AssumeRoleWithWebIdentity". */
public final class AssumeRole {
    static final String ACTION = "AssumeRoleWithWebIdentity";

    private static final Logger LOG = LoggerFactory.getLogger(AssumeRole.class);

    private static final Set<String> PARAMETERS =
            Set.of("Action", "Version", "RoleArn", "RoleSessionName", "WebIdentityToken", "DurationSeconds", "Policy");
    private static final Pattern ARN = Pattern.compile(
            "arn:aws:iam::(org-[A-Za-z0-9_-]{1,64}):role/(proj_[A-Za-z0-9_-]{1,64})/([\\w+=,.@-]{1,64})");
    private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final int MAX_POLICY_BYTES = 2048;

    private final IdentityTokens identities;
    private final Roles roles;
    private final SessionTokens tokens;
    private final Events events;

    /** Tells {@link RoleAssumed} to {@code events}. */
    public AssumeRole(IdentityTokens identities, Roles roles, SessionTokens tokens, Events events) {
        this.identities = identities;
        this.roles = roles;
        this.tokens = tokens;
        this.events = events;
    }

    /** What is asked for, well-formed. */
    private record Asked(Matcher role, String session, Optional<Duration> lifetime, Optional<String> policy) {}

    CompletionStage<List<XmlElement>> answer(Parameters given) {
        given.allowOnly(PARAMETERS);
        Matcher arn = ARN.matcher(given.require("RoleArn"));
        if (!arn.matches()) {
            throw StsException.validation("Request ARN is invalid");
        }
        String session = given.require("RoleSessionName");
        if (!SESSION.matcher(session).matches()) {
            throw StsException.validation("RoleSessionName must have 2 to 64 letters, digits or any of _+=,.@-");
        }
        Asked asked = new Asked(
                arn,
                session,
                given.find("DurationSeconds").map(AssumeRole::lifetime),
                given.find("Policy").map(policy -> given.require("Policy")));
        String token = given.require("WebIdentityToken");
        if (token.length() > IdentityTokens.MAX_CHARS) {
            throw StsException.validation(
                    "WebIdentityToken has more than " + IdentityTokens.MAX_CHARS + " characters.");
        }
        return identities.verify(token).thenApply(identity -> assume(asked, identity));
    }

    private static Duration lifetime(String text) {
        long seconds = Decimal.parse(text).orElse(0);
        if (seconds < Role.SHORTEST_SESSION.toSeconds() || seconds > Role.LONGEST_SESSION.toSeconds()) {
            throw StsException.validation("DurationSeconds must be from 900 to 43200.");
        }
        return Duration.ofSeconds(seconds);
    }

    private List<XmlElement> assume(Asked asked, Identity identity) {
        Role role = roles.find(asked.role().group(2), asked.role().group(3))
                .filter(found ->
                        found.project().organizationId().equals(asked.role().group(1)))
                .orElseThrow(() -> refusal(asked, identity, "no such role"));
        role.trust().refuses(identity).ifPresent(claim -> {
            throw refusal(asked, identity, claim);
        });
        if (asked.lifetime()
                .filter(lifetime -> lifetime.compareTo(role.longest()) > 0)
                .isPresent()) {
            throw StsException.validation(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        SessionTokens.Issued issued = issue(role, asked);
        events.tell(new RoleAssumed(
                role, asked.session(), identity, issued.credential().accessKeyId(), issued.expires()));
        return List.of(
                XmlElement.text("SubjectFromWebIdentityToken", identity.subject()),
                XmlElement.text("Audience", role.trust().audience()),
                CallerIdentity.user(role, asked.session()),
                XmlElement.of(
                        "Credentials",
                        List.of(
                                XmlElement.text(
                                        "AccessKeyId", issued.credential().accessKeyId()),
                                XmlElement.text(
                                        "SecretAccessKey", issued.credential().secretAccessKey()),
                                XmlElement.text("SessionToken", issued.token()),
                                XmlElement.text(
                                        "Expiration",
                                        issued.expires()
                                                .truncatedTo(ChronoUnit.SECONDS)
                                                .toString()))),
                XmlElement.text("Provider", identity.issuer()));
    }

    private SessionTokens.Issued issue(Role role, Asked asked) {
        if (asked.policy()
                .filter(policy -> policy.getBytes(UTF_8).length > MAX_POLICY_BYTES)
                .isPresent()) {
            throw new StsException(400, "PackedPolicyTooLarge", "Policy has more than " + MAX_POLICY_BYTES + " bytes.");
        }
        Duration lifetime = asked.lifetime()
                .orElse(role.longest().compareTo(Role.DEFAULT_LONGEST) < 0 ? role.longest() : Role.DEFAULT_LONGEST);
        try {
            return tokens.issue(role, asked.session(), asked.policy(), lifetime);
        } catch (MalformedPolicyException e) {
            throw new StsException(400, "MalformedPolicyDocument", e.getMessage());
        }
    }

    /** The reason is the operator's to know. */
    private static StsException refusal(Asked asked, Identity identity, String reason) {
        LOG.info(
                "{} is not given to {} of {}: {}", asked.role().group(), identity.subject(), identity.issuer(), reason);
        return StsException.notAuthorized();
    }
}
