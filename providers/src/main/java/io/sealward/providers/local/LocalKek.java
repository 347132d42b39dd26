package io.sealward.providers.local;

import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.crypto.SecretKey;

/**
 * One key of a {@link LocalKeystore}. Wraps with its newest version, unwraps with the one that the ciphertext names. A
 * disabled key is {@link KmsError#REVOKED}, a missing key or version {@link KmsError#DESTROYED}, a keystore that can not
 * be read {@link KmsError#UNREACHABLE}.
 */
public final class LocalKek implements Kek {
    public static final String PROVIDER = "local";

    private final LocalKeystore keystore;
    private final String name;
    private final Executor executor;

    LocalKek(LocalKeystore keystore, String name, Executor executor) {
        this.keystore = keystore;
        this.name = name;
        this.executor = executor;
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
        if (secret.length == 0 || secret.length > MAX_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret has 1 to " + MAX_SECRET_BYTES + " bytes");
        }
        byte[] own = secret.clone();
        return run(() -> {
            try {
                return wrapNow(own, context);
            } finally {
                Arrays.fill(own, (byte) 0);
            }
        });
    }

    @Override
    public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
        return run(() -> unwrapNow(wrapped, context));
    }

    /** Nothing to let go of: the keystore and the executor are their owners'. */
    @Override
    public void close() {}

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
        return entries.secret(name, version)
                .orElseThrow(() -> new KmsException(
                        KmsError.DESTROYED, "Version " + version + " of the key '" + name + "' is gone."));
    }

    private <T> CompletionStage<T> run(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    result.complete(call.call());
                } catch (Throwable failure) { // somebody waits for the answer
                    result.completeExceptionally(classify(failure));
                }
            });
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(
                    new KmsException(KmsError.THROTTLED, "Too many calls to the key '" + name + "' are waiting."));
        }
        return result.minimalCompletionStage();
    }

    private KmsException classify(Throwable failure) {
        if (failure instanceof KmsException known) {
            return known;
        }
        if (failure instanceof LocalKeystoreException) {
            return new KmsException(KmsError.UNREACHABLE, failure.getMessage(), failure);
        }
        return new KmsException(KmsError.UNREACHABLE, "The key '" + name + "' can not be used.", failure);
    }
}
