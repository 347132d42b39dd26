package io.sealward.it.cloud.vault;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;

import io.sealward.it.cloud.OddAnswers;
import io.sealward.providers.WrappedSecret;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever Vault answers, an administrator reads words. */
final class VaultOddAnswersTest extends VaultTenant {
    private static final List<String> OF_VAULT = List.of(
            "{\"errors\":null}",
            "{\"errors\":[]}",
            "{\"errors\":[null,7,{}]}",
            "{\"errors\":\"text\"}",
            "{\"auth\":null}",
            "{\"auth\":{\"client_token\":null}}",
            "{\"auth\":{\"client_token\":\"a\\nb\",\"lease_duration\":\"soon\"}}",
            "{\"data\":null}",
            "{\"data\":{\"ciphertext\":null,\"plaintext\":null}}",
            "{\"data\":{\"ciphertext\":\"vault:v1:=\",\"plaintext\":\"=\"}}",
            "{\"data\":{\"ciphertext\":\"vault:v0:AAAA\",\"plaintext\":7}}");

    @Test
    void tellsInWordsWhatVaultSaid() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        for (int status : OddAnswers.STATUSES) {
            for (String body :
                    Stream.concat(OddAnswers.BODIES.stream(), OF_VAULT.stream()).toList()) {
                vault.answerAll(status, body);
                String after = status + " " + body;
                OddAnswers.requireReadable(failureOf(kek.wrap(SECRET, CONTEXT)), "encrypt " + after);
                OddAnswers.requireReadable(failureOf(kek.unwrap(wrapped, CONTEXT)), "decrypt " + after);
                OddAnswers.requireReadable(failureOf(check(Map.of()).run()), "register " + after);
            }
        }
    }

    @Test
    void tellsInWordsThatNobodyAnswers() {
        vault.close();
        OddAnswers.requireReadable(failureOf(kek.wrap(SECRET, CONTEXT)), "gone");
        OddAnswers.requireReadable(failureOf(check(Map.of()).run()), "gone");
    }
}
