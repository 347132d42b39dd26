package io.sealward.gateway.identity;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Keys in a file, which something else keeps fresh. */
record KeySetFile(Path file, Executor executor) implements KeySource {
    @Override
    public CompletionStage<JWKSet> fetch() {
        return CompletableFuture.supplyAsync(this::read, executor);
    }

    private JWKSet read() {
        try {
            if (Files.size(file) > KeySetUrl.MAX_BYTES) {
                throw KeySetUrl.unusable("the file has more than " + KeySetUrl.MAX_BYTES + " bytes");
            }
            return JWKSet.parse(Files.readString(file));
        } catch (IOException | ParseException e) {
            throw KeySetUrl.unusable(e.toString());
        }
    }
}
