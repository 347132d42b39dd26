package io.sealward.gateway.sigv4;

import static java.util.Objects.requireNonNull;

/** Where the chain of chunk signatures of one request starts. Immutable. */
public final class ChunkSeed {
    private final SigningKey key;
    private final SigningTime time;
    private final CredentialScope scope;
    private final String signature;

    ChunkSeed(SigningKey key, SigningTime time, CredentialScope scope, String signature) {
        this.key = requireNonNull(key, "key");
        this.time = requireNonNull(time, "time");
        this.scope = requireNonNull(scope, "scope");
        this.signature = requireNonNull(signature, "signature");
    }

    /** A new chain, for one reading of the body. */
    public ChunkSignatures begin() {
        return new ChunkSignatures(this);
    }

    SigningKey key() {
        return key;
    }

    SigningTime time() {
        return time;
    }

    CredentialScope scope() {
        return scope;
    }

    String signature() {
        return signature;
    }
}
