package io.sealward.gateway.registry.database;

import static java.util.Objects.requireNonNull;

/** A question or a change the registry turned down. The message is for an administrator and holds no secret. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The database does not answer. */
        UNAVAILABLE,
        /** The database answers that it cannot store this: a flaw of the gateway, which trying again does not mend. */
        REFUSED,
        /** Another process holds the embedded database. */
        IN_USE,
        /** The configured secret is not the one this registry was made with, or a row was tampered with. */
        WRONG_SECRET,
        /** No such thing in this organization. */
        NOT_FOUND,
        /** The place from which a list was to go on is not in it. */
        NOT_LISTED,
        /** Another of the same kind, in the same project, has the name. */
        NAME_TAKEN,
        /** Another organization has registered the same KEK. */
        KEK_TAKEN,
        /** An active project uses the key. */
        KEY_IN_USE,
        /** A project cannot leave the key that sealed its data, nor change it for another. */
        KEY_FIXED,
        /** The key was set up for one project, and this is another. */
        KEY_BOUND,
        /** The project is archived and takes no change. */
        ARCHIVED,
        /** Another project owns the bucket name. */
        BUCKET_TAKEN,
        /** Another project has given the bucket name back so short ago that a gateway may still act under its claim. */
        BUCKET_RESTING,
        /** The organization has as many of these as it may. */
        QUOTA_EXCEEDED
    }

    private final Reason reason;

    public RegistryException(Reason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
    }

    public RegistryException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }

    public static RegistryException notFound(String what, String id) {
        return new RegistryException(Reason.NOT_FOUND, "No " + what + " found with id '" + id + "'.");
    }
}
