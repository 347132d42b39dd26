package io.sealward.gateway;

import io.sealward.gateway.cloud.AwsKeks;
import io.sealward.gateway.cloud.AzureKeks;
import io.sealward.gateway.cloud.GcpKeks;
import io.sealward.gateway.cloud.LocalKeks;
import io.sealward.gateway.cloud.ProviderKeks;
import io.sealward.gateway.config.AwsConfig;
import io.sealward.gateway.config.AzureConfig;
import io.sealward.gateway.config.CloudsConfig;
import io.sealward.gateway.config.GcpConfig;
import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.KeyType;
import io.sealward.providers.TrustedCertificates;
import io.sealward.providers.aws.AwsEndpoints;
import io.sealward.providers.aws.AwsIdentity;
import io.sealward.providers.aws.AwsSettings;
import io.sealward.providers.azure.AzureCloud;
import io.sealward.providers.azure.AzureIdentity;
import io.sealward.providers.azure.AzureRoute;
import io.sealward.providers.gcp.GcpCloud;
import io.sealward.providers.gcp.GcpEndpoints;
import io.sealward.providers.gcp.SubjectTokens;
import io.sealward.providers.resilience.CallLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway's ways to its tenants' keys.
 *
 * @param gcp what has connections of its own to close
 */
record Clouds(KekOpener opener, Optional<GcpCloud> gcp) implements AutoCloseable {
    private static final int HTTP_PORT = 80;

    /** Nothing is asked of any cloud yet. */
    static Clouds open(CloudsConfig config, Optional<DefaultKek> local) {
        Map<KeyType, KekOpener> openers = new EnumMap<>(KeyType.class);
        local.ifPresent(kek -> openers.put(KeyType.LOCAL, new LocalKeks(kek.keystore())));
        config.aws().ifPresent(aws -> openers.put(KeyType.AWS, new AwsKeks(settings(aws))));
        config.azure()
                .ifPresent(azure -> openers.put(
                        KeyType.AZURE,
                        new AzureKeks(
                                AzureCloud.live(identity(azure), route(azure), CallLimits.DEFAULT),
                                azure.environment())));
        Optional<GcpCloud> gcp = config.gcp().map(Clouds::connect);
        gcp.ifPresent(cloud -> openers.put(KeyType.GCP, new GcpKeks(cloud)));
        return new Clouds(new ProviderKeks(openers), gcp);
    }

    /** KEKs opened in another way, which stays its owner's to close. */
    static Clouds of(KekOpener opener) {
        return new Clouds(opener, Optional.empty());
    }

    private static AwsSettings settings(AwsConfig config) {
        AwsIdentity identity = config.accessKey()
                .map(accessKey -> AwsIdentity.of(
                        accessKey, config.secretKey().orElseThrow().value()))
                .orElseGet(AwsIdentity::fromEnvironment);
        return AwsSettings.of(identity, endpoints(config));
    }

    private static AwsEndpoints endpoints(AwsConfig config) {
        return config.endpoint()
                .<AwsEndpoints>map(address -> new AwsEndpoints.At(address, trusted(config.trustedCertificates())))
                .orElseGet(AwsEndpoints::regional);
    }

    private static AzureRoute route(AzureConfig config) {
        return new AzureRoute(
                config.proxy()
                        .map(proxy -> new InetSocketAddress(
                                proxy.getHost(), proxy.getPort() < 0 ? HTTP_PORT : proxy.getPort())),
                trusted(config.trustedCertificates()));
    }

    private static Optional<TrustedCertificates> trusted(Optional<Path> pem) {
        try {
            return pem.map(TrustedCertificates::in);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("trusted-certificates of clouds: " + e.getMessage(), e);
        }
    }

    private static AzureIdentity identity(AzureConfig config) {
        String id = config.applicationId();
        return config.certificate()
                .<AzureIdentity>map(pem -> new AzureIdentity.Certificate(id, pem))
                .or(() -> config.clientSecret().map(secret -> new AzureIdentity.Secret(id, secret.value())))
                .or(() -> config.assertionFile().map(file -> AzureIdentity.FederatedAssertion.ofFile(id, file)))
                .orElseThrow();
    }

    private static GcpCloud connect(GcpConfig config) {
        SubjectTokens subjects =
                config.subjectTokenFile().map(SubjectTokens::ofFiles).orElseGet(SubjectTokens::ofAmbientServiceAccount);
        GcpEndpoints endpoints =
                new GcpEndpoints(config.tokenEndpoint(), config.kmsEndpoint(), trusted(config.trustedCertificates()));
        try {
            return GcpCloud.live(subjects, endpoints, CallLimits.DEFAULT);
        } catch (IOException e) {
            throw new IllegalStateException("Google Cloud cannot be called: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        gcp.ifPresent(GcpCloud::close);
    }
}
