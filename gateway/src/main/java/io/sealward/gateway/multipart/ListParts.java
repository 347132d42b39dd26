package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.bucket.Owner;
import io.sealward.gateway.bucket.StoreDocuments;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ListParts: plaintext sizes, the client's own upload id, and no seal part. */
final class ListParts implements Operation {
    private static final Set<String> PARAMETERS = Set.of("max-parts", "part-number-marker");
    private static final Set<String> PART_FIELDS = Set.of("PartNumber", "LastModified", "ETag", "Size");

    private final StoreDocuments store;

    ListParts(StoreDocuments store) {
        this.store = store;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        StoreRequest list = StoreRequest.of(HttpMethod.GET, request.bucket(), request.key())
                .query("uploadId", Uploads.storeUploadId(request));
        request.target().parameters().stream()
                .filter(p -> PARAMETERS.contains(p.name()))
                .forEach(p -> list.query(p.name(), p.value()));
        store.get(exchange.eventLoop(), request.admission(), list)
                .thenAccept(listed -> exchange.respond(
                        Response.xml(200, toClient(listed, request).toDocument())))
                .exceptionally(StoreDocuments.failing(exchange));
    }

    private static XmlElement toClient(XmlElement listed, S3Request request) {
        List<XmlElement> children = listed.children().stream()
                .filter(child -> !child.name().startsWith("Checksum"))
                .filter(child -> !child.name().equals("Part") || !isSeal(child))
                .map(child -> switch (child.name()) {
                    case "UploadId" ->
                        XmlElement.text("UploadId", request.query("uploadId").orElse(""));
                    case "Part" -> part(child);
                    case "Owner", "Initiator" -> Owner.of(child.name(), request.project());
                    default -> child;
                })
                .toList();
        return XmlElement.of(listed.name(), children);
    }

    /** A seal part stays behind when a Complete fails. It is as long as an empty part, so that one is hidden as well. */
    private static boolean isSeal(XmlElement part) {
        return StoredPart.of(part)
                .filter(p -> p.number() > 1 && p.plaintextLength() == 0)
                .isPresent();
    }

    private static XmlElement part(XmlElement part) {
        Optional<String> size = StoredPart.of(part).map(p -> Long.toString(p.plaintextLength()));
        return XmlElement.of(
                "Part",
                part.children().stream()
                        .filter(field -> PART_FIELDS.contains(field.name()))
                        .map(field -> switch (field.name()) {
                            case "Size" -> XmlElement.text("Size", size.orElse(field.text()));
                            case "ETag" -> XmlElement.text("ETag", ETags.toClient(field.text()));
                            default -> field;
                        })
                        .toList());
    }
}
