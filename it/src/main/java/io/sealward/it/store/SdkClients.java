package io.sealward.it.store;

import java.net.InetAddress;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The AWS SDK with its default options, pointed at a target. */
public final class SdkClients {
    private SdkClients() {}

    public static S3Client sync(S3Target target) {
        return builder(target).build();
    }

    /** The same, for a test that wants another option or none of the SDK's retries. */
    public static S3ClientBuilder builder(S3Target target) {
        Apache5HttpClient.Builder http = Apache5HttpClient.builder();
        target.trustedCertificate()
                .<TlsTrustManagersProvider>map(pem -> () -> PemTrust.managers(pem))
                .ifPresent(http::tlsTrustManagersProvider);
        target.domain().ifPresent(domain -> http.dnsResolver(new LoopbackNames()));
        return S3Client.builder()
                .endpointOverride(target.address())
                .region(Region.of(S3Target.REGION))
                .credentialsProvider(credentials(target))
                .forcePathStyle(target.domain().isEmpty())
                .httpClientBuilder(http);
    }

    public static S3Presigner presigner(S3Target target) {
        return S3Presigner.builder()
                .endpointOverride(target.address())
                .region(Region.of(S3Target.REGION))
                .credentialsProvider(credentials(target))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(target.domain().isEmpty())
                        .build())
                .build();
    }

    public static StaticCredentialsProvider credentials(S3Target target) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(target.accessKey(), target.secretKey()));
    }

    /** Every name is this machine: the buckets of a domain need no DNS. */
    private static final class LoopbackNames extends SystemDefaultDnsResolver {
        @Override
        public InetAddress[] resolve(String host) {
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }
    }
}
