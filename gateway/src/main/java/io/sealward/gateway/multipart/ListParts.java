package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.format.Geometry;
import io.sealward.gateway.bucket.OwnerElement;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.PageSize;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlWriter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** ListParts: plaintext sizes, the client's own upload id, and no seal part. */
final class ListParts implements Operation {
    private static final String MARKER = "part-number-marker";
    private static final Set<String> PART_FIELDS = Set.of("PartNumber", "LastModified", "ETag", "Size");

    private static final Declaration DECLARATION = new Declaration(
            "ListParts",
            Route.of(HttpMethod.GET, Place.Level.OBJECT).with("uploadId"),
            Rights.inOwnBucket("s3:ListMultipartUploadParts"),
            Accepts.nothing(),
            Treatment.answered("plaintext sizes, no request per key"));

    private final Uploads uploads;
    private final Documents documents;

    ListParts(Uploads uploads, Documents documents) {
        this.uploads = uploads;
        this.documents = documents;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        StoreRequest list = StoreRequest.of(HttpMethod.GET, request.bucket(), request.key())
                .query("uploadId", uploads.storeUploadId(request));
        PageSize.of(request, "max-parts").ifPresent(size -> list.query("max-parts", size));
        request.query(MARKER).filter(text -> !text.isEmpty()).ifPresent(text -> list.query(MARKER, marker(text)));
        return documents.serve(request.admission(), exchange, own -> own.ask(list, new ToClient(request, own.memory()))
                .thenAccept(own::answer));
    }

    private static String marker(String text) {
        return Long.toString(Decimal.parse(text).stream()
                .filter(number -> number <= Integer.MAX_VALUE)
                .findFirst()
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_ARGUMENT,
                        "Argument " + MARKER + " must be an integer between 0 and 2147483647.")));
    }

    private static final class ToClient implements XmlDocument<XmlWriter> {
        private final S3Request request;
        private final Geometry geometry;
        private final Budget.Lease memory;
        private XmlWriter written;

        ToClient(S3Request request, Budget.Lease memory) {
            this.request = request;
            this.geometry = Uploads.format(request).geometry();
            this.memory = memory;
        }

        @Override
        public void root(String name) {
            written = new XmlWriter(name, memory);
        }

        @Override
        public void child(XmlElement child) {
            switch (child.name()) {
                case "Key" -> written.add("Key", request.key());
                case "UploadId" ->
                    written.add("UploadId", request.query("uploadId").orElse(""));
                case "Part" -> {
                    if (!isSeal(child)) {
                        written.add(part(child));
                    }
                }
                case "Owner", "Initiator" -> written.add(OwnerElement.of(child.name(), request.project()));
                default -> {
                    if (!child.name().startsWith("Checksum")) {
                        written.add(child);
                    }
                }
            }
        }

        @Override
        public XmlWriter end(String text) {
            return written.end();
        }

        /** A seal part stays behind when a Complete fails. It is as long as an empty part, so that one is hidden as well. */
        private boolean isSeal(XmlElement part) {
            return StoredPart.of(geometry, part)
                    .filter(p -> p.number() > 1 && p.plaintextLength() == 0)
                    .isPresent();
        }

        private XmlElement part(XmlElement part) {
            Optional<String> size = StoredPart.of(geometry, part).map(p -> Long.toString(p.plaintextLength()));
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
}
