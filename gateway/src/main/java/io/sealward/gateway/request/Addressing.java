package io.sealward.gateway.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.s3.PathSegments;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds bucket and key: the bucket is the host's first label under one of the gateway's own domains, else the path's
 * first segment. Source: Amazon S3 User Guide, "Virtual hosting of buckets", "Bucket naming rules".
 */
public final class Addressing {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final int MAX_KEY_BYTES = 1024;

    private final Set<String> domains;
    private final List<String> suffixes;

    /**
     * Knows the names under which it is called.
     *
     * @param domains names under which buckets are host names, such as {@code s3.example.com}
     */
    public Addressing(List<String> domains) {
        this.domains =
                domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        this.suffixes = this.domains.stream()
                .map(domain -> "." + domain)
                .sorted(Comparator.comparing(String::length).reversed()) // of two that fit, the nearer
                .toList();
    }

    /**
     * Finds what a request is about.
     *
     * @param host the Host header, with or without a port
     * @param path decoded, starting with a slash
     * @throws S3Exception InvalidBucketName, KeyTooLongError or InvalidURI
     */
    public Place find(String host, String path) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", "");
        if (!domains.contains(name)) {
            for (String suffix : suffixes) {
                if (name.endsWith(suffix)) {
                    return place(name.substring(0, name.length() - suffix.length()), path.substring(1));
                }
            }
        }
        int slash = path.indexOf('/', 1);
        return slash < 0 ? place(path.substring(1), "") : place(path.substring(1, slash), path.substring(slash + 1));
    }

    /**
     * The place that a bucket's name and a key stand for.
     *
     * @throws S3Exception InvalidBucketName, KeyTooLongError or InvalidURI
     */
    public static Place place(String bucket, String key) {
        if (bucket.isEmpty() ? !key.isEmpty() : !legal(bucket)) {
            throw new S3Exception(S3Error.INVALID_BUCKET_NAME);
        }
        requireKey(key);
        return new Place(bucket, key);
    }

    /**
     * Refuses a key of more than 1,024 bytes, and one whose {@code .} and {@code ..} would lead out of the bucket or to the bucket itself, were it a path: a
     * store or proxy that resolves it would reach another project's, or take a request for an object as one for the bucket.
     *
     * @throws S3Exception KeyTooLongError or InvalidURI
     */
    public static void requireKey(String key) {
        if (key.getBytes(UTF_8).length > MAX_KEY_BYTES) {
            throw new S3Exception(S3Error.KEY_TOO_LONG);
        }
        switch (PathSegments.of(key)) {
            case OUT -> throw new S3Exception(S3Error.INVALID_URI, "The key leads out of its bucket.");
            case TO_THE_START -> throw new S3Exception(S3Error.INVALID_URI, "The key leads to its bucket.");
            case WITHIN -> {}
        }
    }

    /**
     * Refuses an id of the store's that would lead out of the bucket, were it a path.
     *
     * @throws S3Exception InvalidArgument
     */
    public static void requireId(String id) {
        if (PathSegments.of(id) == PathSegments.Leads.OUT) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "The id leads out of its bucket.");
        }
    }

    private static boolean legal(String bucket) {
        return BUCKET.matcher(bucket).matches()
                && !bucket.contains("..")
                && !IP_ADDRESS.matcher(bucket).matches();
    }
}
