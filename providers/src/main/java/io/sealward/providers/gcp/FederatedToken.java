package io.sealward.providers.gcp;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ExternalAccountCredentials.SubjectTokenTypes;
import com.google.auth.oauth2.IdentityPoolCredentials;
import io.sealward.providers.KmsException;
import java.io.IOException;
import java.util.List;

/**
 * The access token that a tenant's pool gives for the gateway's own (RFC 8693 token exchange), kept until shortly before
 * it expires. It acts on the key directly, without impersonating a service account. Blocking; thread-safe.
 */
final class FederatedToken {
    private static final String TOKEN_URL = "https://sts.googleapis.com/v1/token";
    private static final String SCOPE = "https://www.googleapis.com/auth/cloudkms";

    private final IdentityPoolCredentials credentials;

    /** @param audience what the gateway's own token is made out to, which is not the audience of the exchange */
    FederatedToken(GcpKeySpec key, String audience, SubjectTokens subjects, HttpTransportFactory transports) {
        credentials = IdentityPoolCredentials.newBuilder()
                .setAudience(key.poolProvider())
                .setSubjectTokenType(SubjectTokenTypes.JWT)
                .setSubjectTokenSupplier(context -> subjectToken(subjects, audience))
                .setTokenUrl(TOKEN_URL)
                .setScopes(List.of(SCOPE))
                .setHttpTransportFactory(transports)
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
    synchronized AccessToken insteadOf(AccessToken refused) {
        if (refused.equals(credentials.getAccessToken())) {
            try {
                credentials.refresh();
            } catch (IOException | RuntimeException failure) {
                throw GcpFaults.ofExchange(failure);
            }
        }
        return credentials.getAccessToken();
    }

    private static String subjectToken(SubjectTokens subjects, String audience) throws SubjectTokenException {
        try {
            return subjects.tokenFor(audience);
        } catch (IOException | RuntimeException failure) {
            throw new SubjectTokenException(failure);
        }
    }
}
