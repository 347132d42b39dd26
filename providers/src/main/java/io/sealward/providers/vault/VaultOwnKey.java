package io.sealward.providers.vault;

import io.sealward.providers.BoundSecret;
import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.resilience.OwnKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Transit's decrypt under the token that Vault's own command line would use: {@code VAULT_TOKEN}, or the file
 * {@code ~/.vault-token} that a login leaves. {@code VAULT_CACERT} names the authority behind the server, in PEM. The server
 * is the one of the key's id.
 *
 * @see <a href="https://developer.hashicorp.com/vault/docs/commands#environment-variables">Vault CLI, environment</a>
 */
record VaultOwnKey(String mount, String name, VaultClient client, String token) implements OwnKey.Decryption {
    /** A namespace and the mount need not be told apart: both go in front of the operation. */
    private static final Pattern KEY =
            Pattern.compile("(https://[^/]+)/([A-Za-z0-9_/-]+)/keys/([A-Za-z0-9_-][A-Za-z0-9_.-]*)");

    static OwnKey of(String keyUrl) {
        Matcher parts = KEY.matcher(keyUrl);
        if (!parts.matches()) {
            throw new InvalidKeySpecException(
                    "transit_key_name", "'" + keyUrl + "' is not https://HOST/[NAMESPACE/]MOUNT/keys/NAME.");
        }
        VaultKeySpec.Server server = new VaultKeySpec.Server(parts.group(1), Optional.empty(), authority());
        return new OwnKey(
                VaultKek.PROVIDER,
                keyUrl,
                new VaultOwnKey(parts.group(2), parts.group(3), new VaultClient(server), found()),
                VaultFaults::of);
    }

    @Override
    public byte[] decrypt(WrappedSecret wrapped, WrapContext context) throws InterruptedException {
        byte[] bound = VaultKek.plaintext(
                client.post(mount + "/decrypt/" + name, Optional.of(token), VaultKek.decryption(wrapped, context)));
        try {
            return BoundSecret.release(bound, context);
        } finally {
            Arrays.fill(bound, (byte) 0);
        }
    }

    private static String found() {
        return Optional.ofNullable(System.getenv("VAULT_TOKEN"))
                .or(() -> read(Path.of(System.getProperty("user.home"), ".vault-token")))
                .map(String::strip)
                .orElseThrow(() -> new InvalidKeySpecException(
                        "auth_method", "Set VAULT_TOKEN, or log in to Vault: there is no ~/.vault-token."));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static Optional<String> authority() {
        return Optional.ofNullable(System.getenv("VAULT_CACERT")).map(file -> {
            try (InputStream pem = Files.newInputStream(Path.of(file))) {
                return Base64.getEncoder()
                        .encodeToString(CertificateFactory.getInstance("X.509")
                                .generateCertificate(pem)
                                .getEncoded());
            } catch (IOException | CertificateException e) {
                throw new InvalidKeySpecException(
                        "vault_ca_certificate", "VAULT_CACERT does not name a certificate that can be read: " + file);
            }
        });
    }
}
