package io.sealward.providers.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.ProxyOptions;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.models.EncryptionAlgorithm;
import io.sealward.providers.BoundSecret;
import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.OwnKey;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * Key Vault's decrypt under the credentials that the SDK's default chain finds.
 *
 * @see <a href="https://learn.microsoft.com/azure/developer/java/sdk/authentication/credential-chains">Credential chains</a>
 */
record AzureOwnKey(String keyUrl, TokenCredential credential, HttpClient http) implements OwnKey.Decryption {
    static OwnKey of(String keyUrl) {
        int name = keyUrl.indexOf("/keys/");
        if (name < 0 || !AzureKeySpec.isVault(keyUrl.substring(0, name)) || keyUrl.indexOf('/', name + 6) >= 0) {
            throw new InvalidKeySpecException(
                    "key_name", "'" + keyUrl + "' is not the URL of a key in Azure Key Vault, without its version.");
        }
        JdkHttpClientBuilder connections = new JdkHttpClientBuilder();
        Optional.ofNullable(System.getenv("HTTPS_PROXY")) // which this client does not heed by itself
                .map(URI::create)
                .ifPresent(proxy -> connections.proxy(new ProxyOptions(
                        ProxyOptions.Type.HTTP, new InetSocketAddress(proxy.getHost(), proxy.getPort()))));
        HttpClient http = connections.build();
        TokenCredential credential = new DefaultAzureCredentialBuilder()
                .httpClient(http)
                .disableInstanceDiscovery() // AZURE_AUTHORITY_HOST is believed
                .build();
        return new OwnKey(AzureKek.PROVIDER, keyUrl, new AzureOwnKey(keyUrl, credential, http), AzureFaults::of);
    }

    @Override
    public byte[] decrypt(WrappedSecret wrapped, WrapContext context) {
        if (!AzureKeySpec.isVersion(wrapped.keyVersion())) {
            throw new KmsException(KmsError.CORRUPT, "The wrapped secret names no version of " + keyUrl + ".");
        }
        byte[] bound = new CryptographyClientBuilder()
                .keyIdentifier(keyUrl + "/" + wrapped.keyVersion())
                .credential(credential)
                .httpClient(http)
                .retryOptions(TenantCredential.NO_RETRIES)
                .disableKeyCaching()
                .buildClient()
                .decrypt(EncryptionAlgorithm.RSA_OAEP_256, wrapped.ciphertext())
                .getPlainText();
        try {
            return BoundSecret.release(bound, context);
        } finally {
            Arrays.fill(bound, (byte) 0);
        }
    }
}
