package io.sealward.it.cloud;

import java.util.Map;

/** A tenant's key in its cloud, and what the tenant and fate can do to it. */
public interface TenantKey {
    /** The registration's fields, type and name aside. */
    Map<String, String> registration();

    /** As the object's metadata names it. */
    String keyId();

    void disable();

    void enable();

    /** Takes the gateway's permission away; the key stays as it is. */
    void deny();

    void allow();

    /** Deletes the key, as far as its cloud lets that be undone. */
    void destroy();

    /** Undoes {@link #destroy}; the key can be used again. */
    void restore();

    void throttle();

    void cutOff();

    /** Neither throttled nor cut off any more. */
    void recover();

    /** Encryptions and decryptions asked of the cloud so far, with any key. */
    long calls();
}
