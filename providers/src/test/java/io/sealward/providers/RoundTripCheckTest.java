package io.sealward.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RoundTripCheckTest {
    @Test
    void aKeyThatDecryptsToSomethingElseFails() {
        byte[] other = {1, 2, 3};
        Kek liar = new Kek() {
            @Override
            public String provider() {
                return "test";
            }

            @Override
            public String keyId() {
                return "liar";
            }

            @Override
            public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
                return CompletableFuture.completedStage(new WrappedSecret("1", secret.clone()));
            }

            @Override
            public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
                return CompletableFuture.completedStage(other);
            }

            @Override
            public CompletionStage<Void> probe(WrappedSecret sample, WrapContext context) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> RegistrationCheck.roundTrip(liar, WrapContext.of(Map.of("a", "b")))
                        .run()
                        .toCompletableFuture()
                        .join())
                .cause()
                .isInstanceOfSatisfying(KmsException.class, refused -> assertThat(refused.error())
                        .isEqualTo(KmsError.CORRUPT));
        assertThat(other).containsOnly(0);
    }
}
