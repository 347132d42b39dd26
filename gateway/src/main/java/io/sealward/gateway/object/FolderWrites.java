package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.Asker;
import io.sealward.gateway.store.FolderKeys;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes under keys that end in {@code /}, of which not every store keeps what it was sent. */
public final class FolderWrites {
    private static final byte[] NONE = {};

    private final StoreClients clients;

    public FolderWrites(StoreClients clients) {
        this.clients = clients;
    }

    /**
     * To be asked before content is written.
     *
     * @throws S3Exception NotImplemented if the key is a folder marker's
     */
    public void requireContentAllowed(S3Request request) {
        if (FolderKeys.include(request.key()) && clients.folderKeys() == FolderKeys.MARKERS) {
            throw new S3Exception(
                    S3Error.NOT_IMPLEMENTED,
                    "A key that ends in / holds an empty object here. For a store that keeps more, the operator of this"
                            + " gateway sets store.folder-keys to objects.");
        }
    }

    /**
     * Looks at what the store made of such a write, where it is said to keep it whole; elsewhere completes at once.
     *
     * @param sealedLength of the object that was written
     * @return fails with NotImplemented if the store kept something else
     */
    public CompletionStage<Void> requireKept(S3Request request, Asker asker, long sealedLength) {
        if (!FolderKeys.include(request.key()) || clients.folderKeys() == FolderKeys.MARKERS) {
            return CompletableFuture.completedStage(null);
        }
        StoreRequest head = StoreRequest.of(HttpMethod.HEAD, request.bucket(), request.key());
        return clients.on(asker, request.admission()).exchange(head, NONE, 0).thenAccept(kept -> {
            if (!kept.response().successful()) {
                throw StoreErrors.of(kept);
            }
            if (!whole(kept, sealedLength)) {
                throw new S3Exception(
                        S3Error.NOT_IMPLEMENTED,
                        "The store behind this gateway did not keep the object as it was sent, as its key ends in /. The"
                                + " operator sets store.folder-keys to markers.");
            }
        });
    }

    private static boolean whole(StoreClient.Collected kept, long sealedLength) {
        StoredObject object = StoredObject.of(kept.response());
        return object.seal().isPresent() && object.storedLength() == sealedLength;
    }
}
