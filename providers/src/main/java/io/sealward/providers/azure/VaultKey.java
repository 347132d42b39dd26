package io.sealward.providers.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.security.keyvault.keys.cryptography.models.EncryptResult;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The three calls of Key Vault that a tenant grants: read, encrypt, decrypt. Blocking; thread-safe.
 *
 * <p>A token outlives the service principal it was given to. So when the vault turns away a token it has taken before, the
 * call is made once more with a new one; else a service principal that is created anew would be refused for an hour.
 */
final class VaultKey {
    private final Supplier<VaultSession> sessions;
    private volatile VaultSession session;

    VaultKey(Supplier<VaultSession> sessions) {
        this.sessions = sessions;
        this.session = sessions.get();
    }

    /** Asks for a new token, whether or not there is one. */
    void authenticate() {
        sessions.get().authenticate();
    }

    /** The current version and its attributes, asked anew each time. */
    KeyVaultKey read() {
        return call(VaultSession::read);
    }

    EncryptResult encrypt(String version, byte[] plaintext) {
        return call(current -> current.encrypt(version, plaintext));
    }

    byte[] decrypt(String version, byte[] ciphertext) {
        return call(current -> current.decrypt(version, ciphertext));
    }

    private <T> T call(Function<VaultSession, T> request) {
        VaultSession used = session;
        try {
            return prove(used, request);
        } catch (HttpResponseException refused) {
            if (!VaultError.of(refused).doubtsToken() || !replace(used)) {
                throw refused;
            }
            return prove(session, request);
        }
    }

    private static <T> T prove(VaultSession used, Function<VaultSession, T> request) {
        T answer = request.apply(used);
        used.prove();
        return answer;
    }

    /** Whether there is now a session with a newer token than the one that was turned away. */
    private synchronized boolean replace(VaultSession refused) {
        if (session == refused && refused.proven()) {
            session = sessions.get();
        }
        return session != refused;
    }
}
