package io.sealward.providers.gcp;

import com.google.auth.oauth2.IdTokenProvider;
import java.io.IOException;
import java.util.List;

/** ID tokens of a Google service account; their subject is the account's unique id. */
record ServiceAccountTokens(IdTokenProvider account) implements SubjectTokens {
    @Override
    public String tokenFor(String audience) throws IOException {
        return account.idTokenWithAudience(audience, List.of()).getTokenValue();
    }
}
