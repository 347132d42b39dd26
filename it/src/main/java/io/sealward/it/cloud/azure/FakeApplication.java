package io.sealward.it.cloud.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.it.cloud.CertificateAuthority;
import io.sealward.it.cloud.OidcIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The gateway's multi-tenant application: its id, and what it may prove itself with. That is a secret, a token of a trusted
 * issuer, or an assertion that it signs with its certificate.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/certificate-credentials">Certificate credentials</a>
 */
public final class FakeApplication {
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String FEDERATION_AUDIENCE = "api://AzureADTokenExchange";

    private final String clientId = UUID.randomUUID().toString();
    private final OidcIssuer issuer = new OidcIssuer("https://issuer.example");
    private final OidcIssuer certificate = new OidcIssuer(clientId);
    private volatile boolean federated = true;
    private volatile Optional<String> refusal = Optional.empty();
    private volatile String secret = "client-secret-" + UUID.randomUUID();

    FakeApplication() {}

    public String clientId() {
        return clientId;
    }

    public String secret() {
        return secret;
    }

    /** A token of the issuer that the application trusts. */
    public String federatedToken(Duration lifetime) {
        return issuer.token("gateway", FEDERATION_AUDIENCE, lifetime);
    }

    /** Writes the application's certificate and private key, as PEM. */
    public void writeCertificate(Path file) {
        try {
            Files.writeString(file, CertificateAuthority.selfSigned(certificate.keys()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public void rotateSecret() {
        secret = "client-secret-" + UUID.randomUUID();
    }

    /** The operator takes the trust in the issuer away. */
    public void forgetFederation() {
        federated = false;
    }

    /** Entra says this to whatever the application proves itself with. */
    public void refuseAll(String words) {
        refusal = Optional.of(words);
    }

    /** What Entra says to these credentials; empty if they are right. */
    Optional<String> refuse(String tokenUrl, Map<String, String> form) {
        if (refusal.isPresent()) {
            return refusal;
        }
        if (ASSERTION.equals(form.get("client_assertion_type"))) {
            return refuse(tokenUrl, form.getOrDefault("client_assertion", ""));
        }
        return secret.equals(form.get("client_secret"))
                ? Optional.empty()
                : Optional.of("AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the"
                        + " request is the client secret value, not the client secret ID.");
    }

    private Optional<String> refuse(String tokenUrl, String assertion) {
        Optional<JsonNode> foreign = issuer.verify(assertion);
        if (foreign.isPresent() && !federated) {
            return Optional.of("AADSTS70021: No matching federated identity record found for presented assertion.");
        }
        Optional<JsonNode> claims = foreign.or(() -> certificate.verify(assertion));
        if (claims.isEmpty()) {
            return Optional.of("AADSTS700027: The certificate with identifier used to sign the client assertion is not"
                    + " registered on application.");
        }
        if (!OidcIssuer.isAlive(claims.get())) {
            return Optional.of("AADSTS700024: Client assertion is not within its valid time range.");
        }
        String audience = foreign.isPresent() ? FEDERATION_AUDIENCE : tokenUrl;
        return audience.equals(claims.get().path("aud").asText())
                ? Optional.empty()
                : Optional.of("AADSTS700212: No matching federated identity record found for presented assertion"
                        + " audience.");
    }
}
