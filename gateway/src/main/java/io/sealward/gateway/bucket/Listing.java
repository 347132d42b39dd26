package io.sealward.gateway.bucket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.frame.SealedLength;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Turns the store's listing into the client's: plaintext sizes, marked ETags, the project as the owner, no checksums of
 * sealed bytes. The store is always asked to URL-encode names, so that every key survives its XML; where the client did
 * not ask for that, names are decoded again.
 */
final class Listing {
    private static final Set<String> DROPPED = Set.of("ChecksumAlgorithm", "ChecksumType");
    private static final Set<String> OWNERS = Set.of("Owner", "Initiator");
    private static final Set<String> NAMES =
            Set.of("Key", "Prefix", "Delimiter", "Marker", "NextMarker", "StartAfter", "KeyMarker", "NextKeyMarker");

    private Listing() {}

    /** @param keepEncoding whether the client itself asked for URL-encoded names */
    static XmlElement toClient(XmlElement stored, boolean keepEncoding, Project project) {
        boolean encoded = stored.value("EncodingType").filter("url"::equals).isPresent();
        boolean decode = encoded && !keepEncoding;
        return map(
                stored,
                element -> switch (element.name()) {
                    case "Owner", "Initiator" -> Owner.of(element.name(), project);
                    case "Size" -> XmlElement.text("Size", plaintextSize(element.text()));
                    case "ETag" -> XmlElement.text("ETag", ETags.toClient(element.text()));
                    default ->
                        decode && NAMES.contains(element.name())
                                ? XmlElement.text(element.name(), decoded(element.text()))
                                : element;
                },
                decode);
    }

    /** What a store left unescaped beyond ASCII stands for itself. */
    private static String decoded(String text) {
        try {
            return UriEncoding.decodeQuery(new String(text.getBytes(UTF_8), ISO_8859_1));
        } catch (S3Exception e) {
            throw new S3Exception(S3Error.SERVICE_UNAVAILABLE, "The store's answer can not be read.", e);
        }
    }

    private static XmlElement map(XmlElement element, UnaryOperator<XmlElement> leaf, boolean dropEncoding) {
        if (element.children().isEmpty() || OWNERS.contains(element.name())) {
            return leaf.apply(element);
        }
        List<XmlElement> children = element.children().stream()
                .filter(child -> !DROPPED.contains(child.name()))
                .filter(child -> !(dropEncoding && child.name().equals("EncodingType")))
                .map(child -> map(child, leaf, false))
                .toList();
        return XmlElement.of(element.name(), children);
    }

    /**
     * As of a sealed object: a listing does not tell those without a seal, in a bucket that is being migrated. Only a
     * length that no sealed object has is listed as it is.
     */
    private static String plaintextSize(String stored) {
        try {
            long sealed = Long.parseLong(stored);
            return Long.toString(SealedLength.objectToPlain(sealed).orElse(sealed));
        } catch (NumberFormatException e) {
            return stored;
        }
    }
}
