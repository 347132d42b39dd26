package io.sealward.gateway.bucket;

import io.sealward.gateway.document.Documents;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.tenant.Buckets;
import java.util.List;

/** The operations of this package: each a line. */
public final class BucketOperations {
    private BucketOperations() {}

    public static List<Operation> all(Documents documents, Buckets buckets) {
        return List.of(
                new ListBuckets(documents, buckets),
                new CreateBucket(documents, buckets),
                new HeadBucket(documents.clients()),
                new DeleteBucket(documents, buckets),
                new GetBucketLocation(documents),
                ListObjects.ofObjects(documents),
                ListObjects.ofVersions(documents),
                new DeleteObjects(documents));
    }

    /** ListMultipartUploads, for those who know what the uploads' ids are. */
    public static Operation listMultipartUploads(Documents documents, UploadIds ids) {
        return ListObjects.ofUploads(documents, ids);
    }
}
