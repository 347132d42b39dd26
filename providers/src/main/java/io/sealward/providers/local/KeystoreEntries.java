package io.sealward.providers.local;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys and states inside one loaded keystore. A version of a key is the entry {@code name/version}. That a key is
 * disabled, or a version destroyed, is an entry too, so that the keystore's own integrity check covers it: a
 * {@code name/disabled} or {@code name/version/destroyed} that holds a key nobody uses. A destroyed version keeps its
 * number, which no later version may take.
 */
final class KeystoreEntries {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern VERSION = Pattern.compile("([^/]+)/([1-9][0-9]{0,8})(/destroyed)?");
    private static final String DISABLED = "/disabled";
    private static final int KEY_BYTES = 32;

    private final KeyStore keys;
    private final char[] password;
    /** Deriving the key that protects an entry takes a noticeable part of a second, so each is read once. */
    private final Map<String, SecretKey> read = new ConcurrentHashMap<>();

    KeystoreEntries(KeyStore keys, char[] password) {
        this.keys = keys;
        this.password = password;
    }

    KeyStore keys() {
        return keys;
    }

    SortedMap<String, LocalKey> list() throws KeyStoreException {
        SortedMap<String, LocalKey> found = new TreeMap<>();
        for (String alias : Collections.list(keys.aliases())) {
            Matcher version = VERSION.matcher(alias);
            if (version.matches()) {
                String name = version.group(1);
                TreeSet<Integer> versions = new TreeSet<>();
                if (found.containsKey(name)) {
                    versions.addAll(found.get(name).versions());
                }
                if (version.group(3) == null) {
                    versions.add(Integer.valueOf(version.group(2)));
                }
                found.put(name, new LocalKey(name, !keys.containsAlias(name + DISABLED), versions));
            }
        }
        return found;
    }

    /** The key's state; empty if the keystore never held it. */
    Optional<LocalKey> find(String name) throws KeyStoreException {
        return Optional.ofNullable(list().get(name));
    }

    /** The bytes of one version; empty if it is not there, or no longer. */
    Optional<SecretKey> secret(String name, int version) throws GeneralSecurityException {
        String alias = name + "/" + version;
        SecretKey known = read.get(alias);
        if (known == null) {
            Key key = keys.getKey(alias, password);
            if (key == null) {
                return Optional.empty();
            }
            known = (SecretKey) key;
            read.put(alias, known);
        }
        return Optional.of(known);
    }

    int addVersion(String name) throws KeyStoreException {
        int next = 1;
        while (keys.containsAlias(name + "/" + next) || keys.containsAlias(name + "/" + next + "/destroyed")) {
            next++;
        }
        putRandom(name + "/" + next);
        return next;
    }

    void disable(String name) throws KeyStoreException {
        if (!keys.containsAlias(name + DISABLED)) {
            putRandom(name + DISABLED);
        }
    }

    void enable(String name) throws KeyStoreException {
        keys.deleteEntry(name + DISABLED);
    }

    void destroy(String name, int version) throws KeyStoreException {
        keys.deleteEntry(name + "/" + version);
        putRandom(name + "/" + version + "/destroyed");
    }

    private void putRandom(String alias) throws KeyStoreException {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        keys.setKeyEntry(alias, new SecretKeySpec(bytes, "AES"), password, null);
    }
}
