package io.sealward.gateway.object;

import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.tenant.Buckets;
import java.security.SecureRandom;

/** The operations of this package, ready to be routed to. */
public record ObjectOperations(Operation put, Operation get, Operation head, Operation delete) {
    public static ObjectOperations of(
            StoreClients clients,
            ObjectKeys keys,
            SealedUpload upload,
            Layouts layouts,
            Buckets buckets,
            SecureRandom random) {
        ReadPlans plans = new ReadPlans(layouts);
        UnsealedObjects unsealed = new UnsealedObjects(clients, buckets);
        return new ObjectOperations(
                new PutObject(new FolderWrites(clients), upload, keys, random),
                new GetObject(clients, keys, plans, buckets, unsealed),
                new HeadObject(clients, plans, unsealed),
                new DeleteObject(clients));
    }
}
