package io.sealward.providers.gcp;

import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.KeyManagementServiceSettings;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.OwnKey;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Cloud KMS Decrypt under the application default credentials.
 *
 * @see <a href="https://cloud.google.com/docs/authentication/application-default-credentials">Application default credentials</a>
 */
final class GcpOwnKey implements OwnKey.Decryption {
    private static final Pattern NAME =
            Pattern.compile("projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+");

    /** Where Cloud KMS is, if not at its public address: gcloud's own name for the setting. */
    private static final String ENDPOINT = "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS";

    private final String name;
    private Optional<KeyManagementServiceClient> client = Optional.empty();

    private GcpOwnKey(String name) {
        this.name = name;
    }

    static OwnKey of(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidKeySpecException(
                    "kms_key_name", "'" + name + "' is not the resource name of a CryptoKey.");
        }
        return new OwnKey(GcpKek.PROVIDER, name, new GcpOwnKey(name), GcpFaults::ofKms);
    }

    @Override
    public byte[] decrypt(WrappedSecret wrapped, WrapContext context) {
        ByteString aad = UnsafeByteOperations.unsafeWrap(context.canonicalBytes());
        return GcpKek.plaintext(
                client().decrypt(GcpKek.decryptRequest(name, ByteString.copyFrom(wrapped.ciphertext()), aad)));
    }

    private synchronized KeyManagementServiceClient client() {
        if (client.isEmpty()) {
            client = Optional.of(connect());
        }
        return client.get();
    }

    private static KeyManagementServiceClient connect() {
        KeyManagementServiceSettings.Builder settings = KeyManagementServiceSettings.newBuilder();
        Optional.ofNullable(System.getenv(ENDPOINT))
                .map(URI::create)
                .ifPresent(place ->
                        settings.setEndpoint(place.getHost() + ":" + (place.getPort() < 0 ? 443 : place.getPort())));
        try {
            return KeyManagementServiceClient.create(settings.build());
        } catch (IOException e) {
            throw new KmsException(KmsError.MISCONFIGURED, e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        client.ifPresent(KeyManagementServiceClient::close);
    }
}
