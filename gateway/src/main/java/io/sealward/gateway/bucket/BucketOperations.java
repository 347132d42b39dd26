package io.sealward.gateway.bucket;

import io.sealward.gateway.document.Documents;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.tenant.Buckets;

/** The operations of this package, ready to be routed to. */
public record BucketOperations(
        Operation listBuckets,
        Operation createBucket,
        Operation headBucket,
        Operation deleteBucket,
        Operation getBucketLocation,
        Operation listObjects,
        Operation listObjectVersions,
        Operation listMultipartUploads,
        Operation deleteObjects) {
    public static BucketOperations of(StoreClients clients, Documents documents, Buckets buckets) {
        return new BucketOperations(
                new ListBuckets(documents, buckets),
                new CreateBucket(documents, buckets),
                new HeadBucket(clients),
                new DeleteBucket(documents, buckets),
                new GetBucketLocation(documents),
                ListObjects.ofObjects(documents),
                ListObjects.ofVersions(documents),
                ListObjects.ofUploads(documents),
                new DeleteObjects(documents));
    }
}
