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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All parts that the store holds of an upload, page by page. */
record StoreParts(StoreDocuments store) {
    CompletionStage<Map<Integer, StoredPart>> list(S3Request request, UploadSeal seal, EventLoop loop) {
        return page(request, seal, loop, 0, new HashMap<>());
    }

    private CompletionStage<Map<Integer, StoredPart>> page(
            S3Request request, UploadSeal seal, EventLoop loop, int marker, Map<Integer, StoredPart> found) {
        StoreRequest list = StoreRequest.of(HttpMethod.GET, request.bucket(), request.key())
                .query("uploadId", seal.storeUploadId());
        if (marker > 0) {
            list.query("part-number-marker", Integer.toString(marker));
        }
        return store.get(loop, request.admission(), list).thenCompose(listed -> {
            listed.all("Part").forEach(part -> StoredPart.of(part).ifPresent(p -> found.put(p.number(), p)));
            int next = next(listed);
            return next > marker ? page(request, seal, loop, next, found) : CompletableFuture.completedStage(found);
        });
    }

    /** Where the next page begins; 0 if there is none, or none that makes sense. */
    private static int next(XmlElement listed) {
        try {
            return listed.value("IsTruncated").filter("true"::equals).isPresent()
                    ? Integer.parseInt(listed.value("NextPartNumberMarker").orElse("0"))
                    : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
