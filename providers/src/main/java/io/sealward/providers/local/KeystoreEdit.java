package io.sealward.providers.local;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import javax.crypto.spec.SecretKeySpec;

/** Changes to a loaded keystore that only its one writer sees, in the entries that {@link KeystoreEntries} describes. */
final class KeystoreEdit {
    private static final int KEY_BYTES = 32;

    private final KeyStore keys;
    private final char[] password;

    KeystoreEdit(KeyStore keys, char[] password) {
        this.keys = keys;
        this.password = password;
    }

    int addVersion(String name) throws KeyStoreException {
        int next = 1;
        while (keys.containsAlias(KeystoreEntries.version(name, next))
                || keys.containsAlias(KeystoreEntries.destroyed(name, next))) {
            next++;
        }
        putRandom(KeystoreEntries.version(name, next));
        return next;
    }

    void disable(String name) throws KeyStoreException {
        putRandom(KeystoreEntries.disabled(name));
    }

    void enable(String name) throws KeyStoreException {
        keys.deleteEntry(KeystoreEntries.disabled(name));
    }

    void destroy(String name, int version) throws KeyStoreException {
        keys.deleteEntry(KeystoreEntries.version(name, version));
        putRandom(KeystoreEntries.destroyed(name, version));
    }

    private void putRandom(String alias) throws KeyStoreException {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        keys.setKeyEntry(alias, new SecretKeySpec(bytes, "AES"), password, null);
    }
}
