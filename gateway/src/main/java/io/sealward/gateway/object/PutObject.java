package io.sealward.gateway.object;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.format.Format;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.body.Checksum;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.FreshKey;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.MetadataHeaders;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.store.FolderKeys;
import io.sealward.gateway.store.StoreRequest;
import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * PutObject: one part, always with its terminator, under a DEK of its own. One KMS call. A folder marker has no bytes at
 * all, so that a store cannot drop any.
 */
final class PutObject implements Operation {
    private static final Declaration DECLARATION = new Declaration(
            "PutObject",
            Route.of(HttpMethod.PUT, Place.Level.OBJECT),
            Rights.ofNewObject(),
            Accepts.objectData(AcceptedHeaders.ofNewObject()),
            Treatment.sealed("conditions"));

    private final FolderWrites folders;
    private final SealedUpload upload;
    private final ObjectKeys keys;
    private final SecureRandom random;

    PutObject(FolderWrites folders, SealedUpload upload, ObjectKeys keys, SecureRandom random) {
        this.folders = folders;
        this.upload = upload;
        this.keys = keys;
        this.random = random;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        request.refuse("partNumber", "versionId");
        return store(request, exchange).thenAccept(exchange::respond);
    }

    /** Stores the object, whatever is then answered. */
    CompletionStage<Response> store(S3Request request, Exchange exchange) {
        RequestBody body = SealedUpload.body(request);
        if (body.length() > 0) {
            folders.requireContentAllowed(request);
        }
        exchange.reserve(RequestMemory.ofStream(body.length()));
        return keys.create(request.admission(), request.binding(), exchange.eventLoop())
                .thenCompose(key -> key.during(() -> put(request, exchange, body, key)));
    }

    private CompletionStage<Response> put(S3Request request, Exchange exchange, RequestBody body, FreshKey key) {
        boolean marker = body.length() == 0 && FolderKeys.include(request.key());
        EncryptionHeaders.check(request.headers(), key.kek());
        StoreRequest put = StoreRequest.of(HttpMethod.PUT, request.bucket(), request.key())
                .headers(MetadataHeaders.toStore(request.headers(), key.seal(marker ? Layout.EMPTY : Layout.SINGLE)));
        Conditions.ofWrite(request.headers(), put);
        Consumer<Checksum> keep = sum -> KeptChecksum.keep(sum, put, key.dek(), random);
        body.announcedChecksum().ifPresent(keep);
        Consumer<Checksum> keepLate = body.announcedChecksum().isEmpty()
                        && body.length() <= Format.WRITTEN.geometry().framePlaintext()
                ? keep
                : sum -> {};
        PartSealer sealer =
                marker ? PartSealer.ofEmpty(key.dek(), random) : PartSealer.ofObject(key.dek(), body.length(), random);
        long sealedLength = sealer.sealedLength();
        return upload.run(exchange, request, put, new SealedUpload.Sealing(body, sealer, key, keepLate))
                .thenCompose(stored -> folders.requireKept(request, exchange, sealedLength)
                        .thenApply(kept -> answer(stored, key.kek())));
    }

    private static Response answer(SealedUpload.Stored stored, KekReference kek) {
        HttpHeaders headers = new DefaultHttpHeaders();
        copy(stored.headers(), headers, "x-amz-version-id");
        copy(stored.headers(), headers, "x-amz-expiration");
        headers.set("etag", ETags.toClient(stored.headers().get("etag", "")));
        EncryptionHeaders.add(headers, kek);
        stored.intake().checksum().ifPresent(sum -> sum.addTo(headers));
        return Response.empty(200, headers);
    }

    private static void copy(HttpHeaders from, HttpHeaders to, String name) {
        String value = from.get(name);
        if (value != null) {
            to.set(name, value);
        }
    }
}
