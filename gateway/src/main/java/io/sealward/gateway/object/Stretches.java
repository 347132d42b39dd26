package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.key.SealException;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads short stretches of one version of a stored object. */
record Stretches(StoreClient client, Place place, Optional<String> versionId, String etag) {
    /** So many bytes from there on; a SlowDown, of {@link Overwritten}, if it is another by now. */
    CompletionStage<byte[]> read(long offset, int length) {
        StoreRequest get = StoreRequest.of(HttpMethod.GET, place.bucket(), place.key())
                .header(HttpHeaderNames.IF_MATCH, etag)
                .header(HttpHeaderNames.RANGE, "bytes=" + offset + "-" + (offset + length - 1));
        versionId.ifPresent(id -> get.query("versionId", id));
        return client.fetch(get)
                .thenCompose(fetched -> fetched.then(answered -> {
                    boolean successful = answered.response().successful();
                    String found = answered.response().headers().get(HttpHeaderNames.ETAG, "");
                    if (answered.response().status() == 412 || (successful && !ETags.same(found, etag))) {
                        throw Overwritten.slowDown();
                    }
                    return successful
                            ? client.collect(answered, length).thenApply(read -> whole(read.body(), length))
                            : StoreErrors.relay(client, answered);
                }));
    }

    private static byte[] whole(byte[] body, int length) {
        if (body.length != length) {
            throw BrokenSeal.of(new SealException.Truncated("a frame is cut"));
        }
        return body;
    }
}
