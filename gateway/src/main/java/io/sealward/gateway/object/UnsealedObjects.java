package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.FolderKeys;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreException;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Buckets;
import java.util.concurrent.CompletionStage;

/**
 * Objects without a seal: served as they are in a bucket that is being migrated, refused everywhere else, since whoever
 * can strip an object's metadata at the store could else have his own bytes taken for the tenant's. But a folder marker
 * may have lost its seal at the store: where nothing but empty objects is written under such keys, one without a byte is
 * what it must be, and says no more than the store's listing does.
 */
final class UnsealedObjects {
    private final StoreClients clients;
    private final Buckets buckets;

    UnsealedObjects(StoreClients clients, Buckets buckets) {
        this.clients = clients;
        this.buckets = buckets;
    }

    boolean marker(S3Request request, StoredObject object) {
        return FolderKeys.include(request.key())
                && object.storedLength() == 0
                && clients.folderKeys() == FolderKeys.MARKERS;
    }

    void requireServed(S3Request request, StoredObject object) {
        if (!marker(request, object)) {
            requireMixed(request);
        }
    }

    private void requireMixed(S3Request request) {
        if (!buckets.mixed(request.bucket())) {
            throw new S3Exception(
                    S3Error.INVALID_OBJECT_STATE, "This object has no seal, and its bucket holds sealed objects only.");
        }
    }

    /**
     * Reads the object again, with the client's own range.
     *
     * @param ifSealed what to tell the client if it turns out to be sealed
     */
    CompletionStage<Void> serve(Read read, S3Error ifSealed) {
        S3Request request = read.request();
        requireMixed(request);
        StoreRequest get = ReadPlans.storeRequest(HttpMethod.GET, request);
        request.header("range").ifPresent(range -> get.header(HttpHeaderNames.RANGE, range));
        request.query("partNumber").ifPresent(number -> get.query("partNumber", number));
        return read.client()
                .fetch(get)
                .thenCompose(fetched -> fetched.then(answered -> {
                    boolean unchanged = Unchanged.says(answered.response());
                    if (!answered.response().successful() && !unchanged) {
                        return StoreErrors.relay(read.client(), answered);
                    }
                    StoredObject object = StoredObject.of(answered.response());
                    if (object.seal().isPresent() && !unchanged) {
                        throw new S3Exception(ifSealed);
                    }
                    return read.unchanged(answered, object).orElseGet(() -> relay(read, answered, object));
                }));
    }

    /** Gives an answer of the store to the client as it is. The client's conditions have been held against it. */
    CompletionStage<Void> relay(Read read, StoreClient.Answered answered, StoredObject object) {
        requireServed(read.request(), object);
        if (!object.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            throw new StoreException("the store did not tell the length of an object");
        }
        read.exchange().reserve(RequestMemory.ofStream(object.bodyEnd() - object.bodyStart()));
        HttpHeaders headers = ReadPlan.describe(read.request(), object);
        for (CharSequence name : new CharSequence[] {HttpHeaderNames.CONTENT_LENGTH, HttpHeaderNames.CONTENT_RANGE}) {
            String value = object.headers().get(name);
            if (value != null) {
                headers.set(name, value);
            }
        }
        return PlainAnswer.start(
                read.exchange(), answered.call(), answered.response().status(), headers);
    }
}
