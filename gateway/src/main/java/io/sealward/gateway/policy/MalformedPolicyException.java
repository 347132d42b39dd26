package io.sealward.gateway.policy;

/** A document that is no policy, or holds what is not evaluated here. The message is for who wrote it, and says where. */
public final class MalformedPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedPolicyException(String message) {
        super(message, null, false, false);
    }
}
