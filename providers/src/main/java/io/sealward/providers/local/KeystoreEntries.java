package io.sealward.providers.local;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
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

/**
 * The keys and states inside one loaded keystore. A version of a key is the entry {@code name/version}. That a key is
 * disabled, or a version destroyed, is an entry too, so that the keystore's own integrity check covers it: a
 * {@code name/disabled} or {@code name/version/destroyed} that holds a key nobody uses. A destroyed version keeps its
 * number, which no later version may take. Thread-safe.
 */
final class KeystoreEntries {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern VERSION = Pattern.compile("([^/]+)/([1-9][0-9]{0,8})(/destroyed)?");

    private final KeyStore keys;
    private final char[] password;
    private final SortedMap<String, LocalKey> listed;
    private final Map<String, SecretKey> secrets = new ConcurrentHashMap<>();

    KeystoreEntries(KeyStore keys, char[] password) throws KeyStoreException {
        this.keys = keys;
        this.password = password;
        listed = list(keys);
    }

    static String disabled(String name) {
        return name + "/disabled";
    }

    static String version(String name, int version) {
        return name + "/" + version;
    }

    static String destroyed(String name, int version) {
        return version(name, version) + "/destroyed";
    }

    SortedMap<String, LocalKey> list() {
        return listed;
    }

    /** The key's state; empty if the keystore never held it. */
    Optional<LocalKey> find(String name) {
        return Optional.ofNullable(listed.get(name));
    }

    /** The bytes of one version; empty if it is not there, or no longer. */
    Optional<SecretKey> secret(String name, int version) throws GeneralSecurityException {
        String alias = version(name, version);
        SecretKey known = secrets.get(alias);
        return known == null ? read(alias) : Optional.of(known);
    }

    boolean isDestroyed(String name, int version) throws KeyStoreException {
        return keys.containsAlias(destroyed(name, version));
    }

    /** Deriving the key that protects an entry takes tens of milliseconds, so each is read once. */
    private synchronized Optional<SecretKey> read(String alias) throws GeneralSecurityException {
        Key key = keys.getKey(alias, password);
        if (key instanceof SecretKey secret) {
            secrets.put(alias, secret);
            return Optional.of(secret);
        }
        return Optional.empty();
    }

    private static SortedMap<String, LocalKey> list(KeyStore keys) throws KeyStoreException {
        SortedMap<String, TreeSet<Integer>> versions = new TreeMap<>();
        for (String alias : Collections.list(keys.aliases())) {
            Matcher version = VERSION.matcher(alias);
            if (version.matches()) {
                TreeSet<Integer> live = versions.computeIfAbsent(version.group(1), first -> new TreeSet<>());
                if (version.group(3) == null) {
                    live.add(Integer.valueOf(version.group(2)));
                }
            }
        }
        SortedMap<String, LocalKey> found = new TreeMap<>();
        for (Map.Entry<String, TreeSet<Integer>> key : versions.entrySet()) {
            String name = key.getKey();
            found.put(name, new LocalKey(name, !keys.containsAlias(disabled(name)), key.getValue()));
        }
        return Collections.unmodifiableSortedMap(found);
    }
}
