package io.sealward.it.cloud.gcp;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.sealward.it.cloud.CertificateAuthority;
import io.sealward.it.cloud.ConnectProxy;
import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.HttpsEndpoint;
import io.sealward.it.cloud.OidcIssuer;
import io.sealward.providers.gcp.GcpCloud;
import io.sealward.providers.gcp.SubjectTokens;
import io.sealward.providers.resilience.CallLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;

/**
 * Google Cloud as far as a KEK sees it, on loopback: the Security Token Service over HTTPS and Cloud KMS over gRPC, both
 * under their real names and at private endpoints. It enforces what they enforce, so a call that succeeds here had the right token, principal, key
 * state, checksums and AAD.
 */
public final class FakeGcp implements AutoCloseable {
    private static final Duration AMPLE = Duration.ofMinutes(2);

    private final CertificateAuthority authority = new CertificateAuthority();
    private final OidcIssuer issuer = new OidcIssuer("https://accounts.google.com");
    private final FakeTokenService tokens = new FakeTokenService();
    private final FakeKms kms = new FakeKms(tokens);
    private final HttpsEndpoint tokenEndpoint =
            new HttpsEndpoint(authority, List.of(FakeTokenService.HOST, PRIVATE_HOST), tokens::answer);
    private final ConnectProxy proxy = new ConnectProxy(tokenEndpoint.address());
    private final KmsServer kmsServer = new KmsServer(kms, authority);

    static final String PRIVATE_HOST = "localhost";

    private FakeGcp() {}

    public static FakeGcp start() {
        return new FakeGcp();
    }

    /** A private endpoint of the token service. */
    public URI tokenEndpoint() {
        return URI.create(
                "https://" + PRIVATE_HOST + ":" + tokenEndpoint.address().getPort());
    }

    /** A private endpoint of Cloud KMS. */
    public URI kmsEndpoint() {
        return URI.create("https://" + PRIVATE_HOST + ":" + kmsServer.port());
    }

    /** Who signs for both. */
    public CertificateAuthority authority() {
        return authority;
    }

    /** A pool whose provider trusts {@link #issuer}. */
    public FakePool createPool(String projectNumber, String poolId, String providerId) {
        FakePool pool = new FakePool(projectNumber, poolId, providerId, issuer);
        tokens.add(pool);
        return pool;
    }

    /** From now on the pool is not known and its tokens are worth nothing. */
    public void deletePool(FakePool pool) {
        tokens.remove(pool);
    }

    /**
     * A key with one enabled version that nobody may use yet.
     *
     * @param name {@code projects/P/locations/L/keyRings/R/cryptoKeys/K}
     */
    public FakeCryptoKey createKey(String name) {
        FakeCryptoKey key = new FakeCryptoKey(name);
        kms.add(key);
        return key;
    }

    public void deleteKey(FakeCryptoKey key) {
        kms.remove(key);
    }

    /** Who signs the gateway's identity tokens. */
    public OidcIssuer issuer() {
        return issuer;
    }

    /** The gateway's identity: tokens of {@link #issuer} that live for five minutes. */
    public SubjectTokens subjectTokens(String subject) {
        return audience -> issuer.token(subject, audience, Duration.ofMinutes(5));
    }

    /** Trouble with the token exchange, and its number of calls. */
    public Faults tokenFaults() {
        return tokens.faults();
    }

    /** Trouble with Cloud KMS, and its number of calls. */
    public Faults kmsFaults() {
        return kms.faults();
    }

    /** Every request for a token is answered exactly so from now on. */
    public void answerTokens(int status, String body) {
        tokens.answerAll(status, body);
    }

    /** What happens to bytes on their way to and from Cloud KMS. */
    public void damage(WireDamage damage) {
        kms.damage(damage);
    }

    /** Every call to Cloud KMS ends so, until {@link #answerAgain}. */
    public void refuseAll(Status status) {
        kms.refuseAll(Optional.of(status.asRuntimeException()));
    }

    /** Every call to Cloud KMS is told that its API is off, until {@link #answerAgain}. */
    public void disableApi() {
        kms.refuseAll(Optional.of(KmsRefusal.serviceDisabled()));
    }

    public void answerAgain() {
        kms.refuseAll(Optional.<StatusRuntimeException>empty());
    }

    /** The road here for the real client; to be closed by the caller. */
    public GcpCloud connect(SubjectTokens subjects, CallLimits limits) {
        return connect(subjects, limits, AMPLE);
    }

    /** The same for a client that gives up each request after so long. */
    public GcpCloud connect(SubjectTokens subjects, CallLimits limits, Duration callDeadline) {
        try {
            return new GcpCloud(subjects, httpClient(), channel(), callDeadline, limits);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        proxy.close();
        tokenEndpoint.close();
        kmsServer.close();
    }

    private HttpClient httpClient() {
        return HttpClient.newBuilder()
                .proxy(ProxySelector.of(proxy.address()))
                .sslContext(authority.clientContext())
                .build();
    }

    private ManagedChannel channel() {
        TrustManager[] trust = authority.trustManagers();
        return NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), kmsServer.port()),
                        TlsChannelCredentials.newBuilder().trustManager(trust).build())
                .overrideAuthority(KmsServer.HOST)
                .build();
    }
}
