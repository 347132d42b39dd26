package io.sealward.gateway.tenant;

import io.sealward.gateway.policy.Authority;
import io.sealward.gateway.s3.S3Exception;
import java.util.Optional;

/**
 * What a request was admitted under: its sender, the project that owns the bucket which the request is about, and the claim of
 * that bucket. It travels with the request to the store, and is asked again whenever something is about to pass
 * between the gateway and the store. Immutable and thread-safe; answers from memory, and never blocks.
 */
public interface Admission {
    Sender sender();

    /** Whose bucket it is, and whose KEK and credential at the store are used; the sender's where it is about no bucket. */
    Project project();

    /** What decides what the sender may do, as it is known at this moment. */
    Authority authority();

    /**
     * Returns if it still holds.
     *
     * @throws S3Exception what a new request would be told, or ServiceUnavailable if the gateway cannot know any more
     */
    void requireHolding();

    /** See {@link Sender#sharer}. */
    default String sharer() {
        return sender().sharer();
    }

    /** This one, which holds no longer than another does: for what one bucket gives to another. */
    default Admission whileHolding(Admission other) {
        return new WhileHolding(this, other);
    }

    /** See {@link #whileHolding}. */
    record WhileHolding(Admission own, Admission other) implements Admission {
        @Override
        public Sender sender() {
            return own.sender();
        }

        @Override
        public Project project() {
            return own.project();
        }

        @Override
        public Authority authority() {
            return own.authority();
        }

        @Override
        public void requireHolding() {
            own.requireHolding();
            other.requireHolding();
        }
    }

    /** One to a credential's own project that nothing takes away while the gateway runs. */
    static Admission lasting(S3Credential credential) {
        return new Lasting(
                credential,
                credential.project(),
                new Authority(credential.caller(), true, credential.policy(), Optional.empty()));
    }

    /** One that nothing takes away while the gateway runs. */
    record Lasting(Sender sender, Project project, Authority authority) implements Admission {
        @Override
        public void requireHolding() {}
    }
}
