package io.sealward.gateway.tenant;

import static java.util.Objects.requireNonNull;

/** An access key of the store and its secret. */
public record StoreCredential(String accessKeyId, String secretAccessKey) {
    public StoreCredential {
        requireNonNull(accessKeyId, "accessKeyId");
        requireNonNull(secretAccessKey, "secretAccessKey");
    }

    /** Without the secret: a credential may be logged. */
    @Override
    public String toString() {
        return "StoreCredential[" + accessKeyId + "]";
    }
}
