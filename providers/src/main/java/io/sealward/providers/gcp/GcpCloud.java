package io.sealward.providers.gcp;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.KeyManagementServiceSettings;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.sealward.providers.TrustedCertificates;
import io.sealward.providers.resilience.CallLane;
import io.sealward.providers.resilience.CallLimits;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * The way to Google Cloud that all KEKs of a gateway share: its identity, a channel to Cloud KMS and one to the token
 * service. Each KEK has its own token and its own {@linkplain CallLimits bounds}. Thread-safe.
 */
public final class GcpCloud implements AutoCloseable {
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(3);

    private final SubjectTokens subjects;
    private final TokenExchange exchange;
    private final ManagedChannel channel;
    private final CallLimits limits;
    private final KeyManagementServiceClient client;

    /** Google Cloud itself, or private endpoints of it. */
    public static GcpCloud live(SubjectTokens subjects, GcpEndpoints endpoints, CallLimits limits) throws IOException {
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        endpoints.trusted().map(TrustedCertificates::managers).ifPresent(tls::trustManager);
        // Without a ping a connection that has died silently would hold every call until TCP gives up.
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                        endpoints.kms().getHost(), endpoints.kmsPort(), tls.build())
                .keepAliveTime(30, SECONDS)
                .keepAliveTimeout(5, SECONDS)
                .build();
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(CALL_DEADLINE);
        endpoints.trusted().map(TrustedCertificates::context).ifPresent(http::sslContext);
        TokenTransport transport = new TokenTransport(http.build(), CALL_DEADLINE);
        return new GcpCloud(subjects, TokenExchange.at(endpoints.tokens(), transport), channel, CALL_DEADLINE, limits);
    }

    /**
     * Google Cloud by another road, such as a proxy.
     *
     * @param http carries the token exchange with {@code https://sts.googleapis.com}
     * @param channel leads to Cloud KMS over TLS; closed together with this
     * @param callDeadline of one request to either
     */
    public GcpCloud(
            SubjectTokens subjects, HttpClient http, ManagedChannel channel, Duration callDeadline, CallLimits limits)
            throws IOException {
        this(
                subjects,
                TokenExchange.at(GcpEndpoints.TOKENS, new TokenTransport(http, callDeadline)),
                channel,
                callDeadline,
                limits);
    }

    private GcpCloud(
            SubjectTokens subjects,
            TokenExchange exchange,
            ManagedChannel channel,
            Duration callDeadline,
            CallLimits limits)
            throws IOException {
        this.subjects = subjects;
        this.exchange = exchange;
        this.channel = channel;
        this.limits = limits;
        this.client = KeyManagementServiceClient.create(settings(channel, callDeadline));
    }

    /** The KEK that a tenant registered. Asks nothing of the cloud yet. */
    public GcpKek open(GcpKeySpec key) {
        FederatedToken token = new FederatedToken(key, key.audience(), subjects, exchange);
        CallLane lane = new CallLane("gcp-" + key.kmsKeyName(), limits, GcpFaults::ofKms);
        CallLane probes = new CallLane("gcp-" + key.kmsKeyName() + "-probe", limits, GcpFaults::ofKms);
        return new GcpKek(
                key, new CloudKms(client, token), lane, probes, new GcpRegistration(key, subjects, exchange, lane));
    }

    @Override
    public void close() {
        client.close();
        channel.shutdownNow();
    }

    /** The library's own retries go on for a minute against a dead KMS; ours are bounded by {@link CallLimits}. */
    private static KeyManagementServiceSettings settings(ManagedChannel channel, Duration callDeadline)
            throws IOException {
        KeyManagementServiceSettings.Builder settings = KeyManagementServiceSettings.newBuilder()
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(
                        FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)));
        settings.encryptSettings().setRetryableCodes().setSimpleTimeoutNoRetriesDuration(callDeadline);
        settings.decryptSettings().setRetryableCodes().setSimpleTimeoutNoRetriesDuration(callDeadline);
        return settings.build();
    }
}
