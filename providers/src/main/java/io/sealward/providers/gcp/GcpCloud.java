package io.sealward.providers.gcp;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.auth.http.HttpTransportFactory;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.KeyManagementServiceSettings;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
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
    private static final String KMS_ADDRESS = "cloudkms.googleapis.com:443";
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(3);

    private final SubjectTokens subjects;
    private final HttpTransportFactory transports;
    private final ManagedChannel channel;
    private final CallLimits limits;
    private final KeyManagementServiceClient client;

    /** Google Cloud itself. */
    public static GcpCloud live(SubjectTokens subjects, CallLimits limits) throws IOException {
        // Without a ping a connection that has died silently would hold every call until TCP gives up.
        ManagedChannel channel = Grpc.newChannelBuilder(KMS_ADDRESS, TlsChannelCredentials.create())
                .keepAliveTime(30, SECONDS)
                .keepAliveTimeout(5, SECONDS)
                .build();
        HttpClient http = HttpClient.newBuilder().connectTimeout(CALL_DEADLINE).build();
        return new GcpCloud(subjects, http, channel, limits);
    }

    /**
     * Google Cloud by another road, such as a proxy.
     *
     * @param http carries the token exchange with {@code https://sts.googleapis.com}
     * @param channel leads to Cloud KMS over TLS; closed together with this
     */
    public GcpCloud(SubjectTokens subjects, HttpClient http, ManagedChannel channel, CallLimits limits)
            throws IOException {
        this.subjects = subjects;
        TokenTransport transport = new TokenTransport(http, CALL_DEADLINE);
        this.transports = () -> transport;
        this.channel = channel;
        this.limits = limits;
        this.client = KeyManagementServiceClient.create(settings(channel));
    }

    /** The KEK that a tenant registered. Asks nothing of the cloud yet. */
    public GcpKek open(GcpKeySpec key) {
        FederatedToken token = new FederatedToken(key, key.audience(), subjects, transports);
        CallLane lane = new CallLane("gcp-" + key.kmsKeyName(), limits, GcpFaults::ofKms);
        CallLane probes = new CallLane("gcp-" + key.kmsKeyName() + "-probe", limits, GcpFaults::ofKms);
        return new GcpKek(
                key, new CloudKms(client, token), lane, probes, new GcpRegistration(key, subjects, transports, lane));
    }

    @Override
    public void close() {
        client.close();
        channel.shutdownNow();
    }

    /** The library's own retries go on for a minute against a dead KMS; ours are bounded by {@link CallLimits}. */
    private static KeyManagementServiceSettings settings(ManagedChannel channel) throws IOException {
        KeyManagementServiceSettings.Builder settings = KeyManagementServiceSettings.newBuilder()
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(
                        FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)));
        settings.encryptSettings().setRetryableCodes().setSimpleTimeoutNoRetriesDuration(CALL_DEADLINE);
        settings.decryptSettings().setRetryableCodes().setSimpleTimeoutNoRetriesDuration(CALL_DEADLINE);
        return settings.build();
    }
}
