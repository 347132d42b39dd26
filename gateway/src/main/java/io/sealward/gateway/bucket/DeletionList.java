package io.sealward.gateway.bucket;

import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlWriter;
import java.util.Optional;
import java.util.Set;

/** The client's list, read and written anew key by key, so that only what is understood here reaches the store. */
final class DeletionList implements XmlDocument<XmlWriter> {
    private static final int MAX_OBJECTS = 1000;
    private static final Set<String> OBJECT_FIELDS = Set.of("Key", "VersionId", "ETag", "LastModifiedTime", "Size");

    private final XmlWriter rewritten;
    private int objects;
    private Optional<XmlElement> quiet = Optional.empty();

    DeletionList(XmlWriter rewritten) {
        this.rewritten = rewritten;
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
            rewritten.add(rewritten(child));
        }
    }

    @Override
    public XmlWriter end(String text) {
        if (objects == 0) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        quiet.ifPresent(rewritten::add);
        return rewritten.end();
    }

    private static XmlElement rewritten(XmlElement object) {
        String key = object.value("Key")
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> new S3Exception(S3Error.MALFORMED_XML));
        Addressing.requireKey(key);
        object.value("VersionId").ifPresent(Addressing::requireId);
        if (object.value("Size").isPresent()) { // the store would compare it with the sealed length
            throw new S3Exception(S3Error.NOT_IMPLEMENTED, "Size as a condition of deletion is not implemented here.");
        }
        return XmlElement.of(
                "Object",
                object.children().stream()
                        .filter(field -> OBJECT_FIELDS.contains(field.name()))
                        .map(field -> XmlElement.text(
                                field.name(), field.name().equals("ETag") ? ETags.toStore(field.text()) : field.text()))
                        .toList());
    }
}
