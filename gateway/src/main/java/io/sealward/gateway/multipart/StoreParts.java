package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All parts that the store holds of an upload, page by page. */
record StoreParts(S3Request request, UploadSeal seal, DocumentExchange own) {
    CompletionStage<Map<Integer, StoredPart>> list() {
        return page(0, new HashMap<>());
    }

    private CompletionStage<Map<Integer, StoredPart>> page(long marker, Map<Integer, StoredPart> found) {
        StoreRequest list = StoreRequest.of(HttpMethod.GET, request.bucket(), request.key())
                .query("uploadId", seal.storeUploadId());
        if (marker > 0) {
            list.query("part-number-marker", Long.toString(marker));
        }
        return own.ask(list, new Page(found))
                .thenCompose(next -> next > marker && next < maxParts()
                        ? page(next, found)
                        : CompletableFuture.completedStage(found));
    }

    private int maxParts() {
        return seal.format().geometry().maxParts();
    }

    /** Becomes where the next page begins; 0 if there is none, or none that makes sense. */
    private final class Page implements XmlDocument<Long> {
        private final Map<Integer, StoredPart> found;
        private boolean truncated;
        private long next;

        Page(Map<Integer, StoredPart> found) {
            this.found = found;
        }

        @Override
        public void root(String name) {}

        @Override
        public void child(XmlElement child) {
            switch (child.name()) {
                case "Part" -> StoredPart.of(seal.format().geometry(), child).ifPresent(this::keep);
                case "IsTruncated" -> truncated = child.text().equals("true");
                case "NextPartNumberMarker" ->
                    next = Decimal.parse(child.text()).orElse(0);
                default -> {}
            }
        }

        private void keep(StoredPart part) {
            own.memory().require(part.bytes());
            found.put(part.number(), part);
        }

        @Override
        public Long end(String text) {
            return truncated ? next : 0L;
        }
    }
}
