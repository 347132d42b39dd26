package io.sealward.it.cloud.gcp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric CryptoKey: versions with states, of which the newest is primary, and who may use it. Thread-safe. */
public final class FakeCryptoKey {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String name;
    private final List<Version> versions = new CopyOnWriteArrayList<>();
    private final Set<String> users = ConcurrentHashMap.newKeySet();
    private final SecureRandom random = new SecureRandom();
    private volatile CountDownLatch held = new CountDownLatch(0);

    private static final class Version {
        private final SecretKeySpec key;
        private volatile VersionState state = VersionState.ENABLED;

        Version(byte[] key) {
            this.key = new SecretKeySpec(key, "AES");
        }
    }

    FakeCryptoKey(String name) {
        this.name = name;
        rotate();
    }

    public String name() {
        return name;
    }

    /** Grants useToEncrypt and useToDecrypt. */
    public FakeCryptoKey bind(String principal) {
        users.add(principal);
        return this;
    }

    /** Takes every grant away, as the removal of the last IAM binding does. */
    public void revokeBindings() {
        users.clear();
    }

    /** Makes a new version, which is primary from now on. */
    public void rotate() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        versions.add(new Version(key));
    }

    public void disable() {
        setState(VersionState.DISABLED);
    }

    public void enable() {
        setState(VersionState.ENABLED);
    }

    /** Of every version at once. */
    public void setState(VersionState state) {
        versions.forEach(version -> version.state = state);
    }

    public void setState(int version, VersionState state) {
        versions.get(version - 1).state = state;
    }

    /** Every call that uses this key waits from now on, until {@link #release}. */
    public void hold() {
        held = new CountDownLatch(1);
    }

    /** Lets every call go on, those that wait included. */
    public void release() {
        held.countDown();
    }

    void pause() {
        try {
            held.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    boolean admits(String principal) {
        return users.contains(principal);
    }

    int primary() {
        return versions.size();
    }

    String versionName(int version) {
        return name + "/cryptoKeyVersions/" + version;
    }

    VersionState state(int version) {
        return versions.get(version - 1).state;
    }

    boolean has(int version) {
        return version >= 1 && version <= versions.size();
    }

    /** The version that a ciphertext says it is of; empty if it can be none of this key. */
    Optional<Integer> versionOf(byte[] ciphertext) {
        if (ciphertext.length < Integer.BYTES + NONCE_BYTES) {
            return Optional.empty();
        }
        return Optional.of(ByteBuffer.wrap(ciphertext).getInt()).filter(this::has);
    }

    byte[] encrypt(int version, byte[] plaintext, byte[] aad) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, version, nonce, aad).doFinal(plaintext);
            return ByteBuffer.allocate(Integer.BYTES + NONCE_BYTES + sealed.length)
                    .putInt(version)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Empty if the ciphertext or the AAD is not what {@link #encrypt} saw. */
    Optional<byte[]> decrypt(int version, byte[] ciphertext, byte[] aad) {
        byte[] nonce = Arrays.copyOfRange(ciphertext, Integer.BYTES, Integer.BYTES + NONCE_BYTES);
        int sealed = Integer.BYTES + NONCE_BYTES;
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, version, nonce, aad)
                    .doFinal(ciphertext, sealed, ciphertext.length - sealed));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, int version, byte[] nonce, byte[] aad) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, versions.get(version - 1).key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(aad);
        return cipher;
    }
}
