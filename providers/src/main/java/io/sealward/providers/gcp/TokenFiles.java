package io.sealward.providers.gcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** OpenID Connect tokens in files, one for each audience. */
record TokenFiles(String path) implements SubjectTokens {
    private static final String PLACEHOLDER = "{audience}";

    TokenFiles {
        if (!path.contains(PLACEHOLDER)) {
            throw new IllegalArgumentException(
                    "one token for all tenants would let each stand in for the others: the path needs " + PLACEHOLDER);
        }
    }

    @Override
    public String tokenFor(String audience) throws IOException {
        Path file = Path.of(path.replace(PLACEHOLDER, audience));
        return IdentityToken.require(Files.readString(file).strip(), audience, "The file " + file);
    }
}
