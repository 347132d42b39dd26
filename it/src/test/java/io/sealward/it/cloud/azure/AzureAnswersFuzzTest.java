package io.sealward.it.cloud.azure;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.junit.Lifecycle;
import io.sealward.it.cloud.HostileAnswers;
import io.sealward.it.cloud.HostileAnswers.Answer;
import io.sealward.providers.WrappedSecret;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.provider.MethodSource;

final class AzureAnswersFuzzTest extends AzureTenant {
    private WrappedSecret wrapped;

    @BeforeEach
    void wrap() {
        wrapped = await(kek.wrap(SECRET, CONTEXT));
    }

    static Stream<byte[]> answers() {
        return Stream.of(
                new Answer(
                                200,
                                "{\"kid\":\"https://v.vault.azure.net/keys/k/0123456789abcdef0123456789abcdef\",\"value\":\"AAAA\"}")
                        .bytes(),
                new Answer(
                                403,
                                "{\"error\":{\"code\":\"Forbidden\",\"message\":\"m\",\"innererror\":{\"code\":\"KeyDisabled\"}}}")
                        .bytes());
    }

    @MethodSource("answers")
    @FuzzTest(lifecycle = Lifecycle.PER_TEST)
    void noSecretIsMadeUp(byte[] input) {
        Answer answer = Answer.of(input);
        vault.answerAll(answer.status(), answer.body());
        HostileAnswers.requireHeld(kek, wrapped, SECRET);
    }
}
