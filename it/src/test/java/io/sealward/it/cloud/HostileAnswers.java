package io.sealward.it.cloud;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.Kek;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrappedSecret;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Answers by somebody who may be anybody, and what is asked of them. */
public final class HostileAnswers {
    private HostileAnswers() {}

    /** An answer: a status of those that a cloud has, and a body. */
    public record Answer(int status, String body) {
        public static Answer of(byte[] input) {
            int status = input.length == 0 ? 0 : Math.floorMod(input[0], OddAnswers.STATUSES.size());
            int from = Math.min(1, input.length);
            return new Answer(OddAnswers.STATUSES.get(status), new String(input, from, input.length - from, UTF_8));
        }

        /** As an input. */
        public byte[] bytes() {
            return ((char) OddAnswers.STATUSES.indexOf(status) + body).getBytes(UTF_8);
        }
    }

    /** Nothing is taken for a secret that is not the one that was wrapped, and whatever fails does as KMSes fail, in words. */
    public static void requireHeld(Kek kek, WrappedSecret wrapped, byte[] secret) {
        answered(kek.wrap(secret, CONTEXT))
                .ifPresent(told -> assertThat(told.ciphertext()).isNotEmpty());
        answered(kek.unwrap(wrapped, CONTEXT))
                .ifPresent(opened -> assertThat(opened).isEqualTo(secret));
    }

    private static <T> Optional<T> answered(CompletionStage<T> stage) {
        try {
            return Optional.of(await(stage));
        } catch (CompletionException failed) {
            assertThat(failed).hasCauseInstanceOf(KmsException.class);
            assertThat(failed.getCause().getMessage()).isNotBlank();
            return Optional.empty();
        }
    }
}
