package io.sealward.gateway.recovery;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** What lies under a prefix of a bucket of an S3 store. */
public final class ObjectsInStore implements StoredObjects {
    private static final Pattern ADDRESS = Pattern.compile("s3://([^/]+)/?(.*)", Pattern.DOTALL);

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    ObjectsInStore(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Whether this is an address of a store. */
    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /**
     * Reads with the credential in {@code SEALWARD_STORE_ACCESS_KEY} and {@code SEALWARD_STORE_SECRET_KEY}, else with what AWS's
     * default chain finds. Asks nothing yet.
     *
     * @param address {@code s3://BUCKET/PREFIX}
     * @param endpoint of the store; empty for AWS S3, or what {@code AWS_ENDPOINT_URL_S3} says
     */
    public static ObjectsInStore at(String address, Optional<URI> endpoint) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new RecoveryException(address + " is not s3://BUCKET/PREFIX");
        }
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED) // frames verify
                .region(region())
                .credentialsProvider(credentials());
        endpoint.ifPresent(ObjectsInStore::requireUrl);
        endpoint.ifPresent(place -> builder.endpointOverride(place).forcePathStyle(true));
        return new ObjectsInStore(builder.build(), parts.group(1), parts.group(2));
    }

    private static void requireUrl(URI endpoint) {
        if (endpoint.getHost() == null || !Set.of("http", "https").contains(endpoint.getScheme())) {
            throw new RecoveryException(endpoint + " is not http://HOST[:PORT] or https://HOST[:PORT]");
        }
    }

    public String bucket() {
        return bucket;
    }

    @Override
    public Stream<Listed> list() {
        return client
                .listObjectsV2Paginator(
                        list -> list.bucket(bucket).prefix(prefix).encodingType(EncodingType.URL))
                .stream()
                .map(goingOn())
                .flatMap(page -> page.contents().stream())
                .map(object -> new Listed(Optional.ofNullable(object.key()).orElse(""), time(object.lastModified())));
    }

    /** A list that breaks off would be taken for all there is, and one that comes back to the same place has no end. */
    private UnaryOperator<ListObjectsV2Response> goingOn() {
        AtomicReference<String> before = new AtomicReference<>();
        return page -> {
            String next = page.nextContinuationToken();
            if (Boolean.TRUE.equals(page.isTruncated()) && (next == null || next.equals(before.getAndSet(next)))) {
                throw new RecoveryException("the store's list of " + bucket + " has more, and does not go on");
            }
            return page;
        };
    }

    /** The store may leave it out. */
    private static Instant time(Instant modified) {
        return Optional.ofNullable(modified).orElse(Instant.EPOCH);
    }

    @Override
    public Fetched fetch(String key) {
        ResponseInputStream<GetObjectResponse> object =
                client.getObject(get -> get.bucket(bucket).key(key));
        return new Fetched(
                time(object.response().lastModified()), object.response().metadata(), object);
    }

    @Override
    public void close() {
        client.close();
    }

    private static AwsCredentialsProvider credentials() {
        Map<String, String> environment = System.getenv();
        String access = environment.get("SEALWARD_STORE_ACCESS_KEY");
        String secret = environment.get("SEALWARD_STORE_SECRET_KEY");
        return access == null || secret == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(access, secret));
    }

    /** Stores other than AWS take any. */
    private static Region region() {
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkClientException none) {
            return Region.US_EAST_1;
        }
    }
}
