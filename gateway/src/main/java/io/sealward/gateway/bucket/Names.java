package io.sealward.gateway.bucket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the client is told the names in one page of a listing, one after the other. */
final class Names {
    private static final Pattern NOT_OF_XML = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

    private final boolean decode;
    private String lastKey = "";
    private String lastPrefix = "";

    /**
     * @param decode whether the store has encoded them, and the client did not ask for that
     */
    Names(boolean decode) {
        this.decode = decode;
    }

    /** What an element says to the client, which is what the store says if there is neither {@code %} nor {@code +} in that. */
    String toClient(String element, String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        return switch (element) {
            case "Key" -> {
                lastKey = text;
                yield key(text);
            }
            case "Prefix" -> {
                lastPrefix = text;
                yield place(text);
            }
            case "Delimiter", "Marker", "StartAfter", "KeyMarker" -> place(text);
            default -> text;
        };
    }

    /**
     * Where the next page begins: behind the last name of this one, and written as that is. Not every store encodes it, too
     * (Ceph 16), nor does its XML hold all of it then.
     */
    String next(String marker) {
        if (isOf(lastKey, marker)) {
            return key(lastKey);
        }
        return place(isOf(lastPrefix, marker) ? lastPrefix : marker);
    }

    /** The store's token, whole again if it is the last name (Ceph 16). */
    String nextToken(String token) {
        return Stream.of(lastKey, lastPrefix)
                .map(Names::echoed)
                .filter(name -> asRead(name).equals(token))
                .findFirst()
                .orElse(token);
    }

    private static boolean isOf(String name, String marker) {
        return marker.equals(name) || marker.equals(asRead(echoed(name)));
    }

    /** What is read of a text that a store writes as it is: U+FFFD for each character that XML 1.0 does not have. */
    static String asRead(String text) {
        return NOT_OF_XML.matcher(text).replaceAll("\uFFFD");
    }

    private String key(String text) {
        return decode ? decoded(text) : text;
    }

    private String place(String text) {
        return decode ? echoed(text) : text;
    }

    /** Where the listing was asked to begin: not every store encodes that, too (Ceph 16). A space is in no encoded text. */
    private static String echoed(String text) {
        try {
            return text.contains(" ") ? text : decoded(text);
        } catch (S3Exception e) {
            return text;
        }
    }

    /** What a store left unescaped beyond ASCII stands for itself. */
    private static String decoded(String text) {
        try {
            return UriEncoding.decodeQuery(new String(text.getBytes(UTF_8), ISO_8859_1));
        } catch (S3Exception e) {
            throw new S3Exception(S3Error.SERVICE_UNAVAILABLE, "The store's answer cannot be read.", e);
        }
    }
}
