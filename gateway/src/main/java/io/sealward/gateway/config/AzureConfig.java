package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.azure.AzureEnvironment;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who the gateway is to Azure, proved by exactly one of certificate, client secret and assertion file.
 *
 * @param applicationId client id of the multi-tenant application
 * @param certificate PEM of a certificate and its private key
 * @param assertionFile holds a token of an issuer that the application trusts; read anew each time
 * @param proxy {@code http://host[:port]} that leads to Azure; empty for the direct way
 * @param trustedCertificates PEM of the authorities behind it; empty for the Java runtime's
 */
public record AzureConfig(
        String applicationId,
        AzureEnvironment environment,
        Optional<Path> certificate,
        Optional<Secret> clientSecret,
        Optional<Path> assertionFile,
        Optional<URI> proxy,
        Optional<Path> trustedCertificates) {
    public AzureConfig {
        requireNonNull(applicationId, "applicationId");
        requireNonNull(environment, "environment");
        requireNonNull(certificate, "certificate");
        requireNonNull(clientSecret, "clientSecret");
        requireNonNull(assertionFile, "assertionFile");
        requireNonNull(proxy, "proxy");
        requireNonNull(trustedCertificates, "trustedCertificates");
    }
}
