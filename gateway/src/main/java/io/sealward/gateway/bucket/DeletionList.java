package io.sealward.gateway.bucket;

import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The client's list, read and written anew key by key, so that only what is understood here, and what the client may delete,
 * reaches the store.
 */
final class DeletionList implements XmlDocument<DeletionList> {
    private static final int MAX_OBJECTS = 1000;
    private static final Set<String> OBJECT_FIELDS = Set.of("Key", "VersionId");
    private static final Set<String> CONDITIONS = Set.of("ETag", "LastModifiedTime", "Size");

    /** Whether the client may delete an object. */
    @FunctionalInterface
    interface Allowed {
        boolean test(String key, boolean version);
    }

    private final XmlWriter rewritten;
    private final Budget.Lease memory;
    private final Allowed allowed;
    private final List<XmlElement> refusals = new ArrayList<>();
    private int objects;
    private Optional<XmlElement> quiet = Optional.empty();

    /** @param memory holds what is refused */
    DeletionList(XmlWriter rewritten, Budget.Lease memory, Allowed allowed) {
        this.rewritten = rewritten;
        this.memory = memory;
        this.allowed = allowed;
    }

    @Override
    public void root(String name) {
        if (!name.equals("Delete")) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
    }

    @Override
    public void child(XmlElement child) {
        if (child.name().equals("Quiet")) {
            quiet = quiet.or(() -> Optional.of(XmlElement.text("Quiet", child.text())));
        } else if (child.name().equals("Object")) {
            if (++objects > MAX_OBJECTS) {
                throw new S3Exception(S3Error.MALFORMED_XML);
            }
            add(child);
        }
    }

    @Override
    public DeletionList end(String text) {
        if (objects == 0) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        quiet.ifPresent(rewritten::add);
        rewritten.end();
        return this;
    }

    /** For the store; empty if the client may delete none. */
    Optional<XmlWriter> rewritten() {
        return objects > refusals.size() ? Optional.of(rewritten) : Optional.empty();
    }

    /** Of what the client may not delete, for its answer. */
    List<XmlElement> refusals() {
        return refusals;
    }

    private void add(XmlElement object) {
        String key = object.value("Key")
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> new S3Exception(S3Error.MALFORMED_XML));
        Addressing.requireKey(key);
        XmlElement understood = understood(object);
        if (allowed.test(key, object.value("VersionId").isPresent())) {
            rewritten.add(understood);
            return;
        }
        List<XmlElement> refusal = new ArrayList<>(List.of(XmlElement.text("Key", key)));
        object.value("VersionId").ifPresent(id -> refusal.add(XmlElement.text("VersionId", id)));
        refusal.add(XmlElement.text("Code", S3Error.ACCESS_DENIED.code()));
        refusal.add(XmlElement.text("Message", S3Error.ACCESS_DENIED.message()));
        XmlElement error = XmlElement.of("Error", refusal);
        memory.require(error.bytes());
        refusals.add(error);
    }

    private static XmlElement understood(XmlElement object) {
        if (OBJECT_FIELDS.stream().anyMatch(field -> object.all(field).size() > 1)) { // a store may take another one
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        object.value("VersionId").ifPresent(Addressing::requireId);
        object.children().stream()
                .map(XmlElement::name)
                .filter(CONDITIONS::contains)
                .findFirst()
                .ifPresent(
                        condition -> { // many stores pass over it, and delete
                            throw new S3Exception(
                                    S3Error.NOT_IMPLEMENTED,
                                    condition
                                            + " as a condition in a list of deletions is not implemented here: use DeleteObject.");
                        });
        return XmlElement.of(
                "Object",
                object.children().stream()
                        .filter(field -> OBJECT_FIELDS.contains(field.name()))
                        .map(field -> XmlElement.text(field.name(), field.text()))
                        .toList());
    }
}
