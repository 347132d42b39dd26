package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Conditions;
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
import java.util.concurrent.CompletableFuture;
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
    CompletionStage<Void> serve(S3Request request, Exchange exchange, S3Error ifSealed) {
        requireMixed(request);
        StoreRequest get = ReadPlans.storeRequest(HttpMethod.GET, request);
        request.header("range").ifPresent(range -> get.header(HttpHeaderNames.RANGE, range));
        request.query("partNumber").ifPresent(number -> get.query("partNumber", number));
        StoreClient client = clients.on(exchange.eventLoop(), request.admission());
        return client.fetch(get)
                .thenCompose(fetched -> fetched.then(answered -> {
                    if (answered.response().status() == 304) {
                        return client.collect(answered, 0)
                                .thenAccept(unchanged -> exchange.respond(Response.empty(
                                        304, ReadPlan.describe(request, StoredObject.of(answered.response())))));
                    }
                    if (!answered.response().successful()) {
                        return StoreErrors.relay(client, answered);
                    }
                    StoredObject object = StoredObject.of(answered.response());
                    if (object.seal().isPresent()) {
                        throw new S3Exception(ifSealed);
                    }
                    return relay(request, exchange, answered, object);
                }));
    }

    /** Gives an answer of the store to the client as it is, under the client's conditions. */
    CompletionStage<Void> relay(
            S3Request request, Exchange exchange, StoreClient.Answered answered, StoredObject object) {
        requireServed(request, object);
        if (Conditions.unchanged(request.headers(), object.etag())) {
            answered.call().abort();
            exchange.respond(Response.empty(304, ReadPlan.describe(request, object)));
            return CompletableFuture.completedStage(null);
        }
        if (!object.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            throw new StoreException("the store did not tell the length of an object");
        }
        exchange.reserve(RequestMemory.ofStream(object.bodyEnd() - object.bodyStart()));
        HttpHeaders headers = ReadPlan.describe(request, object);
        for (CharSequence name : new CharSequence[] {HttpHeaderNames.CONTENT_LENGTH, HttpHeaderNames.CONTENT_RANGE}) {
            String value = object.headers().get(name);
            if (value != null) {
                headers.set(name, value);
            }
        }
        PlainAnswer.start(exchange, answered.call(), answered.response().status(), headers);
        return CompletableFuture.completedStage(null);
    }
}
