package io.sealward.gateway.key;

import io.sealward.crypto.key.WrappingSecret;

/** A secret in the clear, in the hands of one owner, who closes it and so wipes it. */
record HeldSecret(Wrapping wrapping, WrappingSecret plain, Asked asked) implements AutoCloseable {
    /** The same for another owner. */
    HeldSecret copy() {
        return copy(asked);
    }

    HeldSecret copy(Asked since) {
        return new HeldSecret(wrapping, WrappingSecret.takeOwnershipOf(plain.bytes()), since);
    }

    @Override
    public void close() {
        plain.destroy();
    }
}
