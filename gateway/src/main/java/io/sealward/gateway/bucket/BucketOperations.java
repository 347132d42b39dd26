package io.sealward.gateway.bucket;

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
    public static BucketOperations of(StoreClients clients, Buckets buckets) {
        StoreDocuments store = new StoreDocuments(clients);
        return new BucketOperations(
                new ListBuckets(store, buckets),
                new CreateBucket(store, clients, buckets),
                new HeadBucket(clients),
                new DeleteBucket(store, buckets),
                new GetBucketLocation(store),
                ListObjects.ofObjects(store),
                ListObjects.ofVersions(store),
                ListObjects.ofUploads(store),
                new DeleteObjects(store));
    }
}
