package io.sealward.providers;

/**
 * Everything that can be wrong with a KMS call, as far as the gateway must tell it apart. Each provider maps its cloud's
 * codes to these and to nothing else.
 */
public enum KmsError {
    /** The tenant said no: key disabled, permission or trust taken away. Purge its keys at once; never retry. */
    REVOKED,
    /** The key is gone for good, or on its way. Treated as {@link #REVOKED}, told apart for the operator. */
    DESTROYED,
    /**
     * No answer, a fault on the cloud's side, or what cannot be told from one. An outage, not a revocation; retried within
     * bounds.
     */
    UNREACHABLE,
    /** The tenant's quota is spent. The client is told to slow down; retried within bounds. */
    THROTTLED,
    /** The KMS is well and says these bytes or this context are not what it wrapped. Never retried. */
    CORRUPT,
    /** The registration cannot work as it is: wrong key type, wrong algorithm, open trust. */
    MISCONFIGURED;

    /** Whether the tenant has withdrawn the key, for now or for good. */
    public boolean withdrawn() {
        return this == REVOKED || this == DESTROYED;
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public boolean passing() {
        return this == UNREACHABLE || this == THROTTLED;
    }
}
