package io.sealward.gateway.request;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Conditional headers. The store decides them, since its ETags are the objects' own and only it can do so atomically
 * on a write. Not every store understands each of their forms, so the gateway decides those of reads once more.
 */
public final class Conditions {
    private static final List<String> ETAGS = List.of("if-match", "if-none-match");
    private static final String SOURCE = "x-amz-copy-source-";

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

    /**
     * Holds the {@code x-amz-copy-source-if-*} headers against the source of a copy. Of a pair that speaks of the same, the
     * one that names ETags counts. Source: Amazon S3 API Reference, "CopyObject".
     *
     * @param storeETag of the source, quoted
     * @param lastModified of the source, as the store tells it
     * @throws S3Exception PreconditionFailed
     */
    public static void requireOfSource(HttpHeaders from, String storeETag, Optional<String> lastModified) {
        Optional<String> match = joined(from, SOURCE + "if-match");
        Optional<String> noneMatch = joined(from, SOURCE + "if-none-match");
        Optional<Instant> modified = lastModified.flatMap(Conditions::date);
        boolean holds = match.map(tags -> names(tags, storeETag))
                        .orElseGet(() -> !modifiedSince(from, "if-unmodified-since", modified)
                                .orElse(false))
                && noneMatch.map(tags -> !names(tags, storeETag)).orElseGet(() -> modifiedSince(
                                from, "if-modified-since", modified)
                        .orElse(true));
        if (!holds) {
            throw new S3Exception(S3Error.PRECONDITION_FAILED);
        }
    }

    /** Empty where no date is named, or none that is one. */
    private static Optional<Boolean> modifiedSince(HttpHeaders from, String name, Optional<Instant> modified) {
        return Optional.ofNullable(from.get(SOURCE + name))
                .flatMap(Conditions::date)
                .flatMap(date -> modified.map(at -> at.isAfter(date)));
    }

    private static Optional<Instant> date(String text) {
        return Optional.ofNullable(DateFormatter.parseHttpDate(text)).map(Date::toInstant);
    }

    /** Whether a write is to have effect only if something holds of what is there. */
    public static boolean onWrite(HttpHeaders from) {
        return ETAGS.stream().anyMatch(from::contains);
    }

    /**
     * Holds the conditions of a write against what is there, for those that not every store asks.
     *
     * @param storeETag quoted; empty where there is no object
     * @throws S3Exception PreconditionFailed, or NoSuchKey where there had to be an object
     */
    public static void requireOfWrite(HttpHeaders from, Optional<String> storeETag) {
        if (from.contains(ETAGS.get(0)) && storeETag.isEmpty()) {
            throw new S3Exception(S3Error.NO_SUCH_KEY);
        }
        if (storeETag.isPresent() && unchanged(from, storeETag.get())) {
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
