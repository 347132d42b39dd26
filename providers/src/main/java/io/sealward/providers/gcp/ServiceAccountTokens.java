package io.sealward.providers.gcp;

import com.google.auth.oauth2.IdTokenProvider;
import java.io.IOException;
import java.util.List;

/** ID tokens of a Google service account; their subject is the account's unique id. */
record ServiceAccountTokens(IdTokenProvider account) implements SubjectTokens {
    @Override
    public String tokenFor(String audience) throws IOException {
        String token = account.idTokenWithAudience(audience, List.of()).getTokenValue();
        // A user's credentials make ID tokens too, and heed no audience.
        return IdentityToken.require(token, audience, "The gateway's account");
    }
}
