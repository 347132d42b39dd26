package io.sealward.providers.pkcs11;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.io.IOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.LoginException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login to a token: a SunPKCS11 of its own, which is thrown away when the token is lost. Blocking; thread-safe.
 *
 * <p>No key is kept from one call to the next: its handle is the library's to give to another key once this one is gone, and
 * whoever removes, renames or replaces a key should see it at once.
 */
final class TokenSession {
    private static final Logger LOG = LoggerFactory.getLogger(TokenSession.class);

    /** How SunPKCS11 prints a key; of the length it prints bytes for bits. No other way shows a key's attributes. */
    private static final Pattern AES = Pattern.compile("\\bAES secret key\\b");

    private static final Pattern LENGTH = Pattern.compile(", (32|256) bits\\b");
    private static final Pattern STAYS = Pattern.compile(" token object, sensitive, unextractable\\)$");

    private final Library library;
    private final Library.Present token;
    private final AuthProvider provider;
    private final KeyStore keys;
    private final ReentrantLock listing = new ReentrantLock();
    private final AtomicLong listingsBegun = new AtomicLong();
    /** The number of the last listing that succeeded; guarded by {@link #listing}. */
    private long listed;

    private TokenSession(Library library, Library.Present token, AuthProvider provider, KeyStore keys) {
        this.library = library;
        this.token = token;
        this.provider = provider;
        this.keys = keys;
    }

    /**
     * Finds the token and logs in.
     *
     * @throws ProviderException if the library fails
     * @throws KmsException if there is no such token
     */
    static TokenSession open(Library library, Pkcs11Setup setup) throws GeneralSecurityException, IOException {
        Library.Present token = find(library.tokens(), setup);
        AuthProvider provider = provider(library, token.slot());
        try {
            provider.login(null, callbacks -> {
                for (Callback callback : callbacks) {
                    ((PasswordCallback) callback).setPassword(setup.pin().toCharArray());
                }
            });
            if (provider.getService("Cipher", TokenWrap.CIPHER) == null) {
                throw new KmsException(KmsError.MISCONFIGURED, "The token does not do AES-GCM.");
            }
            KeyStore keys = KeyStore.getInstance("PKCS11", provider);
            TokenSession session = new TokenSession(library, token, provider, keys);
            session.list();
            return session;
        } catch (GeneralSecurityException | IOException | RuntimeException failed) {
            logOut(provider);
            throw failed;
        }
    }

    private static Library.Present find(List<Library.Present> present, Pkcs11Setup setup) {
        List<Library.Present> fitting = present.stream()
                .filter(token -> token.label().equals(setup.token()))
                .filter(token -> setup.slot().isEmpty() || setup.slot().getAsLong() == token.slot())
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw fitting.isEmpty()
                ? new KmsException(KmsError.UNREACHABLE, "The token is not there.")
                : KmsException.ofGateway("Several tokens have the label that the gateway looks for: name the slot.");
    }

    private static AuthProvider provider(Library library, long slot) {
        Provider sun = Security.getProvider("SunPKCS11");
        if (sun == null) {
            throw KmsException.ofGateway("This Java runtime has no SunPKCS11.");
        }
        // With the last line a logout closes all sessions, and nothing waits for the token's return.
        return (AuthProvider) sun.configure("--name=sealward\nlibrary=\"" + library.path() + "\"\nslot=" + slot
                + "\ndestroyTokenAfterLogout=true\n");
    }

    Provider provider() {
        return provider;
    }

    /**
     * The key of this label, of which it is certain that it is in the token and stays there.
     *
     * @throws KmsException {@link KmsError#DESTROYED} if the token has none, {@link KmsError#MISCONFIGURED} if it is of the
     *     wrong kind, or there are several
     */
    SecretKey key(String label) throws GeneralSecurityException, IOException, InterruptedException {
        long begun = listingsBegun.get();
        Key key = get(label);
        if (key == null) {
            key = getAfter(begun, label);
        }
        if (key == null) {
            // Some libraries show an empty token where there is none, so only a miss between two sights of the token
            // counts.
            requirePresent();
            begun = listingsBegun.get();
            key = getAfter(begun, label);
            if (key == null) {
                requirePresent();
                throw new KmsException(KmsError.DESTROYED, "The token has no secret key '" + label + "'.");
            }
        }
        return requireUsable(label, key);
    }

    private static SecretKey requireUsable(String label, Key key) {
        String description = key.toString();
        if (!(key instanceof SecretKey secret) || !AES.matcher(description).find()) {
            throw misconfigured(label, "is no AES key.");
        }
        if (!LENGTH.matcher(description).find()) {
            throw misconfigured(label, "has not 256 bits.");
        }
        if (key.getFormat() != null || !STAYS.matcher(description).find()) {
            throw misconfigured(label, "can leave the token. It must be sensitive and not extractable.");
        }
        return secret;
    }

    private Key get(String label) throws GeneralSecurityException {
        try {
            return keys.getKey(label, null);
        } catch (GeneralSecurityException | ProviderException failure) {
            if (shared(failure)) {
                throw misconfigured(label, "is not the only one of its label.");
            }
            throw failure;
        }
    }

    private void requirePresent() {
        if (!library.holds(token)) {
            throw new KmsException(KmsError.UNREACHABLE, "The token is not there any more.");
        }
    }

    /** The key as a listing later than the first {@code others} shows it; however many calls miss a key, one listing follows. */
    private Key getAfter(long others, String label) throws GeneralSecurityException, IOException, InterruptedException {
        listing.lockInterruptibly();
        try {
            if (listed <= others) {
                list();
            }
        } finally {
            listing.unlock();
        }
        return get(label);
    }

    private void list() throws GeneralSecurityException, IOException {
        try {
            long number = listingsBegun.incrementAndGet();
            keys.load(null, null);
            listed = number;
        } catch (IOException failure) {
            if (shared(failure)) {
                LOG.error(
                        "SunPKCS11 uses no key of the token: {}",
                        failure.getCause().getMessage());
                throw KmsException.ofGateway("Two keys of the token have the same label.");
            }
            throw failure;
        }
    }

    private static boolean shared(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KeyStoreException
                    && String.valueOf(cause.getMessage()).contains("CKA_LABEL")) {
                return true;
            }
        }
        return false;
    }

    private static KmsException misconfigured(String label, String flaw) {
        return new KmsException(KmsError.MISCONFIGURED, "The key '" + label + "' of the token " + flaw);
    }

    /** Closes the sessions; with the last one the login ends, whatever becomes of it here. */
    void close() {
        logOut(provider);
    }

    private static void logOut(AuthProvider provider) {
        try {
            provider.logout();
        } catch (LoginException | RuntimeException gone) {
            LOG.debug("the logout failed: {}", gone.toString());
        }
    }
}
