package io.sealward.providers.aws;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The SDK's clients for one key: in the key's region, with time-outs, and without the SDK's own retries. */
record AwsClients(StsClient sts, KmsClient kms, SdkHttpClient http) implements AutoCloseable {
    /** Ends calls that take too long. Left alone, the SDK keeps five threads for each client. */
    private static final ScheduledExecutorService TIME_OUTS = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "aws-time-outs");
        thread.setDaemon(true);
        return thread;
    });

    static AwsClients of(AwsKeySpec spec, AwsSettings settings) {
        Duration attempt = settings.attemptTimeout();
        UrlConnectionHttpClient.Builder connections =
                UrlConnectionHttpClient.builder().connectionTimeout(attempt).socketTimeout(attempt);
        if (settings.endpoints() instanceof AwsEndpoints.At at) {
            at.trusted().ifPresent(trusted -> connections.tlsTrustManagersProvider(trusted::managers));
        }
        SdkHttpClient http = connections.build();
        StsClient sts = configure(StsClient.builder(), spec, settings, http)
                .credentialsProvider(new GatewayCredentials(settings.identity().credentials()))
                .build();
        // Each request brings the session's credentials; one without must not go out under the gateway's own.
        KmsClient kms = configure(KmsClient.builder(), spec, settings, http)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
        return new AwsClients(sts, kms, http);
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
            B builder, AwsKeySpec spec, AwsSettings settings, SdkHttpClient http) {
        builder.region(Region.of(spec.region())).httpClient(http).overrideConfiguration(client -> client.apiCallTimeout(
                        settings.limits().deadline())
                .apiCallAttemptTimeout(settings.attemptTimeout())
                .scheduledExecutorService(TIME_OUTS)
                .retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (settings.endpoints() instanceof AwsEndpoints.At at) {
            URI address = at.address();
            builder.endpointOverride(address);
        }
        return builder;
    }

    @Override
    public void close() {
        kms.close();
        sts.close();
        http.close();
    }
}
