package io.sealward.providers.gcp;

import com.google.auth.oauth2.IdTokenProvider;
import java.io.IOException;

/**
 * Where the gateway's own identity comes from: OpenID Connect tokens that a tenant's workload identity pool is told to
 * trust. Thread-safe; calls may block.
 */
@FunctionalInterface
public interface SubjectTokens {
    /**
     * The audience of the token that a registration check expects every pool to refuse. A source must be able to make
     * tokens for it too.
     */
    String CHECK_AUDIENCE = "sealward-registration-check";

    /**
     * A token of the gateway that is valid now.
     *
     * @param audience the {@code aud} it must carry
     */
    String tokenFor(String audience) throws IOException;

    /** ID tokens that Google issues to the gateway's own service account. */
    static SubjectTokens ofServiceAccount(IdTokenProvider account) {
        return new ServiceAccountTokens(account);
    }

    /**
     * The same for the account that the process runs as. Where it runs as none, that is logged, and it is looked for again
     * at each use. A person's account heeds no audience; its tokens are refused as they come.
     */
    static SubjectTokens ofAmbientServiceAccount() {
        return AmbientAccount.lookedFor();
    }

    /**
     * Tokens that something else keeps fresh in files, such as Kubernetes' projected service account tokens; read anew
     * each time.
     *
     * @param path one file for each audience, with {@code {audience}} where its name goes
     */
    static SubjectTokens ofFiles(String path) {
        return new TokenFiles(path);
    }
}
