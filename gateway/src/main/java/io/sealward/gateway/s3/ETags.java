package io.sealward.gateway.s3;

import java.util.regex.Pattern;

/**
 * The one change the gateway makes to the store's ETags: 32 bare hex digits get {@code -0} on the way out and lose it on
 * the way in. Clients take 32 hex digits for the MD5 of what they uploaded, and the store's is of the sealed bytes.
 */
public final class ETags {
    private static final Pattern MD5_LIKE = Pattern.compile("(?i)\"?([0-9a-f]{32})\"?");
    private static final Pattern MARKED = Pattern.compile("(?i)(?<![0-9a-f])([0-9a-f]{32})-0(?=\"|\\s|,|$)");

    private ETags() {}

    /** An ETag as the client sees it; quotes stay as they are. */
    public static String toClient(String storeETag) {
        return MD5_LIKE.matcher(storeETag).matches()
                ? storeETag.endsWith("\"") ? storeETag.substring(0, storeETag.length() - 1) + "-0\"" : storeETag + "-0"
                : storeETag;
    }

    /** An ETag, a list of them or {@code *}, as the store knows it. */
    public static String toStore(String clientETags) {
        return MARKED.matcher(clientETags).replaceAll("$1");
    }

    /** Whether two ETags of the store are the same, quoted or not. */
    public static boolean same(String one, String other) {
        return unquoted(one).equals(unquoted(other));
    }

    /** The tag itself. */
    public static String unquoted(String etag) {
        return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }
}
