package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Where S3 clients connect.
 *
 * @param host an address of this machine, or {@code 0.0.0.0} for all
 * @param port 0 lets the system choose
 * @param tls present: https only; absent: http only
 * @param domains names under which a bucket is the first label of the host ({@code bucket.domain}), in lower case; any
 *     other host means that the bucket is in the path
 * @param anonymousReads what becomes of reads that nobody has signed
 * @param limits what a client may ask of a connection
 */
public record S3Listener(
        String host,
        int port,
        Optional<TlsConfig> tls,
        List<String> domains,
        AnonymousReads anonymousReads,
        LimitsConfig limits) {
    public static final String DEFAULT_HOST = "0.0.0.0";
    public static final int DEFAULT_PORT = 8080;

    /** What becomes of reads that nobody has signed. */
    public enum AnonymousReads {
        REFUSED,
        /** The policy of the bucket says. */
        BY_POLICY
    }

    public S3Listener {
        requireNonNull(host, "host");
        requireNonNull(tls, "tls");
        domains = List.copyOf(domains);
        requireNonNull(anonymousReads, "anonymousReads");
        requireNonNull(limits, "limits");
    }

    /** Plain http on the loopback address. */
    public static S3Listener loopback(int port) {
        return new S3Listener(
                "127.0.0.1", port, Optional.empty(), List.of(), AnonymousReads.REFUSED, LimitsConfig.DEFAULT);
    }

    public S3Listener withTls(TlsConfig pair) {
        return new S3Listener(host, port, Optional.of(pair), domains, anonymousReads, limits);
    }

    public S3Listener withDomains(List<String> names) {
        return new S3Listener(host, port, tls, names, anonymousReads, limits);
    }

    public S3Listener withLimits(LimitsConfig other) {
        return new S3Listener(host, port, tls, domains, anonymousReads, other);
    }

    /** The same, in which policies of buckets can let in who has signed nothing. */
    public S3Listener withAnonymousReads() {
        return new S3Listener(host, port, tls, domains, AnonymousReads.BY_POLICY, limits);
    }
}
