package io.sealward.gateway.s3;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one change the gateway makes to the store's ETags: 32 bare hex digits get {@code -0} on the way out and lose it on
 * the way in. Clients take 32 hex digits for the MD5 of what they uploaded, and the store's is of the sealed bytes.
 */
public final class ETags {
    /** Of what clients take for an MD5. */
    public static final int MD5_DIGITS = 32;

    /** What such a tag ends in for the client. */
    public static final String MARK = "-0";

    private static final Pattern MARKED = Pattern.compile("(?i)(?<![0-9a-f])([0-9a-f]{32})-0(?=\"|\\s|,|$)");

    private ETags() {}

    /** An ETag as the client sees it; quotes stay as they are. */
    public static String toClient(String storeETag) {
        int from = storeETag.startsWith("\"") ? 1 : 0;
        int to = storeETag.endsWith("\"") ? storeETag.length() - 1 : storeETag.length();
        return to - from == MD5_DIGITS && isHex(storeETag, from, to)
                ? storeETag.substring(0, to) + MARK + storeETag.substring(to)
                : storeETag;
    }

    /** Whether there are hex digits alone. */
    public static boolean isHex(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!HexFormat.isHexDigit(text[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The ETag of a part, with what the client is to bring back of it: no client takes it for an MD5. */
    public static String withReceipt(String storeETag, String receipt) {
        return '"' + unquoted(storeETag) + '-' + receipt + '"';
    }

    /**
     * What the client brings back.
     *
     * @param clientETag as {@link #withReceipt} made it, or one that it found in a list
     * @param storeETag of the part, which must be the same
     * @return empty of an ETag without a receipt
     * @throws IllegalArgumentException if it is another part's
     */
    public static Optional<String> receipt(String clientETag, String storeETag) {
        String client = unquoted(clientETag);
        String store = unquoted(storeETag);
        if (client.equals(store) || client.equals(toClient(store))) {
            return Optional.empty();
        }
        if (!client.startsWith(store + '-')) {
            throw new IllegalArgumentException("an ETag of another part");
        }
        return Optional.of(client.substring(store.length() + 1));
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
