package io.sealward.gateway.request;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Conditional headers. The store decides them, since its ETags are the objects' own and only it can do so atomically on a
 * write. Not every store understands all their forms, so reads are held against them here once more.
 */
public final class Conditions {
    private static final List<String> ETAGS = List.of("if-match", "if-none-match");

    private Conditions() {}

    /**
     * For reads. A list of ETags and {@code *}, which few stores can read, are left to {@link #unchanged}; a date that ETags
     * override (RFC 9110 section 13.2.2) stays behind.
     */
    public static void ofRead(HttpHeaders from, StoreRequest to) {
        copy(from, to, value -> value.indexOf(',') < 0 && !value.trim().equals("*"));
        copyDate("if-modified-since", "if-none-match", from, to);
        copyDate("if-unmodified-since", "if-match", from, to);
    }

    private static void copyDate(String name, String overriding, HttpHeaders from, StoreRequest to) {
        String value = from.get(name);
        if (value != null && !from.contains(overriding)) {
            to.header(name, value);
        }
    }

    /**
     * Holds the ETag conditions of a read against what the store answered. Source: RFC 9110 section 13.2.2.
     *
     * @param storeETag of the object, quoted
     * @throws S3Exception PreconditionFailed
     * @return whether the client has this very object already
     */
    public static boolean unchanged(HttpHeaders from, String storeETag) {
        requireMatch(from, storeETag);
        return joined(from, "if-none-match")
                .filter(match -> names(match, storeETag))
                .isPresent();
    }

    /**
     * Holds {@code If-Match} alone against the object that is there.
     *
     * @param storeETag of the object, quoted
     * @throws S3Exception PreconditionFailed
     */
    public static void requireMatch(HttpHeaders from, String storeETag) {
        if (joined(from, "if-match").filter(match -> !names(match, storeETag)).isPresent()) {
            throw new S3Exception(S3Error.PRECONDITION_FAILED);
        }
    }

    private static boolean names(String condition, String storeETag) {
        return Arrays.stream(ETags.toStore(condition).split(","))
                .map(String::trim)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || ETags.same(tag, storeETag));
    }

    /** For writes. */
    public static void ofWrite(HttpHeaders from, StoreRequest to) {
        copy(from, to, value -> true);
    }

    private static void copy(HttpHeaders from, StoreRequest to, Predicate<String> wanted) {
        for (String name : ETAGS) {
            joined(from, name).filter(wanted).ifPresent(value -> to.header(name, ETags.toStore(value)));
        }
    }

    /** Several headers of a name are one list. */
    private static Optional<String> joined(HttpHeaders from, String name) {
        List<String> values = from.getAll(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }
}
