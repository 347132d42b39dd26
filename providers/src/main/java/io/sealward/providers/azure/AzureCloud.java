package io.sealward.providers.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.ProxyOptions;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.sealward.providers.TrustedCertificates;
import io.sealward.providers.resilience.CallLane;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;

/**
 * The way to Azure that all KEKs of a gateway share: its application and its HTTP client. Each KEK has its own credential,
 * fixed to its tenant, and its own {@linkplain CallLimits bounds}. Thread-safe.
 *
 * @param http carries both the tokens and the keys
 * @param rotationNotice within which a new version of a key is used for wrapping; zero looks it up for each
 */
public record AzureCloud(AzureIdentity identity, HttpClient http, CallLimits limits, Duration rotationNotice) {
    private static final Duration ROTATION_NOTICE = Duration.ofMinutes(5);
    private static final Duration STEP_DEADLINE = Duration.ofSeconds(3);

    /** Azure itself. */
    public static AzureCloud live(AzureIdentity identity, AzureRoute route, CallLimits limits) {
        java.net.http.HttpClient.Builder client = java.net.http.HttpClient.newBuilder();
        route.trusted().map(TrustedCertificates::context).ifPresent(client::sslContext);
        JdkHttpClientBuilder builder = new JdkHttpClientBuilder(client);
        route.proxy()
                .map(address -> new ProxyOptions(ProxyOptions.Type.HTTP, address))
                .ifPresent(builder::proxy);
        HttpClient http = builder.connectionTimeout(STEP_DEADLINE)
                .writeTimeout(STEP_DEADLINE)
                .responseTimeout(STEP_DEADLINE)
                .readTimeout(STEP_DEADLINE)
                .build();
        return new AzureCloud(identity, http, limits, ROTATION_NOTICE);
    }

    /** The KEK that a tenant registered. Asks nothing of the cloud yet. */
    public AzureKek open(AzureKeySpec key) {
        VaultKey vault = new VaultKey(() -> new VaultSession(key, TenantCredential.of(identity, key, http), http));
        CallLane lane = new CallLane("azure-" + key.keyName(), limits, AzureFaults::of);
        return new AzureKek(
                key,
                vault,
                new WrappingVersion(key, vault, rotationNotice),
                lane,
                new AzureRegistration(key, identity.clientId(), vault, lane));
    }
}
