package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The S3 store behind the gateway, and the gateway's own credential there.
 *
 * @param endpoint {@code http://host[:port]} or {@code https://host[:port]}, nothing behind it
 * @param region the region the store expects in signatures
 * @param addressing where the store looks for the bucket's name
 * @param trustedCertificates PEM of the authorities to trust for https; empty for the Java runtime's
 * @param connectTimeout for the TCP connection, and again for the TLS handshake
 * @param responseTimeout between any two bytes of an exchange
 * @param folderKeys what may be written under keys that end in {@code /}
 * @param atOnce how much it is asked to do at once
 */
public record StoreConfig(
        URI endpoint,
        String region,
        String accessKey,
        Secret secretKey,
        Addressing addressing,
        Optional<Path> trustedCertificates,
        Duration connectTimeout,
        Duration responseTimeout,
        FolderKeys folderKeys,
        AtOnce atOnce) {
    public static final String DEFAULT_REGION = "us-east-1";
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration DEFAULT_RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    /** Where the bucket's name is put in a request. */
    public enum Addressing {
        PATH,
        VIRTUAL_HOST
    }

    /** What keys that end in {@code /} are. */
    public enum FolderKeys {
        /** Empty objects, whatever the store drops of them. */
        MARKERS,
        /** Objects like any others, for a store that keeps them so. */
        OBJECTS
    }

    /**
     * How many requests the store works on at once.
     *
     * @param requests of all kinds but those
     * @param listings that list or delete many keys
     */
    public record AtOnce(int requests, int listings) {
        public static final AtOnce DEFAULT = new AtOnce(128, 8);
    }

    public StoreConfig {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(region, "region");
        requireNonNull(accessKey, "accessKey");
        requireNonNull(secretKey, "secretKey");
        requireNonNull(addressing, "addressing");
        requireNonNull(trustedCertificates, "trustedCertificates");
        requireNonNull(connectTimeout, "connectTimeout");
        requireNonNull(responseTimeout, "responseTimeout");
        requireNonNull(folderKeys, "folderKeys");
        requireNonNull(atOnce, "atOnce");
    }

    /** Path style with the default region and time-outs. */
    public static StoreConfig of(URI endpoint, String accessKey, String secretKey) {
        return new StoreConfig(
                endpoint,
                DEFAULT_REGION,
                accessKey,
                new Secret(secretKey),
                Addressing.PATH,
                Optional.empty(),
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_RESPONSE_TIMEOUT,
                FolderKeys.MARKERS,
                AtOnce.DEFAULT);
    }

    public StoreConfig withFolderKeys(FolderKeys other) {
        return new StoreConfig(
                endpoint,
                region,
                accessKey,
                secretKey,
                addressing,
                trustedCertificates,
                connectTimeout,
                responseTimeout,
                other,
                atOnce);
    }
}
