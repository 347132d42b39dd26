package io.sealward.providers.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.models.EncryptResult;
import com.azure.security.keyvault.keys.cryptography.models.EncryptionAlgorithm;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One credential and the clients that carry its token. The service does the arithmetic, always: a client that keeps the
 * public key would go on encrypting after the key is disabled. Blocking; thread-safe.
 */
final class VaultSession {
    private static final int MAX_VERSIONS = 16;

    private final AzureKeySpec key;
    private final TokenCredential credential;
    private final HttpClient http;
    private final KeyClient reader;
    private final Map<String, CryptographyClient> clients = new LinkedHashMap<>(MAX_VERSIONS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CryptographyClient> eldest) {
            return size() > MAX_VERSIONS;
        }
    };
    private volatile boolean proven;

    VaultSession(AzureKeySpec key, TokenCredential credential, HttpClient http) {
        this.key = key;
        this.credential = credential;
        this.http = http;
        this.reader = new KeyClientBuilder()
                .vaultUrl(key.vaultUri())
                .credential(credential)
                .httpClient(http)
                .retryOptions(TenantCredential.NO_RETRIES)
                .addPolicy(new WellFormedReplies())
                .buildClient();
    }

    /** Whether the vault has taken this session's token before. */
    boolean proven() {
        return proven;
    }

    void prove() {
        proven = true;
    }

    void authenticate() {
        credential.getTokenSync(
                new TokenRequestContext().addScopes(key.service().tokenScope(key.environment())));
    }

    KeyVaultKey read() {
        return reader.getKey(key.keyName());
    }

    EncryptResult encrypt(String version, byte[] plaintext) {
        return client(version).encrypt(EncryptionAlgorithm.RSA_OAEP_256, plaintext);
    }

    byte[] decrypt(String version, byte[] ciphertext) {
        return client(version)
                .decrypt(EncryptionAlgorithm.RSA_OAEP_256, ciphertext)
                .getPlainText();
    }

    private CryptographyClient client(String version) {
        synchronized (clients) {
            return clients.computeIfAbsent(version, this::newClient);
        }
    }

    private CryptographyClient newClient(String version) {
        return new CryptographyClientBuilder()
                .keyIdentifier(key.keyUrl() + "/" + version)
                .credential(credential)
                .httpClient(http)
                .retryOptions(TenantCredential.NO_RETRIES)
                .addPolicy(new WellFormedReplies())
                .disableKeyCaching()
                .buildClient();
    }
}
