package io.sealward.gateway.bucket;

import io.sealward.crypto.format.Format;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.PlainChildren;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Turns the store's listing into the client's, entry by entry: plaintext sizes, marked ETags, the project as the owner, no checksums of
 * sealed bytes. The store is always asked to URL-encode names, so that every key survives its XML; where the client did
 * not ask for that, names are decoded again.
 */
final class Listing implements XmlDocument<XmlWriter> {
    /** What an entry that waits takes beside its bytes: an estimate from above. */
    private static final long HELD_BYTES = 128;

    private final Project project;
    private final UnaryOperator<String> uploadIds;
    private final Budget.Lease memory;
    private final List<Runnable> undecided = new ArrayList<>();
    private long held;
    private XmlWriter written;
    private final Map<String, String> next = new LinkedHashMap<>();
    private Names names = new Names(false);
    private boolean decided;
    private boolean decoded;

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

    @Override
    public PlainChildren plainChildren() {
        return this::takePlain;
    }

    private boolean takePlain(byte[] bytes, int from, int to) {
        if (!PlainEntry.is(bytes, from, to)) {
            return false;
        }
        if (decided) {
            PlainEntry.write(bytes, from, to, written, project, names);
        } else {
            hold(HELD_BYTES + to - from);
            byte[] copy = Arrays.copyOfRange(bytes, from, to);
            undecided.add(() -> PlainEntry.write(copy, 0, copy.length, written, project, names));
        }
        return true;
    }

    /** Not every store says before the names that it has encoded them. */
    @Override
    public void child(XmlElement child) {
        if (decided) {
            take(child);
        } else if (child.name().equals("EncodingType")) {
            decide(child.text().equals("url"));
            child(child);
        } else {
            hold(child.bytes());
            undecided.add(() -> take(child));
        }
    }

    /** Where the next page begins is told behind the names, the last of which it is. */
    private void take(XmlElement child) {
        switch (child.name()) {
            case "NextMarker", "NextKeyMarker", "NextContinuationToken" -> next.put(child.name(), child.text());
            case "EncodingType" -> {
                if (!decoded) {
                    write(child);
                }
            }
            default -> write(child);
        }
    }

    private void hold(long bytes) {
        memory.require(bytes);
        held += bytes;
    }

    @Override
    public XmlWriter end(String text) {
        decide(false);
        next.forEach((name, place) -> written.add(
                name,
                name.equals("NextContinuationToken")
                        ? ContinuationTokens.toClient(names.nextToken(place))
                        : names.next(place)));
        return written.text(text).end();
    }

    private void decide(boolean encoded) {
        if (!decided) {
            decided = true;
            decoded = encoded;
            names = new Names(encoded);
            undecided.forEach(Runnable::run);
            undecided.clear();
            memory.give(held);
        }
    }

    private void write(XmlElement element) {
        String name = element.name();
        switch (name) {
            case "ChecksumAlgorithm", "ChecksumType" -> {}
            case "Owner", "Initiator" -> written.add(OwnerElement.of(name, project));
            default -> {
                if (element.children().isEmpty()) {
                    leaf(name, element.text());
                } else {
                    written.open(name);
                    for (XmlElement child : element.children()) {
                        write(child);
                    }
                    written.close(name);
                }
            }
        }
    }

    private void leaf(String name, String text) {
        switch (name) {
            case "Size" -> written.add(name, plaintextSize(text));
            case "ETag" -> written.add(name, ETags.toClient(text));
            case "UploadId", "UploadIdMarker", "NextUploadIdMarker" -> written.add(name, uploadIds.apply(text));
            default -> written.add(name, names.toClient(name, text));
        }
    }

    /**
     * As of an object sealed in the version that is written: a listing does not tell those without a seal, in a bucket that is being migrated. Only a
     * length that no sealed object has is listed as it is.
     */
    static String plaintextSize(String stored) {
        try {
            long sealed = Long.parseLong(stored);
            return Long.toString(Format.WRITTEN.geometry().objectToPlain(sealed).orElse(sealed));
        } catch (NumberFormatException e) {
            return stored;
        }
    }
}
