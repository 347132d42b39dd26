package io.sealward.it.cloud.vault;

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

final class VaultAnswersFuzzTest extends VaultTenant {
    private WrappedSecret wrapped;

    @BeforeEach
    void wrap() {
        wrapped = await(kek.wrap(SECRET, CONTEXT));
    }

    static Stream<byte[]> answers() {
        return Stream.of(
                new Answer(200, "{\"data\":{\"ciphertext\":\"vault:v1:AAAA\",\"plaintext\":\"AAAA\"}}").bytes(),
                new Answer(403, "{\"errors\":[\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}").bytes());
    }

    @MethodSource("answers")
    @FuzzTest(lifecycle = Lifecycle.PER_TEST)
    void noSecretIsMadeUp(byte[] input) {
        Answer answer = Answer.of(input);
        vault.answerAll(answer.status(), answer.body());
        HostileAnswers.requireHeld(kek, wrapped, SECRET);
    }
}
