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
 * @param folderKeys what it keeps under keys that end in {@code /}
 */
public record StoreSettings(
        String host,
        int port,
        Optional<SslContext> tls,
        boolean pathStyle,
        Timeouts timeouts,
        FolderKeys folderKeys,
        AtOnce atOnce) {
    /**
     * How long the store is waited for.
     *
     * @param connect for the TCP connection, and again for the TLS handshake
     * @param response the longest silence while the store owes bytes
     * @param idle how long an unused connection is kept; shorter than the store's own
     */
    public record Timeouts(Duration connect, Duration response, Duration idle) {}

    /**
     * How many requests the store works on at once.
     *
     * @param listings those that list or delete many keys
     * @param requests all others
     */
    public record AtOnce(int requests, int listings) {
        /** As many as there are. */
        public static final AtOnce UNBOUNDED = new AtOnce(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    public StoreSettings {
        requireNonNull(host, "host");
        requireNonNull(tls, "tls");
        requireNonNull(timeouts, "timeouts");
        requireNonNull(folderKeys, "folderKeys");
        requireNonNull(atOnce, "atOnce");
    }

    /**
     * A store that may keep nothing under keys that end in {@code /} but that they are there, and that takes as many requests
     * at once as there are.
     */
    public StoreSettings(String host, int port, Optional<SslContext> tls, boolean pathStyle, Timeouts timeouts) {
        this(host, port, tls, pathStyle, timeouts, FolderKeys.MARKERS, AtOnce.UNBOUNDED);
    }

    /** The same with another bound on what the store works on at once. */
    public StoreSettings with(AtOnce other) {
        return new StoreSettings(host, port, tls, pathStyle, timeouts, folderKeys, other);
    }

    /** The Host header for requests to a bucket; empty names the service. */
    String hostHeader(String bucket) {
        boolean defaultPort = port == (tls.isPresent() ? 443 : 80);
        String authority = defaultPort ? host : host + ":" + port;
        return pathStyle || bucket.isEmpty() ? authority : bucket + "." + authority;
    }
}
