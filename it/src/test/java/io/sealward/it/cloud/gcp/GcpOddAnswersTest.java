package io.sealward.it.cloud.gcp;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;

import io.grpc.Status;
import io.sealward.it.cloud.OddAnswers;
import io.sealward.providers.WrappedSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever Google answers, an administrator reads words. */
final class GcpOddAnswersTest extends GcpTenant {
    @Test
    void tellsInWordsWhatTheTokenExchangeSaid() {
        for (int status : OddAnswers.STATUSES) {
            for (String body : OddAnswers.BODIES) {
                gcp.answerTokens(status, body);
                OddAnswers.requireReadable(failureOf(kek.wrap(SECRET, CONTEXT)), status + " " + body);
                OddAnswers.requireReadable(
                        failureOf(kek.registrationCheck(CONTEXT).run()), status + " " + body);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"OK", "CANCELLED"},
            mode = EnumSource.Mode.EXCLUDE)
    void tellsInWordsWhatCloudKmsSaid(Status.Code code) {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        for (Status said : new Status[] {code.toStatus(), code.toStatus().withDescription("")}) {
            gcp.refuseAll(said);
            OddAnswers.requireReadable(failureOf(kek.wrap(SECRET, CONTEXT)), "encrypt " + said);
            OddAnswers.requireReadable(failureOf(kek.unwrap(wrapped, CONTEXT)), "decrypt " + said);
        }
    }

    @Test
    void tellsInWordsThatNobodyAnswers() {
        await(kek.wrap(SECRET, CONTEXT));
        gcp.close();
        OddAnswers.requireReadable(failureOf(kek.wrap(SECRET, CONTEXT)), "gone");
        OddAnswers.requireReadable(failureOf(kek.registrationCheck(CONTEXT).run()), "gone");
    }
}
