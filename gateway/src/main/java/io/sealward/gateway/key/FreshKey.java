package io.sealward.gateway.key;

import io.netty.channel.EventLoop;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.crypto.seal.WrapScope;
import java.security.SecureRandom;

/** A new object's key, with the wrapped secret that can seal it. */
public final class FreshKey extends ObjectKey {
    private final ObjectBinding binding;
    private final WrapScope scope;
    private final HeldSecret secret;
    private final SecureRandom random;

    /**
     * @param dek destroyed with this
     * @param secret closed with this
     */
    FreshKey(Dek dek, ObjectBinding binding, WrapScope scope, HeldSecret secret, SecureRandom random, EventLoop loop) {
        super(dek, secret.wrapping().reference(), loop);
        this.binding = binding;
        this.scope = scope;
        this.secret = secret;
        this.random = random;
    }

    /** What to store with the object. */
    public ObjectSeal seal(Layout layout) {
        return ObjectSeal.of(dek(), secret.plain(), binding, layout, scope, kek(), wrapped(), random);
    }

    /** What the parts of a multipart upload need. */
    public UploadSeal uploadSeal(String storeUploadId, Layout layout) {
        return UploadSeal.of(storeUploadId, dek(), secret.plain(), binding, layout, scope, kek(), wrapped(), random);
    }

    private byte[] wrapped() {
        return secret.wrapping().wrapped().ciphertext();
    }

    @Override
    void close() {
        super.close();
        secret.close();
    }
}
