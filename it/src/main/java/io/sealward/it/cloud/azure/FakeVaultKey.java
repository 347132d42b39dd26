package io.sealward.it.cloud.azure;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** A key of a vault: its versions, of which the newest is current, and the attributes that all of them share; expiry is each one's own. */
public final class FakeVaultKey {
    private static final OAEPParameterSpec OAEP_256 =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private final String name;
    private final Map<String, KeyPair> versions = new ConcurrentHashMap<>();
    private final Map<String, Boolean> disabled = new ConcurrentHashMap<>();
    private volatile String current = "";
    private volatile String keyType = "RSA";
    private volatile List<String> operations = List.of("encrypt", "decrypt");
    private volatile Optional<Instant> notBefore = Optional.empty();
    private final Map<String, Instant> expires = new ConcurrentHashMap<>();

    FakeVaultKey(String name) {
        this.name = name;
        rotate();
    }

    public String name() {
        return name;
    }

    public String currentVersion() {
        return current;
    }

    /** A new version, current from now on. */
    public String rotate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            String version = UUID.randomUUID().toString().replace("-", "");
            versions.put(version, generator.generateKeyPair());
            current = version;
            return version;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Every version at once. */
    public void disable() {
        versions.keySet().forEach(this::disable);
    }

    public void disable(String version) {
        disabled.put(version, true);
    }

    public void enable() {
        disabled.clear();
    }

    public void setOperations(List<String> allowed) {
        operations = allowed;
    }

    /** What the vault says it is; the arithmetic stays RSA. */
    public void setKeyType(String type) {
        keyType = type;
    }

    public void setNotBefore(Instant instant) {
        notBefore = Optional.of(instant);
    }

    /** Of one version; a later one has its own. */
    public void setExpires(String version, Instant instant) {
        expires.put(version, instant);
    }

    boolean has(String version) {
        return versions.containsKey(version);
    }

    boolean isDisabled(String version) {
        return disabled.containsKey(version);
    }

    boolean allows(String operation) {
        return operations.contains(operation);
    }

    boolean isEarly() {
        return notBefore.filter(instant -> instant.isAfter(Instant.now())).isPresent();
    }

    boolean isExpired(String version) {
        return expires.getOrDefault(version, Instant.MAX).isBefore(Instant.now());
    }

    /** The public half as a JSON web key, as Key Vault shows it. */
    Map<String, Object> jsonWebKey(String kid, String version) {
        RSAPublicKey key = (RSAPublicKey) versions.get(version).getPublic();
        return Map.of(
                "kid", kid,
                "kty", keyType,
                "key_ops", operations,
                "n", Base64Url.encode(unsigned(key.getModulus())),
                "e", Base64Url.encode(unsigned(key.getPublicExponent())));
    }

    byte[] encrypt(String version, byte[] plaintext) throws GeneralSecurityException {
        return cipher(Cipher.ENCRYPT_MODE, version).doFinal(plaintext);
    }

    byte[] decrypt(String version, byte[] ciphertext) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, version).doFinal(ciphertext);
    }

    private Cipher cipher(int mode, String version) throws GeneralSecurityException {
        KeyPair pair = versions.get(version);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(mode, mode == Cipher.ENCRYPT_MODE ? pair.getPublic() : pair.getPrivate(), OAEP_256);
        return cipher;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
