package io.sealward.gateway.key;

import io.sealward.providers.KmsException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an external key stands with this gateway.
 *
 * @param since when it came to stand so
 * @param checkedAt when its KMS said so last
 * @param reason why, in the cloud's own words: one printable line of at most 500 characters; empty while it is active
 */
public record KeyState(Status status, Instant since, Instant checkedAt, String reason) {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}\\x80-\\x9f]+");
    private static final int MOST_CHARACTERS = 500;

    /**
     * What a key can be. Every answer leads from any to any.
     *
     * <pre>
     *   ACTIVE         the KMS grants it
     *   THROTTLED      its quota is spent           SlowDown; nothing is dropped
     *   UNREACHABLE    no answer, or no wise one    SlowDown; dropped after the grace
     *   REVOKED        the tenant said no           dropped at once
     *   DESTROYED      it is gone, or on its way    dropped at once
     *   MISCONFIGURED  it cannot work as registered
     * </pre>
     */
    public enum Status {
        ACTIVE,
        THROTTLED,
        UNREACHABLE,
        REVOKED,
        DESTROYED,
        MISCONFIGURED;

        /** Whether the tenant has withdrawn the key, for now or for good. */
        public boolean withdrawn() {
            return this == REVOKED || this == DESTROYED;
        }
    }

    /** After the first answer of the key's KMS. */
    public static KeyState first(Optional<KmsException> failure, Instant now) {
        return new KeyState(status(failure), now, now, reason(failure));
    }

    /** After another one. */
    KeyState then(Optional<KmsException> failure, Instant now) {
        Status next = status(failure);
        return new KeyState(next, next == status ? since : now, now, reason(failure));
    }

    private static Status status(Optional<KmsException> failure) {
        return failure.map(refused -> switch (refused.error()) {
                    case REVOKED -> Status.REVOKED;
                    case DESTROYED -> Status.DESTROYED;
                    case THROTTLED -> Status.THROTTLED;
                    case MISCONFIGURED -> Status.MISCONFIGURED;
                    case UNREACHABLE, CORRUPT -> Status.UNREACHABLE; // it answers, but not as who holds the key
                })
                .orElse(Status.ACTIVE);
    }

    private static String reason(Optional<KmsException> failure) {
        String said = failure.map(KmsException::getMessage).orElse("");
        String line = UNPRINTABLE.matcher(said).replaceAll(" ").strip();
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS - 3) + "...";
    }
}
