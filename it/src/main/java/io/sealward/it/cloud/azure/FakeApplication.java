package io.sealward.it.cloud.azure;

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

    /** What Entra says to these credentials; empty if they are right. */
    Optional<String> refuse(String tokenUrl, Map<String, String> form) {
        if (ASSERTION.equals(form.get("client_assertion_type"))) {
            String assertion = form.getOrDefault("client_assertion", "");
            return accepts(issuer, assertion, FEDERATION_AUDIENCE) || accepts(certificate, assertion, tokenUrl)
                    ? Optional.empty()
                    : Optional.of("AADSTS700027: The certificate with identifier used to sign the client assertion is"
                            + " not registered on application.");
        }
        return secret.equals(form.get("client_secret"))
                ? Optional.empty()
                : Optional.of("AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the"
                        + " request is the client secret value, not the client secret ID.");
    }

    private static boolean accepts(OidcIssuer signer, String assertion, String audience) {
        return signer.verify(assertion)
                .filter(OidcIssuer::isAlive)
                .filter(claims -> audience.equals(claims.path("aud").asText()))
                .isPresent();
    }
}
