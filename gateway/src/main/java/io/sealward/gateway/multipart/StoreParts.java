package io.sealward.gateway.multipart;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.bucket.StoreDocuments;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All parts that the store holds of an upload, page by page. */
record StoreParts(StoreDocuments store) {
    CompletionStage<Map<Integer, StoredPart>> list(S3Request request, UploadSeal seal, EventLoop loop) {
        return page(request, seal, loop, Optional.empty(), new HashMap<>());
    }

    private CompletionStage<Map<Integer, StoredPart>> page(
            S3Request request,
            UploadSeal seal,
            EventLoop loop,
            Optional<String> marker,
            Map<Integer, StoredPart> found) {
        StoreRequest list = StoreRequest.of(HttpMethod.GET, request.bucket(), request.key())
                .query("uploadId", seal.storeUploadId());
        marker.ifPresent(m -> list.query("part-number-marker", m));
        return store.get(loop, list).thenCompose(listed -> {
            listed.all("Part").forEach(part -> StoredPart.of(part).ifPresent(p -> found.put(p.number(), p)));
            Optional<String> next = next(listed, marker);
            return next.isPresent() ? page(request, seal, loop, next, found) : CompletableFuture.completedStage(found);
        });
    }

    private static Optional<String> next(XmlElement listed, Optional<String> marker) {
        return listed.value("IsTruncated").filter("true"::equals).isPresent()
                ? listed.value("NextPartNumberMarker")
                        .filter(next -> !Optional.of(next).equals(marker))
                : Optional.empty();
    }
}
