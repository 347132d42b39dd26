package io.sealward.gateway.copy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.FrameOpener;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.gateway.object.Overwritten;
import io.sealward.gateway.request.MetadataHeaders;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Opens the frame that ends a copy: under its DEK it does only if the store has copied the object that the DEK is of. */
final class CopyProof {
    private static final int NOT_FOUND = 404;

    private CopyProof() {}

    /**
     * Requires that what the store made has the frames that its seal is for. What has taken its place since needs none.
     *
     * @param made what the store said of the copy
     * @param dek the caller destroys it, when the stage has completed
     * @return fails with {@link Overwritten} as the cause if it has others
     */
    static CompletionStage<Void> require(Copying copy, HttpHeaders made, ObjectSeal seal, Dek dek) {
        S3Request request = copy.request();
        StoreRequest end = StoreRequest.of(HttpMethod.GET, request.bucket(), request.key())
                .header(
                        HttpHeaderNames.RANGE,
                        "bytes=-" + seal.format().geometry().frameOverhead());
        Optional.ofNullable(made.get("x-amz-version-id")).ifPresent(id -> end.query("versionId", id));
        return copy.own().ask(end).thenAccept(read -> {
            boolean there = read.response().successful();
            if (!there && read.response().status() != NOT_FOUND) {
                throw StoreErrors.of(read);
            }
            if (there && isOf(seal, read.response().headers()) && !opens(read, dek)) {
                throw Overwritten.slowDown();
            }
        });
    }

    private static boolean isOf(ObjectSeal seal, HttpHeaders found) {
        try {
            return ObjectSeal.fromMetadata(MetadataHeaders.sealEntries(found))
                    .filter(other -> Arrays.equals(other.sealedDek(), seal.sealedDek()))
                    .isPresent();
        } catch (SealException e) {
            return false;
        }
    }

    private static boolean opens(StoreClient.Collected read, Dek dek) {
        byte[] frame = read.body();
        FrameOpener opener = new FrameOpener(dek);
        try {
            if (frame.length != dek.format().geometry().frameOverhead()) {
                return false;
            }
            opener.open(opener.header(frame, 0), frame, 0, frame.length, new byte[0], 0);
            return true;
        } catch (SealException e) {
            return false;
        } finally {
            opener.destroy();
        }
    }
}
