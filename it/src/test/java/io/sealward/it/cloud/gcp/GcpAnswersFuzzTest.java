package io.sealward.it.cloud.gcp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.junit.Lifecycle;
import io.sealward.it.cloud.HostileAnswers;
import io.sealward.it.cloud.HostileAnswers.Answer;
import io.sealward.providers.WrappedSecret;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Of the token service: what Cloud KMS answers, gRPC reads. */
final class GcpAnswersFuzzTest extends GcpTenant {
    private static final WrappedSecret NONE = new WrappedSecret("1", new byte[40]);

    static Stream<byte[]> answers() {
        return Stream.of(
                new Answer(200, "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}").bytes(),
                new Answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"d\"}").bytes());
    }

    @MethodSource("answers")
    @FuzzTest(lifecycle = Lifecycle.PER_TEST)
    void noSecretIsMadeUp(byte[] input) {
        Answer answer = Answer.of(input);
        gcp.answerTokens(answer.status(), answer.body());
        HostileAnswers.requireHeld(kek, NONE, SECRET);
    }
}
