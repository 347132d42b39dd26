package io.sealward.providers.azure;

import com.azure.security.keyvault.keys.cryptography.models.EncryptResult;
import io.sealward.providers.BoundSecret;
import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.CallLane;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/**
 * An RSA key in Azure Key Vault, used with RSA-OAEP-256 and only ever by the service. The context is bound by
 * {@link BoundSecret}.
 *
 * <p>A key that has expired refuses to wrap ({@link KmsError#MISCONFIGURED}) and still unwraps: expiry is no revocation.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/keyvault/keys/encrypt/encrypt">Key Vault REST API, Encrypt</a>
 */
public final class AzureKek implements Kek {
    public static final String PROVIDER = "azure";

    private final AzureKeySpec key;
    private final VaultKey vault;
    private final WrappingVersion current;
    private final CallLane lane;
    private final CallLane probes;
    private final AzureRegistration registration;

    AzureKek(
            AzureKeySpec key,
            VaultKey vault,
            WrappingVersion current,
            CallLane lane,
            CallLane probes,
            AzureRegistration registration) {
        this.key = key;
        this.vault = vault;
        this.current = current;
        this.lane = lane;
        this.probes = probes;
        this.registration = registration;
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public String keyId() {
        return key.keyUrl();
    }

    @Override
    public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
        Kek.requireSecret(secret);
        byte[] plaintext = BoundSecret.bind(secret, context);
        CompletionStage<WrappedSecret> wrapped = lane.run(() -> encrypt(plaintext));
        return wrapped.whenComplete((done, failed) -> Arrays.fill(plaintext, (byte) 0));
    }

    @Override
    public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
        return unwrap(lane, wrapped, context);
    }

    @Override
    public CompletionStage<Void> probe(WrappedSecret sample, WrapContext context) {
        return unwrap(probes, sample, context).thenAccept(secret -> Arrays.fill(secret, (byte) 0));
    }

    private CompletionStage<byte[]> unwrap(CallLane in, WrappedSecret wrapped, WrapContext context) {
        byte[] ciphertext = wrapped.ciphertext().clone();
        return in.run(
                () -> {
                    byte[] bound = decrypt(wrapped.keyVersion(), ciphertext);
                    try {
                        return BoundSecret.release(bound, context);
                    } finally {
                        Arrays.fill(bound, (byte) 0);
                    }
                },
                late -> Arrays.fill(late, (byte) 0));
    }

    /**
     * Proves the registration: Entra gives the gateway a token of the tenant, the key is RSA, carries the organization's
     * id and allows both operations, and encrypts and decrypts.
     *
     * @param context what the key's first wrap is bound to
     */
    public RegistrationCheck registrationCheck(WrapContext context) {
        return registration.check(this, context);
    }

    @Override
    public void close() {
        lane.close();
        probes.close();
    }

    /** A tenant may rotate and disable the old version at once, or let it expire: that ends a version, not the key. */
    private WrappedSecret encrypt(byte[] plaintext) {
        String version = current.get();
        try {
            return encrypt(version, plaintext);
        } catch (KmsException refused) {
            if (!refused.error().withdrawn() && refused.error() != KmsError.MISCONFIGURED) {
                throw refused;
            }
            String newer = current.insteadOf(version);
            if (newer.equals(version)) {
                throw refused;
            }
            return encrypt(newer, plaintext);
        }
    }

    private WrappedSecret encrypt(String version, byte[] plaintext) {
        EncryptResult answer;
        try {
            answer = vault.encrypt(version, plaintext);
        } catch (RuntimeException failure) {
            KmsException fault = AzureFaults.of(failure);
            // Nothing was encrypted yet that could be corrupt: the key cannot do what it is registered for.
            throw fault.error() == KmsError.CORRUPT
                    ? new KmsException(KmsError.MISCONFIGURED, fault.getMessage())
                    : fault;
        }
        return new WrappedSecret(key.versionOf(answer.getKeyId()), answer.getCipherText());
    }

    private byte[] decrypt(String version, byte[] ciphertext) {
        if (!AzureKeySpec.isVersion(version)) {
            throw corrupt("The wrapped secret names no version of " + key.keyUrl() + ".");
        }
        try {
            return vault.decrypt(version, ciphertext);
        } catch (RuntimeException failure) {
            KmsException fault = AzureFaults.of(failure);
            if (fault.error() != KmsError.DESTROYED) {
                throw fault;
            }
            // A version cannot be destroyed by itself: if the key is there, it never had this one.
            vault.read();
            throw corrupt(fault.getMessage());
        }
    }

    private static KmsException corrupt(String message) {
        return new KmsException(KmsError.CORRUPT, message);
    }
}
