package io.sealward.providers.gcp;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service account that the process runs as. Where there is none it is looked for again at each use. */
final class AmbientAccount implements SubjectTokens {
    private static final Logger LOG = LoggerFactory.getLogger(AmbientAccount.class);

    private final Search search;
    private volatile Optional<SubjectTokens> found = Optional.empty();

    AmbientAccount(Search search) {
        this.search = search;
    }

    /** Finds the account, or says why there is none. */
    @FunctionalInterface
    interface Search {
        IdTokenProvider account() throws IOException;
    }

    /** Looks once, and says so in the log if there is none. */
    static AmbientAccount lookedFor() {
        AmbientAccount account = new AmbientAccount(AmbientAccount::applicationDefault);
        try {
            account.find();
        } catch (IOException e) {
            LOG.warn(
                    "The gateway has no identity in Google Cloud, and looks again when a key there is used: {}",
                    e.getMessage());
        }
        return account;
    }

    private static IdTokenProvider applicationDefault() throws IOException {
        if (GoogleCredentials.getApplicationDefault() instanceof IdTokenProvider account) {
            return account;
        }
        throw new IOException("The application default credentials are not those of a service account.");
    }

    @Override
    public String tokenFor(String audience) throws IOException {
        return find().tokenFor(audience);
    }

    private SubjectTokens find() throws IOException {
        Optional<SubjectTokens> known = found;
        if (known.isEmpty()) {
            known = Optional.of(SubjectTokens.ofServiceAccount(search.account()));
            found = known;
        }
        return known.get();
    }
}
