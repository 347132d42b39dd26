package io.sealward.providers.gcp;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ExternalAccountCredentials.SubjectTokenTypes;
import com.google.auth.oauth2.IdentityPoolCredentials;
import io.sealward.providers.KmsException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access token that a tenant's pool gives for the gateway's own (RFC 8693 token exchange), kept until shortly before
 * it expires. It acts on the key directly, without impersonating a service account. Blocking; thread-safe.
 */
final class FederatedToken {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloudkms";

    private static final Logger LOG = LoggerFactory.getLogger(FederatedToken.class);

    private final IdentityPoolCredentials credentials;
    private final Lock exchanging = new ReentrantLock();

    /** @param audience what the gateway's own token is made out to, which is not the audience of the exchange */
    FederatedToken(GcpKeySpec key, String audience, SubjectTokens subjects, TokenExchange exchange) {
        credentials = IdentityPoolCredentials.newBuilder()
                .setAudience(key.poolProvider())
                .setSubjectTokenType(SubjectTokenTypes.JWT)
                .setSubjectTokenSupplier(context -> subjectToken(subjects, audience))
                .setTokenUrl(exchange.url())
                .setScopes(List.of(SCOPE))
                .setHttpTransportFactory(exchange.transports())
                .build();
    }

    /** @throws KmsException if the pool refuses, or cannot be asked */
    AccessToken current() {
        try {
            credentials.refreshIfExpired();
        } catch (IOException | RuntimeException failure) {
            throw GcpFaults.ofExchange(failure);
        }
        return credentials.getAccessToken();
    }

    /** A token newer than one that Cloud KMS did not take. However many calls saw it refused, one exchange follows. */
    AccessToken insteadOf(AccessToken refused) throws InterruptedException {
        exchanging.lockInterruptibly();
        try {
            if (refused.equals(credentials.getAccessToken())) {
                credentials.refresh();
            }
            return credentials.getAccessToken();
        } catch (IOException | RuntimeException failure) {
            throw GcpFaults.ofExchange(failure);
        } finally {
            exchanging.unlock();
        }
    }

    private static String subjectToken(SubjectTokens subjects, String audience) throws SubjectTokenException {
        try {
            return subjects.tokenFor(audience);
        } catch (IOException | RuntimeException failure) {
            // Where it was looked for is the operator's to know; the answer goes to a tenant.
            LOG.warn("The gateway has no identity token to show to Google: {}", failure.getMessage());
            throw new SubjectTokenException(failure);
        }
    }
}
