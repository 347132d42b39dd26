package io.sealward.providers.azure;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** How the gateway's multi-tenant application proves itself to Microsoft Entra. */
public sealed interface AzureIdentity {
    /** The application (client) id that tenants create a service principal for. */
    String clientId();

    /**
     * A certificate that the application was registered with.
     *
     * @param pem the certificate and its private key, unencrypted
     */
    record Certificate(String clientId, Path pem) implements AzureIdentity {
        public Certificate {
            requireNonNull(clientId, "clientId");
            requireNonNull(pem, "pem");
        }
    }

    /** A client secret; it does not appear in {@link #toString}. */
    record Secret(String clientId, String secret) implements AzureIdentity {
        public Secret {
            requireNonNull(clientId, "clientId");
            requireNonNull(secret, "secret");
        }

        @Override
        public String toString() {
            return "Secret[clientId=" + clientId + "]";
        }
    }

    /**
     * A token of another issuer that the application trusts, so that the gateway keeps no secret.
     *
     * @param token gives one that is valid now; may block
     */
    record FederatedAssertion(String clientId, Supplier<String> token) implements AzureIdentity {
        public FederatedAssertion {
            requireNonNull(clientId, "clientId");
            requireNonNull(token, "token");
        }

        /** A token that something else keeps fresh in a file; read anew each time. */
        public static FederatedAssertion ofFile(String clientId, Path file) {
            return new FederatedAssertion(clientId, () -> {
                try {
                    return Files.readString(file).strip();
                } catch (IOException e) {
                    throw new UncheckedIOException("The gateway's assertion " + file + " cannot be read.", e);
                }
            });
        }
    }
}
