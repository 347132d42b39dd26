package io.sealward.it.cloud.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.ProxyOptions;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.sealward.it.cloud.CertificateAuthority;
import io.sealward.it.cloud.ConnectProxy;
import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.HttpsEndpoint;
import io.sealward.it.cloud.HttpsEndpoint.Answer;
import io.sealward.it.cloud.HttpsEndpoint.Request;
import io.sealward.providers.azure.AzureCloud;
import io.sealward.providers.azure.AzureIdentity;
import io.sealward.providers.resilience.CallLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Azure as far as a KEK sees it, on loopback: Microsoft Entra, Key Vault and Managed HSM over HTTPS, under their real names. It enforces
 * what they enforce, so a call that succeeds here had the right tenant, credential, role, key state and algorithm.
 */
public final class FakeAzure implements AutoCloseable {
    private static final Duration AMPLE = Duration.ofMinutes(2);

    private final CertificateAuthority authority = new CertificateAuthority();
    private final FakeApplication application = new FakeApplication();
    private final FakeEntra entra = new FakeEntra(application);
    private final Map<String, FakeVault> vaults = new ConcurrentHashMap<>();
    private final HttpsEndpoint endpoint = new HttpsEndpoint(
            authority, List.of(FakeEntra.HOST, "*.vault.azure.net", "*.managedhsm.azure.net"), this::route);
    private final ConnectProxy proxy = new ConnectProxy(endpoint.address());

    private FakeAzure() {}

    public static FakeAzure start() {
        return new FakeAzure();
    }

    /** The id of a new directory that has no service principal of the gateway's application yet. */
    public String createTenant() {
        String tenantId = UUID.randomUUID().toString();
        entra.addTenant(tenantId);
        return tenantId;
    }

    public void createServicePrincipal(String tenantId) {
        entra.createServicePrincipal(tenantId);
    }

    public void deleteServicePrincipal(String tenantId) {
        entra.deleteServicePrincipal(tenantId);
    }

    /** A vault of a new, unique name, in which the gateway's service principal has the role it needs. */
    public FakeVault createVault(String tenantId) {
        return add(tenantId, FakeVault.Service.KEY_VAULT);
    }

    /** A managed HSM, likewise. */
    public FakeVault createManagedHsm(String tenantId) {
        return add(tenantId, FakeVault.Service.MANAGED_HSM);
    }

    private FakeVault add(String tenantId, FakeVault.Service service) {
        String name = "v" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        FakeVault vault = new FakeVault(name, service, tenantId, entra);
        vaults.put(vault.host(), vault);
        return vault;
    }

    /** The gateway's application, which is one and the same in all tenants. */
    public FakeApplication application() {
        return application;
    }

    /** Trouble with tokens, and how many were asked for. */
    public Faults tokenFaults() {
        return entra.faults();
    }

    /** Every request for a token is answered exactly so from now on. */
    public void answerTokens(int status, String body) {
        entra.answerAll(status, body);
    }

    /** Every token given out so far is worth nothing any more. */
    public void forgetTokens() {
        entra.forgetTokens();
    }

    /** An HTTP proxy that leads here, whatever the name. */
    public InetSocketAddress proxy() {
        return proxy.address();
    }

    /** Who signs for all names. */
    public CertificateAuthority authority() {
        return authority;
    }

    /** The application, proved by its secret. */
    public AzureIdentity identity() {
        return new AzureIdentity.Secret(application.clientId(), application.secret());
    }

    /**
     * The road here for the real client.
     *
     * @param rotationNotice within which a new version of a key must be noticed
     */
    public AzureCloud connect(AzureIdentity identity, CallLimits limits, Duration rotationNotice) {
        return new AzureCloud(identity, httpClient(AMPLE), limits, rotationNotice);
    }

    /** The same for a client that gives up each step of a request after so long. */
    public AzureCloud connectHurried(AzureIdentity identity, CallLimits limits, Duration stepDeadline) {
        return new AzureCloud(identity, httpClient(stepDeadline), limits, Duration.ofHours(1));
    }

    @Override
    public void close() {
        proxy.close();
        endpoint.close();
    }

    private Answer route(Request request) throws IOException {
        if (request.host().equals(FakeEntra.HOST)) {
            return entra.answer(request);
        }
        FakeVault vault = vaults.get(request.host());
        return vault == null ? Answer.json(404, Map.of()) : vault.answer(request);
    }

    HttpClient httpClient() {
        return httpClient(AMPLE);
    }

    private HttpClient httpClient(Duration stepDeadline) {
        return new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(authority.clientContext()))
                .proxy(new ProxyOptions(ProxyOptions.Type.HTTP, proxy.address()))
                .connectionTimeout(stepDeadline)
                .responseTimeout(stepDeadline)
                .readTimeout(stepDeadline)
                .build();
    }
}
