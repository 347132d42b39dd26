package io.sealward.providers.azure;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.TrustedCertificates;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How the directory and the vaults are reached, which keep their own names. A matter of the operator's configuration, never
 * of a tenant's.
 *
 * @param proxy an HTTP proxy (CONNECT, RFC 9110, 9.3.6) that leads to them; empty for the direct way
 * @param trusted behind their https; empty for the Java runtime's authorities
 */
public record AzureRoute(Optional<InetSocketAddress> proxy, Optional<TrustedCertificates> trusted) {
    public static final AzureRoute DIRECT = new AzureRoute(Optional.empty(), Optional.empty());

    public AzureRoute {
        requireNonNull(proxy, "proxy");
        requireNonNull(trusted, "trusted");
    }
}
