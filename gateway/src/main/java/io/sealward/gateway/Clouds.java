package io.sealward.gateway;

import io.sealward.gateway.config.AwsConfig;
import io.sealward.gateway.config.AzureConfig;
import io.sealward.gateway.config.CloudsConfig;
import io.sealward.gateway.config.GcpConfig;
import io.sealward.providers.KekOpener;
import io.sealward.providers.OpenersByType;
import io.sealward.providers.TrustedCertificates;
import io.sealward.providers.aws.AwsEndpoints;
import io.sealward.providers.aws.AwsIdentity;
import io.sealward.providers.aws.AwsKek;
import io.sealward.providers.aws.AwsOpener;
import io.sealward.providers.aws.AwsSettings;
import io.sealward.providers.azure.AzureCloud;
import io.sealward.providers.azure.AzureIdentity;
import io.sealward.providers.azure.AzureKek;
import io.sealward.providers.azure.AzureOpener;
import io.sealward.providers.azure.AzureRoute;
import io.sealward.providers.gcp.GcpCloud;
import io.sealward.providers.gcp.GcpEndpoints;
import io.sealward.providers.gcp.GcpKek;
import io.sealward.providers.gcp.GcpOpener;
import io.sealward.providers.gcp.SubjectTokens;
import io.sealward.providers.local.LocalKek;
import io.sealward.providers.local.LocalOpener;
import io.sealward.providers.resilience.CallLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway's ways to its tenants' keys.
 *
 * @param owned what is closed with this
 */
record Clouds(KekOpener opener, KekOpener owned) implements AutoCloseable {
    private static final int HTTP_PORT = 80;

    /** Nothing is asked of any cloud yet. */
    static Clouds open(CloudsConfig config, Optional<DefaultKek> local) {
        Map<String, KekOpener> openers = new HashMap<>();
        local.ifPresent(kek -> openers.put(LocalKek.PROVIDER, new LocalOpener(kek.keystore())));
        config.aws().ifPresent(aws -> openers.put(AwsKek.PROVIDER, new AwsOpener(settings(aws))));
        config.azure()
                .ifPresent(azure -> openers.put(
                        AzureKek.PROVIDER,
                        new AzureOpener(
                                AzureCloud.live(identity(azure), route(azure), CallLimits.DEFAULT),
                                azure.environment())));
        config.gcp().ifPresent(gcp -> openers.put(GcpKek.PROVIDER, new GcpOpener(connect(gcp))));
        KekOpener all = new OpenersByType(openers);
        return new Clouds(all, all);
    }

    /** KEKs opened in another way, which stays its owner's to close. */
    static Clouds of(KekOpener opener) {
        return new Clouds(opener, new OpenersByType(Map.of()));
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
        owned.close();
    }
}
