package io.sealward.gateway.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Range of a GET, before the length of the object is known. Source: RFC 9110 section 14.1, and what S3 makes of it. */
public sealed interface ByteRange {
    /** From the first byte to the last, both included. */
    record FromTo(long first, long last) implements ByteRange {}

    /** From the first byte to the end. */
    record From(long first) implements ByteRange {}

    /** The last so many bytes. */
    record Suffix(long length) implements ByteRange {}

    /** A range within an object: both ends included, and never empty. */
    record Resolved(long first, long last) {
        public long length() {
            return last - first + 1;
        }

        /** The Content-Range header for an object of so many bytes. */
        public String contentRange(long total) {
            return "bytes " + first + "-" + last + "/" + total;
        }
    }

    /** Past any object, and far enough from the largest long to be reckoned with. */
    long MAX_POSITION = 1L << 60;

    Pattern SYNTAX = Pattern.compile("bytes=\\s*+(\\d*+)\\s*+-\\s*+(\\d*+)\\s*+");

    /**
     * Reads a Range header. What is not one byte range is passed over, as RFC 9110 allows: of several at once, too, S3 answers
     * with the whole object.
     */
    static Optional<ByteRange> parse(String header) {
        Matcher matcher = SYNTAX.matcher(header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : Optional.of(new Suffix(number(last)));
        }
        if (last.isEmpty()) {
            return Optional.of(new From(number(first)));
        }
        FromTo range = new FromTo(number(first), number(last));
        return range.first() <= range.last() ? Optional.of(range) : Optional.empty();
    }

    /** Positions beyond every object are one as good as the other. */
    private static long number(String digits) {
        try {
            return Math.min(Long.parseLong(digits), MAX_POSITION);
        } catch (NumberFormatException e) {
            return MAX_POSITION;
        }
    }

    /**
     * The range within an object of {@code total} bytes.
     *
     * @throws S3Exception InvalidRange where nothing of the object is in it
     */
    default Resolved resolve(long total) {
        Resolved resolved;
        if (this instanceof FromTo range) {
            resolved = new Resolved(range.first(), Math.min(range.last(), total - 1));
        } else if (this instanceof From range) {
            resolved = new Resolved(range.first(), total - 1);
        } else {
            long length = ((Suffix) this).length();
            resolved = new Resolved(length == 0 ? total : Math.max(0, total - length), total - 1);
        }
        if (resolved.first() > resolved.last()) {
            throw new S3Exception(S3Error.INVALID_RANGE);
        }
        return resolved;
    }
}
