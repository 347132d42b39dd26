package io.sealward.providers;

import java.util.concurrent.CompletionStage;

/** The live proof that a key can be used as registered, and by nobody who should not. Asks the cloud each time it runs. */
@FunctionalInterface
public interface RegistrationCheck {
    /**
     * Completes normally when the key passed. Fails with a {@link KmsException} whose message holds the cloud's own words
     * and what to change; {@link KmsError#MISCONFIGURED} where the cloud answered and the set-up itself is wrong. A
     * dependent stage sees it inside a {@link java.util.concurrent.CompletionException}, as stages do.
     */
    CompletionStage<Void> run();

    /** This check, then the other if this one passed. */
    default RegistrationCheck then(RegistrationCheck next) {
        return () -> run().thenCompose(passed -> next.run());
    }

    /** This check, after which the KEK that it asks is closed, whatever came out. */
    default RegistrationCheck closing(Kek kek) {
        return () -> run().whenComplete((passed, failure) -> kek.close());
    }

    /**
     * Encrypts a fresh random secret under the key, decrypts it again and compares.
     *
     * @param context the context that the tenant's own policies expect to see
     */
    static RegistrationCheck roundTrip(Kek kek, WrapContext context) {
        return new RoundTripCheck(kek, context);
    }
}
