package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.azure.AzureEnvironment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who the gateway is to Azure, proved by exactly one of the last three.
 *
 * @param applicationId client id of the multi-tenant application
 * @param certificate PEM of a certificate and its private key
 * @param assertionFile holds a token of an issuer that the application trusts; read anew each time
 */
public record AzureConfig(
        String applicationId,
        AzureEnvironment environment,
        Optional<Path> certificate,
        Optional<Secret> clientSecret,
        Optional<Path> assertionFile) {
    public AzureConfig {
        requireNonNull(applicationId, "applicationId");
        requireNonNull(environment, "environment");
        requireNonNull(certificate, "certificate");
        requireNonNull(clientSecret, "clientSecret");
        requireNonNull(assertionFile, "assertionFile");
    }
}
