package io.sealward.providers.aws;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.TrustedCertificates;
import java.net.URI;
import java.util.Optional;

/** Where STS and KMS are. A matter of the operator's configuration, never of a tenant's. */
public sealed interface AwsEndpoints {
    /** AWS's own, in the region of the key. */
    static AwsEndpoints regional() {
        return new Regional();
    }

    /** One address that plays both, whatever the region: an emulator or a proxy. */
    static AwsEndpoints at(URI address) {
        return new At(address, Optional.empty());
    }

    record Regional() implements AwsEndpoints {}

    /**
     * One address for all.
     *
     * @param trusted behind its https; empty for the Java runtime's authorities
     */
    record At(URI address, Optional<TrustedCertificates> trusted) implements AwsEndpoints {
        public At {
            requireNonNull(address, "address");
            requireNonNull(trusted, "trusted");
        }
    }
}
