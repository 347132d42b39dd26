package io.sealward.it.cloud.vault;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key with its versions. Of a derived one each context has a key of its own; any other ignores it. Thread-safe. */
public final class FakeTransitKey {
    private static final Pattern CIPHERTEXT = Pattern.compile("vault:v([0-9]+):(.+)");
    private static final int NONCE_BYTES = 12;

    private final String name;
    private final boolean derived;
    private final List<byte[]> versions = new ArrayList<>();
    private int minDecryptionVersion = 1;
    private boolean softDeleted;

    FakeTransitKey(String name, boolean derived) {
        this.name = name;
        this.derived = derived;
        rotate();
    }

    public String name() {
        return name;
    }

    public synchronized void rotate() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        versions.add(key);
    }

    public synchronized void setMinDecryptionVersion(int version) {
        minDecryptionVersion = version;
    }

    /** As OpenBao puts a key away and takes it back. */
    public synchronized void setSoftDeleted(boolean deleted) {
        softDeleted = deleted;
    }

    synchronized void requireInUse() throws VaultRefusal {
        if (softDeleted) {
            throw new VaultRefusal(400, "refusing to use soft-deleted key");
        }
    }

    synchronized String encrypt(byte[] plaintext, byte[] context) throws VaultRefusal {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + plaintext.length + 16);
        byte[] body = cipher(Cipher.ENCRYPT_MODE, versions.size(), nonce, plaintext, context);
        System.arraycopy(body, 0, sealed, NONCE_BYTES, body.length);
        return "vault:v" + versions.size() + ":" + Base64.getEncoder().encodeToString(sealed);
    }

    synchronized byte[] decrypt(String ciphertext, byte[] context) throws VaultRefusal {
        Matcher parts = CIPHERTEXT.matcher(ciphertext);
        if (!parts.matches()) {
            throw new VaultRefusal(400, "invalid ciphertext: no prefix");
        }
        int version = Integer.parseInt(parts.group(1));
        if (version > versions.size()) {
            throw new VaultRefusal(400, "invalid ciphertext: version is too new");
        }
        if (version < minDecryptionVersion) {
            throw new VaultRefusal(400, "ciphertext or signature version is disallowed by policy (too old)");
        }
        byte[] sealed = VaultRefusal.decode(parts.group(2), "invalid ciphertext: could not decode base64");
        if (sealed.length < NONCE_BYTES) {
            throw new VaultRefusal(400, "invalid ciphertext length");
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] body = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        return cipher(Cipher.DECRYPT_MODE, version, nonce, body, context);
    }

    private byte[] cipher(int mode, int version, byte[] nonce, byte[] input, byte[] context) throws VaultRefusal {
        try {
            byte[] key = versions.get(version - 1);
            if (derived) {
                if (context.length == 0) {
                    throw new VaultRefusal(
                            400, "missing 'context' for key derivation; the key was created using a derived key");
                }
                MessageDigest derivation = MessageDigest.getInstance("SHA-256");
                derivation.update(key);
                key = derivation.digest(context);
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException forged) {
            throw new VaultRefusal(400, "cipher: message authentication failed");
        }
    }
}
