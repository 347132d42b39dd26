package io.sealward.gateway.recovery;

import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.gateway.key.WrapContexts;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.StageFailure;
import io.sealward.providers.Unwrapper;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.catalog.Providers;
import io.sealward.providers.local.LocalKek;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.setup.CloudProvider;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The keys that somebody has named as the organization's own. No other is asked, whatever an object's metadata says: the store
 * wrote that (FORMAT.md, 5.1). The keys of a keystore are all its owner's.
 */
public final class OwnKeys implements AutoCloseable {
    private final Map<String, Unwrapper> opened = new HashMap<>();
    private final Optional<LocalKeystore> keystore;

    private OwnKeys(Optional<LocalKeystore> keystore) {
        this.keystore = keystore;
    }

    /**
     * Asks no KMS yet.
     *
     * @param named {@code PROVIDER:KEY-ID} each
     * @param keystore closed together with this
     * @throws RecoveryException if one cannot be the name of a key
     * @throws io.sealward.providers.InvalidKeySpecException if its provider has no keys of that name, or lacks credentials
     */
    public static OwnKeys of(List<String> named, Optional<LocalKeystore> keystore) {
        OwnKeys keys = new OwnKeys(keystore);
        for (String name : named) {
            int end = Math.max(name.indexOf(':'), 0);
            CloudProvider provider = Providers.CLOUDS.stream()
                    .filter(cloud -> cloud.type().equals(name.substring(0, end)))
                    .findFirst()
                    .orElseThrow(() -> new RecoveryException("'" + name + "' is not PROVIDER:KEY-ID, with one of "
                            + Providers.CLOUDS.stream().map(CloudProvider::type).toList()));
            keys.opened.put(name, provider.own(name.substring(end + 1)));
        }
        return keys;
    }

    /**
     * Has the KMS unwrap the secret of an object.
     *
     * @throws RecoveryException if the KMS does not, or must not be asked
     * @throws SealException.WrongKey if the KMS says that it wrapped no such secret for this place
     */
    WrappingSecret secret(ObjectSeal seal, ObjectBinding place) throws SealException {
        WrappedSecret wrapped = new WrappedSecret(seal.kek().keyVersion(), seal.wrappedSecret());
        byte[] secret = unwrap(find(seal.kek()), wrapped, place, seal);
        if (secret.length != WrappingSecret.BYTES) {
            Arrays.fill(secret, (byte) 0);
            throw new SealException.WrongKey("the KMS unwrapped no secret of " + WrappingSecret.BYTES + " bytes");
        }
        return WrappingSecret.takeOwnershipOf(secret);
    }

    private static byte[] unwrap(Unwrapper key, WrappedSecret wrapped, ObjectBinding place, ObjectSeal seal)
            throws SealException {
        try {
            return key.unwrap(wrapped, WrapContexts.of(place, seal.scope()))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (!(StageFailure.cause(e) instanceof KmsException refused)) {
                throw e;
            }
            if (refused.error() == KmsError.CORRUPT) {
                throw new SealException.WrongKey("the key '" + key.keyId()
                        + "' wrapped no such secret for this organization, project, bucket and key");
            }
            throw new RecoveryException(refused.getMessage());
        }
    }

    private Unwrapper find(KekReference kek) {
        String name = kek.provider() + ":" + kek.keyId();
        if (kek.provider().equals(LocalKek.PROVIDER)) {
            LocalKeystore file = keystore.orElseThrow(() -> new RecoveryException(
                    "the KEK of this object is '" + kek.keyId() + "' of a keystore: name it with --keystore"));
            return opened.computeIfAbsent(name, first -> file.kek(kek.keyId()));
        }
        return Optional.ofNullable(opened.get(name))
                .orElseThrow(
                        () -> new RecoveryException("its metadata names a KEK that you have not named; if it is the"
                                + " organization's own key, add --kek '" + name.replace("'", "'\\''") + "'"));
    }

    @Override
    public void close() {
        opened.values().forEach(Unwrapper::close);
        keystore.ifPresent(LocalKeystore::close);
    }
}
