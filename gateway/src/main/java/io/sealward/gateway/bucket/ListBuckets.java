package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlWriter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** ListBuckets: the project's own, whatever else the store holds. */
final class ListBuckets implements Operation {
    private static final Declaration DECLARATION = new Declaration(
            "ListBuckets",
            Route.of(HttpMethod.GET, Place.Level.SERVICE),
            Rights.ofProject("s3:ListAllMyBuckets"),
            Accepts.nothing(),
            Treatment.answered("one's own buckets only"));

    private final Documents documents;
    private final Buckets buckets;

    ListBuckets(Documents documents, Buckets buckets) {
        this.documents = documents;
        this.buckets = buckets;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        return documents.serve(request.admission(), exchange, own -> own.ask(
                        StoreRequest.ofBucket(HttpMethod.GET, ""),
                        new OwnBuckets(request.project(), BucketPage.of(request), own.writer("ListAllMyBucketsResult")))
                .thenAccept(own::answer));
    }

    private final class OwnBuckets implements XmlDocument<XmlWriter> {
        private final Project project;
        private final BucketPage page;
        private final XmlWriter written;
        private boolean listed;

        OwnBuckets(Project project, BucketPage page, XmlWriter written) {
            this.project = project;
            this.page = page;
            this.written = written.add(OwnerElement.of("Owner", project));
        }

        @Override
        public void root(String name) {}

        @Override
        public void child(XmlElement child) {
            if (child.name().equals("Buckets")) {
                listed = true;
                page.of(child.all("Bucket").stream().filter(this::own).toList()).forEach(written::add);
            }
        }

        private boolean own(XmlElement bucket) {
            return bucket.value("Name")
                    .filter(name -> buckets.access(project, name) == Buckets.Access.OWNED)
                    .isPresent();
        }

        @Override
        public XmlWriter end(String text) {
            if (!listed) {
                page.of(List.of()).forEach(written::add);
            }
            return written.end();
        }
    }
}
