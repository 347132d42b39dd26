package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.request.HeaderRules;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.SmallBody;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** DeleteObjects: the client's list, read and written anew, so that only what is understood here reaches the store. */
final class DeleteObjects implements Operation {
    private static final int MAX_OBJECTS = 1000;
    private static final int LIMIT_BYTES = 8 << 20;
    private static final Set<String> OBJECT_FIELDS = Set.of("Key", "VersionId", "ETag", "LastModifiedTime", "Size");
    private static final String BYPASS = "x-amz-bypass-governance-retention";
    private static final HeaderRules HEADERS = HeaderRules.of(BYPASS);

    private final StoreDocuments store;

    DeleteObjects(StoreDocuments store) {
        this.store = store;
    }

    @Override
    public HeaderRules headerRules() {
        return HEADERS;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        SmallBody.read(exchange, request, LIMIT_BYTES)
                .thenCompose(body -> {
                    byte[] document = rewritten(SmallBody.parse(body, "Delete")).getBytes(StandardCharsets.UTF_8);
                    StoreRequest delete = StoreRequest.ofBucket(HttpMethod.POST, request.bucket())
                            .query("delete", "")
                            .header(HttpHeaderNames.CONTENT_TYPE, "application/xml")
                            .header(HttpHeaderNames.CONTENT_MD5, md5(document));
                    request.header(BYPASS).ifPresent(value -> delete.header(BYPASS, value));
                    return store.send(exchange.eventLoop(), request.admission(), delete, document);
                })
                .thenAccept(deleted -> exchange.respond(
                        Response.xml(200, StoreDocuments.parse(deleted.body()).toDocument())))
                .exceptionally(StoreDocuments.failing(exchange));
    }

    private static String rewritten(XmlElement delete) {
        List<XmlElement> objects = delete.all("Object");
        if (objects.isEmpty() || objects.size() > MAX_OBJECTS) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        List<XmlElement> children = new ArrayList<>();
        delete.value("Quiet").ifPresent(quiet -> children.add(XmlElement.text("Quiet", quiet)));
        objects.forEach(object -> children.add(rewrittenObject(object)));
        return XmlElement.of("Delete", children).toDocument();
    }

    private static XmlElement rewrittenObject(XmlElement object) {
        String key = object.value("Key")
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> new S3Exception(S3Error.MALFORMED_XML));
        Addressing.requireWithinBucket(key);
        if (object.value("Size").isPresent()) { // the store would compare it with the sealed length
            throw new S3Exception(S3Error.NOT_IMPLEMENTED, "Size as a condition of deletion is not implemented here.");
        }
        return XmlElement.of(
                "Object",
                object.children().stream()
                        .filter(field -> OBJECT_FIELDS.contains(field.name()))
                        .map(field -> field.name().equals("ETag")
                                ? XmlElement.text("ETag", ETags.toStore(field.text()))
                                : field)
                        .toList());
    }

    /** S3 demands it of this operation. */
    private static String md5(byte[] document) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(document));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has MD5
        }
    }
}
