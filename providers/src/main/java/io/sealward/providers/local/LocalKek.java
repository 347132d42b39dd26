package io.sealward.providers.local;

import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.CallLane;
import io.sealward.providers.resilience.CallLimits;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.crypto.SecretKey;

/**
 * One key of a {@link LocalKeystore}. Wraps with its newest version, unwraps with the one that the ciphertext names. A
 * disabled key is {@link KmsError#REVOKED}, a missing key or destroyed version {@link KmsError#DESTROYED}, a version that
 * was never made {@link KmsError#CORRUPT}, a keystore that cannot be read {@link KmsError#UNREACHABLE}.
 */
public final class LocalKek implements Kek {
    public static final String PROVIDER = "local";

    private final LocalKeystore keystore;
    private final String name;
    private final CallLane lane;
    private final CallLane probes;

    LocalKek(LocalKeystore keystore, String name, CallLane lane, CallLane probes) {
        this.keystore = keystore;
        this.name = name;
        this.lane = lane;
        this.probes = probes;
    }

    static CallLane lane(String name, CallLimits limits) {
        return new CallLane("local-" + name, limits, LocalKek::classify);
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public String keyId() {
        return name;
    }

    @Override
    public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
        Kek.requireSecret(secret);
        byte[] own = secret.clone();
        CompletionStage<WrappedSecret> wrapped = lane.run(() -> wrapNow(own, context));
        return wrapped.whenComplete((done, failed) -> Arrays.fill(own, (byte) 0));
    }

    @Override
    public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
        return lane.run(() -> unwrapNow(wrapped, context), late -> Arrays.fill(late, (byte) 0));
    }

    @Override
    public CompletionStage<Void> probe(WrappedSecret sample, WrapContext context) {
        return probes.run(() -> {
            Arrays.fill(unwrapNow(sample, context), (byte) 0);
            return null;
        });
    }

    /** Leaves the keystore open. */
    @Override
    public void close() {
        lane.close();
        probes.close();
    }

    private WrappedSecret wrapNow(byte[] secret, WrapContext context)
            throws LocalKeystoreException, GeneralSecurityException {
        KeystoreEntries entries = keystore.current();
        int version = usable(entries).versions().last();
        byte[] ciphertext = LocalWrap.seal(key(entries, version), version, secret, context);
        return new WrappedSecret(Integer.toString(version), ciphertext);
    }

    private byte[] unwrapNow(WrappedSecret wrapped, WrapContext context)
            throws LocalKeystoreException, GeneralSecurityException {
        KeystoreEntries entries = keystore.current();
        usable(entries);
        int version = LocalWrap.version(wrapped.ciphertext());
        if (!wrapped.keyVersion().equals(Integer.toString(version))) {
            throw new KmsException(
                    KmsError.CORRUPT,
                    "The secret says version " + version + " of the key '" + name + "' wrapped it, its reference says"
                            + " another.");
        }
        return LocalWrap.open(key(entries, version), wrapped.ciphertext(), context);
    }

    private LocalKey usable(KeystoreEntries entries) {
        LocalKey key = entries.find(name)
                .orElseThrow(() -> new KmsException(KmsError.DESTROYED, "There is no key '" + name + "'."));
        if (!key.enabled()) {
            throw new KmsException(KmsError.REVOKED, "The key '" + name + "' is disabled.");
        }
        if (key.versions().isEmpty()) {
            throw new KmsException(KmsError.DESTROYED, "Every version of the key '" + name + "' is destroyed.");
        }
        return key;
    }

    private SecretKey key(KeystoreEntries entries, int version) throws GeneralSecurityException {
        Optional<SecretKey> key = entries.secret(name, version);
        if (key.isPresent()) {
            return key.get();
        }
        String which = "Version " + version + " of the key '" + name + "'";
        throw entries.isDestroyed(name, version)
                ? new KmsException(KmsError.DESTROYED, which + " is gone.")
                : new KmsException(KmsError.CORRUPT, which + " was never made.");
    }

    private static KmsException classify(Throwable failure) {
        if (failure instanceof KmsException known) {
            return known;
        }
        if (failure instanceof LocalKeystoreException) {
            return new KmsException(KmsError.UNREACHABLE, failure.getMessage(), failure);
        }
        return new KmsException(KmsError.UNREACHABLE, "The keystore cannot be used.", failure);
    }
}
