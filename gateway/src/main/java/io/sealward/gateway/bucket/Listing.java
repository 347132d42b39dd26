package io.sealward.gateway.bucket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.format.Format;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Turns the store's listing into the client's, entry by entry: plaintext sizes, marked ETags, the project as the owner, no checksums of
 * sealed bytes. The store is always asked to URL-encode names, so that every key survives its XML; where the client did
 * not ask for that, names are decoded again.
 */
final class Listing implements XmlDocument<XmlWriter> {
    private static final Set<String> DROPPED = Set.of("ChecksumAlgorithm", "ChecksumType");
    private static final Set<String> OWNERS = Set.of("Owner", "Initiator");
    private static final Set<String> NAMES =
            Set.of("Key", "Prefix", "Delimiter", "Marker", "NextMarker", "StartAfter", "KeyMarker", "NextKeyMarker");

    private final Project project;
    private final UnaryOperator<String> uploadIds;
    private final Budget.Lease memory;
    private final List<XmlElement> undecided = new ArrayList<>();
    private XmlWriter written;
    private boolean decided;
    private boolean decode;

    /**
     * @param keepEncoding whether the client itself asked for URL-encoded names
     * @param uploadIds tells clients' ids of uploads from the store's
     */
    Listing(boolean keepEncoding, Project project, UnaryOperator<String> uploadIds, Budget.Lease memory) {
        this.project = project;
        this.uploadIds = uploadIds;
        this.memory = memory;
        this.decided = keepEncoding;
    }

    @Override
    public void root(String name) {
        written = new XmlWriter(name, memory);
    }

    /** Not every store says before the names that it has encoded them. */
    @Override
    public void child(XmlElement child) {
        if (decided) {
            write(child);
        } else if (child.name().equals("EncodingType")) {
            decide(child.text().equals("url"));
            write(child);
        } else {
            memory.require(child.bytes());
            undecided.add(child);
        }
    }

    @Override
    public XmlWriter end(String text) {
        decide(false);
        return written.text(text).end();
    }

    private void decide(boolean encoded) {
        if (!decided) {
            decided = true;
            decode = encoded;
            undecided.forEach(child -> {
                write(child);
                memory.give(child.bytes());
            });
            undecided.clear();
        }
    }

    private void write(XmlElement child) {
        if (!DROPPED.contains(child.name()) && !(decode && child.name().equals("EncodingType"))) {
            written.add(map(child));
        }
    }

    private XmlElement map(XmlElement element) {
        if (element.children().isEmpty() || OWNERS.contains(element.name())) {
            return leaf(element);
        }
        List<XmlElement> mapped = new ArrayList<>(element.children().size());
        for (XmlElement child : element.children()) {
            if (!DROPPED.contains(child.name())) {
                mapped.add(map(child));
            }
        }
        return XmlElement.of(element.name(), mapped);
    }

    private XmlElement leaf(XmlElement element) {
        return switch (element.name()) {
            case "Owner", "Initiator" -> OwnerElement.of(element.name(), project);
            case "Size" -> XmlElement.text("Size", plaintextSize(element.text()));
            case "ETag" -> XmlElement.text("ETag", ETags.toClient(element.text()));
            case "UploadId", "UploadIdMarker", "NextUploadIdMarker" ->
                XmlElement.text(element.name(), uploadIds.apply(element.text()));
            default ->
                decode && NAMES.contains(element.name())
                        ? XmlElement.text(
                                element.name(),
                                element.name().equals("Key") ? decoded(element.text()) : echoed(element.text()))
                        : element;
        };
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

    /**
     * As of an object sealed in the version that is written: a listing does not tell those without a seal, in a bucket that is being migrated. Only a
     * length that no sealed object has is listed as it is.
     */
    private static String plaintextSize(String stored) {
        try {
            long sealed = Long.parseLong(stored);
            return Long.toString(Format.WRITTEN.geometry().objectToPlain(sealed).orElse(sealed));
        } catch (NumberFormatException e) {
            return stored;
        }
    }
}
