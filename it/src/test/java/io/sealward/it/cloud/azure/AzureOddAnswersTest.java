package io.sealward.it.cloud.azure;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;

import io.sealward.it.cloud.OddAnswers;
import io.sealward.providers.WrappedSecret;
import org.junit.jupiter.api.Test;

/** Whatever Entra and Key Vault answer, an administrator reads words. */
final class AzureOddAnswersTest extends AzureTenant {
    @Test
    void tellsInWordsWhatTheVaultSaid() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        for (int status : OddAnswers.STATUSES) {
            for (String body : OddAnswers.BODIES) {
                vault.answerAll(status, body);
                String after = status + " " + body;
                OddAnswers.requireReadable(failureOf(kek.wrap(SECRET, CONTEXT)), "encrypt " + after);
                OddAnswers.requireReadable(failureOf(kek.unwrap(wrapped, CONTEXT)), "decrypt " + after);
                OddAnswers.requireReadable(
                        failureOf(kek.registrationCheck(CONTEXT).run()), "register " + after);
            }
        }
    }

    @Test
    void tellsInWordsWhatTheDirectorySaid() {
        for (int status : OddAnswers.STATUSES) {
            for (String body : OddAnswers.BODIES) {
                azure.answerTokens(status, body);
                OddAnswers.requireReadable(failureOf(kek.wrap(SECRET, CONTEXT)), status + " " + body);
            }
        }
    }

    @Test
    void tellsInWordsThatNobodyAnswers() {
        azure.close();
        OddAnswers.requireReadable(failureOf(kek.wrap(SECRET, CONTEXT)), "gone");
        OddAnswers.requireReadable(failureOf(kek.registrationCheck(CONTEXT).run()), "gone");
    }
}
