package io.sealward.gateway.tenant;

import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.s3.S3Exception;
import java.util.Optional;

/**
 * What a request was admitted under: a credential, the project that it speaks for, and the claim of the bucket that the
 * request is about. It travels with the request to the store, and is asked again whenever something is about to pass
 * between the gateway and the store. Immutable and thread-safe; answers from memory, and never blocks.
 */
public interface Admission {
    S3Credential credential();

    /**
     * Returns if it still holds.
     *
     * @throws S3Exception what a new request would be told, or ServiceUnavailable if the gateway cannot know any more
     */
    void requireHolding();

    /** What the credential may do, as it is known at this moment; empty for all in its project. */
    default Optional<Policy> policy() {
        return credential().policy();
    }

    default Project project() {
        return credential().project();
    }

    /** The owner of the share of all that is bounded, at the store and of memory, from which the request takes: its project. */
    default String sharer() {
        return project().id();
    }

    /** This one, for a request that nobody has signed: all of them take from one share, and none from the project's. */
    default Admission ofUnknownSender() {
        return new OfUnknownSender(this);
    }

    /** See {@link #ofUnknownSender}. */
    record OfUnknownSender(Admission owner) implements Admission {
        /** The sharer of all whose sender is not known, or not yet. */
        public static final String SHARER = "";

        @Override
        public S3Credential credential() {
            return owner.credential();
        }

        @Override
        public String sharer() {
            return SHARER;
        }

        @Override
        public void requireHolding() {
            owner.requireHolding();
        }
    }

    /** This one, which holds no longer than another does: for what one bucket gives to another. */
    default Admission whileHolding(Admission other) {
        return new WhileHolding(this, other);
    }

    /** See {@link #whileHolding}. */
    record WhileHolding(Admission own, Admission other) implements Admission {
        @Override
        public S3Credential credential() {
            return own.credential();
        }

        @Override
        public Optional<Policy> policy() {
            return own.policy();
        }

        @Override
        public void requireHolding() {
            own.requireHolding();
            other.requireHolding();
        }
    }

    /** One that nothing takes away while the gateway runs. */
    static Admission lasting(S3Credential credential) {
        return new Lasting(credential);
    }

    /** See {@link #lasting}. */
    record Lasting(S3Credential credential) implements Admission {
        @Override
        public void requireHolding() {}
    }
}
