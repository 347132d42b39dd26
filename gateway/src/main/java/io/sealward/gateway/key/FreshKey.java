package io.sealward.gateway.key;

import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.providers.WrappedSecret;
import java.security.SecureRandom;

/** A new object's DEK, with the wrapped secret that can seal it. Belongs to one request, which destroys the DEK. */
public final class FreshKey {
    private final Dek dek;
    private final ObjectBinding binding;
    private final WrapScope scope;
    private final SharedSecret secret;
    private final SecureRandom random;

    FreshKey(Dek dek, ObjectBinding binding, WrapScope scope, SharedSecret secret, SecureRandom random) {
        this.dek = dek;
        this.binding = binding;
        this.scope = scope;
        this.secret = secret;
        this.random = random;
    }

    /** A wrapping secret and the same as the KMS wrapped it. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record SharedSecret(WrappingSecret plain, KekReference kek, byte[] wrapped) {
        WrappedSecret asWrapped() {
            return new WrappedSecret(kek.keyVersion(), wrapped);
        }
    }

    public Dek dek() {
        return dek;
    }

    /** The KEK that wrapped, by registration and version. */
    public KekReference kek() {
        return secret.kek();
    }

    /** What to store with the object. */
    public ObjectSeal seal(Layout layout) {
        return ObjectSeal.of(dek, secret.plain(), binding, layout, scope, secret.kek(), secret.wrapped(), random);
    }

    /** What the parts of a multipart upload need. */
    public UploadSeal uploadSeal(String storeUploadId, Layout layout) {
        return UploadSeal.of(
                storeUploadId, dek, secret.plain(), binding, layout, scope, secret.kek(), secret.wrapped(), random);
    }
}
