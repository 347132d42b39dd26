package io.sealward.providers.local;

import io.sealward.providers.resilience.CallLimits;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A password-protected BCFKS file of AES-256 KEKs. Several processes may hold it open: each change is written to the disk
 * before the call returns, and everybody's next use sees it, so a key disabled by one is disabled for all. The file and
 * all of its content, states included, are encrypted and authenticated under the password. Thread-safe; all calls block
 * on the file.
 */
public final class LocalKeystore implements AutoCloseable {
    /** A call takes microseconds, or a fraction of a second after the file changed, while many may wait. */
    private static final CallLimits LIMITS = new CallLimits(4, 1024, 3, Duration.ofSeconds(10), Duration.ofMillis(100));

    private final KeystoreFile file;
    private final char[] password;
    private volatile Snapshot snapshot;
    private volatile boolean closed;

    private record Snapshot(KeystoreFile.Mark mark, KeystoreEntries entries) {}

    private LocalKeystore(KeystoreFile file, char[] password) {
        this.file = file;
        this.password = password;
    }

    /**
     * Opens a keystore that exists.
     *
     * @param password copied; the caller may wipe its own
     */
    public static LocalKeystore open(Path path, char[] password) throws LocalKeystoreException {
        LocalKeystore keystore =
                new LocalKeystore(new KeystoreFile(path), checked(password).clone());
        keystore.current();
        return keystore;
    }

    /** Opens a keystore, or makes an empty one, readable by its owner alone, where there is no file yet. */
    public static LocalKeystore openOrCreate(Path path, char[] password) throws LocalKeystoreException {
        KeystoreFile file = new KeystoreFile(path);
        checked(password);
        file.exclusively(() -> {
            if (!file.exists()) {
                file.replace(file.empty(), password);
            }
            return path;
        });
        return open(path, password);
    }

    /** Every key, by name, those with no version left included. */
    public List<LocalKey> list() throws LocalKeystoreException {
        return List.copyOf(current().list().values());
    }

    /** Adds a key with one version, enabled. */
    public void createKey(String name) throws LocalKeystoreException {
        if (!KeystoreEntries.NAME.matcher(name).matches()) {
            throw new LocalKeystoreException(
                    "'" + name + "' names no key: take 1 to 64 letters, digits, dots, dashes and"
                            + " underscores, the first a letter or digit.");
        }
        change((entries, edit) -> {
            if (entries.find(name).isPresent()) {
                throw new LocalKeystoreException("The keystore " + file.path() + " already has a key '" + name + "'.");
            }
            return edit.addVersion(name);
        });
    }

    /**
     * Adds a version, which wraps from now on. The older ones still unwrap.
     *
     * @return the new version's number
     */
    public int rotate(String name) throws LocalKeystoreException {
        return change((entries, edit) -> {
            existing(entries, name);
            return edit.addVersion(name);
        });
    }

    /** Stops all use of a key until {@link #enable}. */
    public void disable(String name) throws LocalKeystoreException {
        change((entries, edit) -> {
            LocalKey key = existing(entries, name);
            if (key.enabled()) {
                edit.disable(name);
            }
            return key;
        });
    }

    /** Allows a disabled key to be used again. */
    public void enable(String name) throws LocalKeystoreException {
        change((entries, edit) -> {
            LocalKey key = existing(entries, name);
            if (!key.enabled()) {
                edit.enable(name);
            }
            return key;
        });
    }

    /** Deletes one version's bytes for good: whatever it wrapped can never be read again. */
    public void destroyVersion(String name, int version) throws LocalKeystoreException {
        change((entries, edit) -> {
            LocalKey key = existing(entries, name);
            if (!key.versions().contains(version)) {
                throw new LocalKeystoreException("The key '" + name + "' has no version " + version + ".");
            }
            edit.destroy(name, version);
            return key;
        });
    }

    /** One key of this keystore as a KEK. It may be asked for before the key exists. Closing it leaves the keystore open. */
    public LocalKek kek(String name) {
        return new LocalKek(this, name, LocalKek.lane(name, LIMITS), LocalKek.lane(name + "-probe", LIMITS));
    }

    /** Forgets the password and the keys; no call works afterwards. */
    @Override
    public void close() {
        closed = true;
        snapshot = null;
        Arrays.fill(password, '\0');
    }

    /** The entries as the file holds them at this moment. Costs one look at the file's attributes if it did not change. */
    KeystoreEntries current() throws LocalKeystoreException {
        requireOpen();
        KeystoreFile.Mark now = file.mark();
        Snapshot known = snapshot;
        return known != null && known.mark().equals(now) ? known.entries() : reload();
    }

    private synchronized KeystoreEntries reload() throws LocalKeystoreException {
        // Marked before it is read: a change in between is then seen at the next call, never missed.
        KeystoreFile.Mark now = file.mark();
        Snapshot known = snapshot;
        if (known == null || !known.mark().equals(now)) {
            known = new Snapshot(now, entries(file.read(password)));
            snapshot = known;
        }
        return known.entries();
    }

    private KeystoreEntries entries(KeyStore keys) throws LocalKeystoreException {
        try {
            return new KeystoreEntries(keys, password);
        } catch (KeyStoreException broken) {
            throw new LocalKeystoreException("The keystore " + file.path() + " is damaged.", broken);
        }
    }

    @FunctionalInterface
    private interface Change<T> {
        T of(KeystoreEntries before, KeystoreEdit edit) throws KeyStoreException, LocalKeystoreException;
    }

    private <T> T change(Change<T> change) throws LocalKeystoreException {
        requireOpen();
        // Its own copy: a close in between must not replace the file under a password of zeros.
        char[] secret = password.clone();
        try {
            return file.exclusively(() -> {
                KeyStore keys = file.read(secret);
                T result = change.of(new KeystoreEntries(keys, secret), new KeystoreEdit(keys, secret));
                file.replace(keys, secret);
                return result;
            });
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private void requireOpen() throws LocalKeystoreException {
        if (closed) {
            throw new LocalKeystoreException("The keystore " + file.path() + " is closed.");
        }
    }

    private LocalKey existing(KeystoreEntries entries, String name) throws LocalKeystoreException {
        return entries.find(name)
                .orElseThrow(() ->
                        new LocalKeystoreException("The keystore " + file.path() + " has no key '" + name + "'."));
    }

    private static char[] checked(char[] password) throws LocalKeystoreException {
        if (password.length == 0) {
            throw new LocalKeystoreException("A keystore needs a password.");
        }
        return password;
    }
}
