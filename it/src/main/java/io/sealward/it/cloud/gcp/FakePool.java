package io.sealward.it.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.it.cloud.OidcIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A workload identity pool with one OpenID Connect provider.
 *
 * <p>As in Google's IAM: the token must be signed by the provider's issuer, be alive, and be made out to one of the allowed
 * audiences, or to the provider's own name where none is listed; an attribute condition may name the one subject to admit.
 *
 * @see <a href="https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers#Oidc">
 *     IAM, providers, Oidc</a>
 */
public final class FakePool {
    static final String TOKEN_PREFIX = "ya29.d.";

    private final String projectNumber;
    private final String poolId;
    private final String providerId;
    private final OidcIssuer issuer;
    private final Set<String> audiences = ConcurrentHashMap.newKeySet();
    private final Set<String> subjects = ConcurrentHashMap.newKeySet();
    private final Map<String, Issued> tokens = new ConcurrentHashMap<>();
    private volatile Duration tokenLifetime = Duration.ofHours(1);

    record Issued(String principal, Instant expiresAt) {}

    record Refusal(String error, String description) {}

    FakePool(String projectNumber, String poolId, String providerId, OidcIssuer issuer) {
        this.projectNumber = projectNumber;
        this.poolId = poolId;
        this.providerId = providerId;
        this.issuer = issuer;
    }

    public String projectNumber() {
        return projectNumber;
    }

    public String poolId() {
        return poolId;
    }

    public String providerId() {
        return providerId;
    }

    public FakePool allowAudience(String audience) {
        audiences.add(audience);
        return this;
    }

    public FakePool removeAudience(String audience) {
        audiences.remove(audience);
        return this;
    }

    /** Until the first call, every subject of the issuer is admitted. */
    public FakePool admitSubject(String subject) {
        subjects.add(subject);
        return this;
    }

    /** How long the tokens live that are given out from now on. */
    public FakePool tokenLifetime(Duration lifetime) {
        tokenLifetime = lifetime;
        return this;
    }

    /** Every token given out so far is worth nothing any more. */
    public void forgetTokens() {
        tokens.clear();
    }

    /** A subject of this pool as IAM bindings name it. */
    public String principal(String subject) {
        return "principal://iam.googleapis.com/projects/" + projectNumber + "/locations/global/workloadIdentityPools/"
                + poolId + "/subject/" + subject;
    }

    String resourceName() {
        return "//iam.googleapis.com/projects/" + projectNumber + "/locations/global/workloadIdentityPools/" + poolId
                + "/providers/" + providerId;
    }

    Duration tokenLifetime() {
        return tokenLifetime;
    }

    Optional<Refusal> refuse(String subjectToken) {
        Optional<JsonNode> claims = issuer.verify(subjectToken);
        if (claims.isEmpty()) {
            return refusal(
                    "Invalid value for \"subject_token\". The token is not signed by the issuer " + issuer.url() + ".");
        }
        if (!OidcIssuer.isAlive(claims.get())) {
            return refusal("ID Token issued at " + claims.get().path("iat").asLong() + " is stale to sign-in.");
        }
        String audience = claims.get().path("aud").asText();
        Set<String> expected = audiences.isEmpty() ? Set.of("https:" + resourceName(), resourceName()) : audiences;
        if (!expected.contains(audience)) {
            return refusal("The audience in ID Token [" + audience + "] does not match the expected audience "
                    + String.join(", ", expected) + ".");
        }
        if (!subjects.isEmpty() && !subjects.contains(claims.get().path("sub").asText())) {
            return Optional.of(
                    new Refusal("unauthorized_client", "The given credential is rejected by the attribute condition."));
        }
        return Optional.empty();
    }

    String issue(String subjectToken) {
        String subject = issuer.verify(subjectToken).orElseThrow().path("sub").asText();
        String token = TOKEN_PREFIX + UUID.randomUUID();
        tokens.put(token, new Issued(principal(subject), Instant.now().plus(tokenLifetime)));
        return token;
    }

    Optional<String> principalOf(String token) {
        return Optional.ofNullable(tokens.get(token))
                .filter(issued -> issued.expiresAt().isAfter(Instant.now()))
                .map(Issued::principal);
    }

    private static Optional<Refusal> refusal(String description) {
        return Optional.of(new Refusal("invalid_grant", description));
    }
}
