package io.sealward.providers.gcp;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.TrustedCertificates;
import java.net.URI;
import java.util.Optional;

/**
 * Where the Security Token Service and Cloud KMS are. A matter of the operator's configuration, never of a tenant's.
 *
 * @param tokens {@code https://host[:port]} of the Security Token Service
 * @param kms {@code https://host[:port]} of Cloud KMS, which is spoken to in gRPC
 * @param trusted behind the https of both; empty for the Java runtime's authorities
 * @see <a href="https://cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints">Private Service Connect
 *     endpoints</a>
 */
public record GcpEndpoints(URI tokens, URI kms, Optional<TrustedCertificates> trusted) {
    public static final URI TOKENS = URI.create("https://sts.googleapis.com");
    public static final URI KMS = URI.create("https://cloudkms.googleapis.com");

    /** Google's own. */
    public static final GcpEndpoints PUBLIC = new GcpEndpoints(TOKENS, KMS, Optional.empty());

    private static final int HTTPS_PORT = 443;

    public GcpEndpoints {
        requireNonNull(tokens, "tokens");
        requireNonNull(kms, "kms");
        requireNonNull(trusted, "trusted");
    }

    int kmsPort() {
        return kms.getPort() < 0 ? HTTPS_PORT : kms.getPort();
    }
}
