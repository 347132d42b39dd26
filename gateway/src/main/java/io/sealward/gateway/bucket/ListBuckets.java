package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;
import java.util.stream.Stream;

/** ListBuckets: the project's own, whatever else the store holds. */
final class ListBuckets implements Operation {
    private final StoreDocuments store;
    private final Buckets buckets;

    ListBuckets(StoreDocuments store, Buckets buckets) {
        this.store = store;
        this.buckets = buckets;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        store.get(exchange.eventLoop(), request.admission(), StoreRequest.ofBucket(HttpMethod.GET, ""))
                .thenAccept(listed -> exchange.respond(
                        Response.xml(200, own(listed, request.project()).toDocument())))
                .exceptionally(StoreDocuments.failing(exchange));
    }

    private XmlElement own(XmlElement listed, Project project) {
        List<XmlElement> own = listed.all("Buckets").stream()
                .flatMap(all -> all.all("Bucket").stream())
                .filter(bucket -> bucket.value("Name")
                        .filter(name -> buckets.access(project, name) == Buckets.Access.OWNED)
                        .isPresent())
                .toList();
        return XmlElement.of(
                "ListAllMyBucketsResult",
                Stream.of(Owner.of("Owner", project), XmlElement.of("Buckets", own))
                        .toList());
    }
}
