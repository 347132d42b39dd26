package io.sealward.gateway.store;

import static java.util.Objects.requireNonNull;

import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the store is and how to talk to it.
 *
 * @param host name or address
 * @param tls empty for plain http
 * @param pathStyle bucket in the path, not in the host name
 * @param connectTimeout for the TCP connection, and again for the TLS handshake
 * @param responseTimeout the longest silence while the store owes bytes
 * @param idleTimeout how long an unused connection is kept; shorter than the store's own
 * @param folderKeys what it keeps under keys that end in {@code /}
 * @param requestsAtOnce how many it works on at once
 * @param listingsAtOnce the same of those that list or delete many keys
 */
public record StoreSettings(
        String host,
        int port,
        Optional<SslContext> tls,
        boolean pathStyle,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration idleTimeout,
        FolderKeys folderKeys,
        int requestsAtOnce,
        int listingsAtOnce) {
    public StoreSettings {
        requireNonNull(host, "host");
        requireNonNull(tls, "tls");
        requireNonNull(folderKeys, "folderKeys");
    }

    /**
     * A store that may keep nothing under keys that end in {@code /} but that they are there, and that takes as many requests
     * at once as there are.
     */
    public StoreSettings(
            String host,
            int port,
            Optional<SslContext> tls,
            boolean pathStyle,
            Duration connectTimeout,
            Duration responseTimeout,
            Duration idleTimeout) {
        this(
                host,
                port,
                tls,
                pathStyle,
                connectTimeout,
                responseTimeout,
                idleTimeout,
                FolderKeys.MARKERS,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE);
    }

    public StoreSettings withFolderKeys(FolderKeys other) {
        return new StoreSettings(
                host,
                port,
                tls,
                pathStyle,
                connectTimeout,
                responseTimeout,
                idleTimeout,
                other,
                requestsAtOnce,
                listingsAtOnce);
    }

    public StoreSettings withAtOnce(int requests, int listings) {
        return new StoreSettings(
                host,
                port,
                tls,
                pathStyle,
                connectTimeout,
                responseTimeout,
                idleTimeout,
                folderKeys,
                requests,
                listings);
    }

    /** The Host header for requests to a bucket; empty names the service. */
    String hostHeader(String bucket) {
        boolean defaultPort = port == (tls.isPresent() ? 443 : 80);
        String authority = defaultPort ? host : host + ":" + port;
        return pathStyle || bucket.isEmpty() ? authority : bucket + "." + authority;
    }
}
