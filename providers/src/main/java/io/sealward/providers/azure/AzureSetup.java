package io.sealward.providers.azure;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.KekOpener;
import io.sealward.providers.TrustedCertificates;
import io.sealward.providers.resilience.CallLimits;
import io.sealward.providers.setup.CloudSetup;
import io.sealward.providers.setup.OnboardingFormat;
import io.sealward.providers.setup.OperatorSettings;
import io.sealward.providers.setup.Recipient;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who the gateway is to Azure.
 *
 * @param identity the multi-tenant application, whose id stands in scripts that tenants run
 * @param environment the one of Azure's clouds that knows it
 * @param proxy {@code http://host[:port]} that leads to Azure; empty for the direct way
 * @param trustedCertificates PEM of the authorities behind it; empty for the Java runtime's
 */
public record AzureSetup(
        AzureIdentity identity, AzureEnvironment environment, Optional<URI> proxy, Optional<Path> trustedCertificates)
        implements CloudSetup {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int HTTP_PORT = 80;

    /** @throws IllegalArgumentException if the application's id is no UUID */
    public AzureSetup {
        if (!UUID.matcher(identity.clientId()).matches()) {
            throw new IllegalArgumentException("the gateway's Azure application id does not match " + UUID);
        }
        requireNonNull(environment, "environment");
        requireNonNull(proxy, "proxy");
        requireNonNull(trustedCertificates, "trustedCertificates");
    }

    /** By the direct way. */
    public static AzureSetup of(AzureIdentity identity, AzureEnvironment environment) {
        return new AzureSetup(identity, environment, Optional.empty(), Optional.empty());
    }

    static AzureSetup read(OperatorSettings azure) {
        String applicationId = azure.text("application-id", UUID, "the UUID of an application")
                .orElseThrow(() -> azure.missing("application-id"));
        AzureEnvironment environment =
                azure.choice("environment", AzureEnvironment.class).orElse(AzureEnvironment.PUBLIC);
        Optional<URI> proxy = azure.httpEndpoint("proxy");
        Optional<Path> trusted = azure.trustedCertificates(proxy.isPresent(), "proxy");
        return new AzureSetup(identity(azure, applicationId), environment, proxy, trusted);
    }

    private static AzureIdentity identity(OperatorSettings azure, String applicationId) {
        List<AzureIdentity> given = Stream.<Optional<? extends AzureIdentity>>of(
                        azure.file("certificate").map(pem -> new AzureIdentity.Certificate(applicationId, pem)),
                        azure.secret("client-secret").map(secret -> new AzureIdentity.Secret(applicationId, secret)),
                        azure.path("assertion-file")
                                .map(file -> AzureIdentity.FederatedAssertion.ofFile(applicationId, file)))
                .<AzureIdentity>flatMap(Optional::stream)
                .toList();
        if (given.size() != 1) {
            throw azure.error("", "needs exactly one of certificate, client-secret, assertion-file");
        }
        return given.get(0);
    }

    @Override
    public KekOpener connect() {
        AzureRoute route = new AzureRoute(
                proxy.map(address -> new InetSocketAddress(
                        address.getHost(), address.getPort() < 0 ? HTTP_PORT : address.getPort())),
                trustedCertificates.map(TrustedCertificates::in));
        return new AzureOpener(AzureCloud.live(identity, route, CallLimits.DEFAULT), environment);
    }

    @Override
    public String onboarding(OnboardingFormat format, Recipient recipient) {
        return AzureOnboarding.generate(this, format, recipient);
    }
}
