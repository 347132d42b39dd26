package io.sealward.gateway.object;

import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.tenant.Buckets;
import java.security.SecureRandom;
import java.util.List;

/** The operations of this package: each a line. */
public final class ObjectOperations {
    private ObjectOperations() {}

    public static List<Operation> all(
            StoreClients clients, ObjectKeys keys, PartLayouts layouts, Buckets buckets, SecureRandom random) {
        ReadPlans plans = new ReadPlans(layouts);
        UnsealedObjects unsealed = new UnsealedObjects(clients, buckets);
        PutObject put = new PutObject(new FolderWrites(clients), new SealedUpload(clients), keys, random);
        return List.of(
                put,
                new PostObject(put),
                new GetObject(clients, keys, plans, buckets, unsealed),
                new HeadObject(clients, keys, plans, unsealed),
                new GetObjectAttributes(clients, keys, plans, unsealed),
                new DeleteObject(clients));
    }
}
