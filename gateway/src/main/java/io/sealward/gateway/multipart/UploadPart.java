package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.object.SealedUpload;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.store.StoreRequest;
import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;

/** UploadPart: sealed under a key of this very attempt, so that a part may be sent again, differently or elsewhere. */
final class UploadPart implements Operation {
    private static final Declaration DECLARATION = new Declaration(
            "UploadPart",
            Route.of(HttpMethod.PUT, Place.Level.OBJECT).with("uploadId"),
            Rights.inOwnBucket("s3:PutObject"),
            Accepts.objectData(AcceptedHeaders.ofUpload()),
            Treatment.sealed("parts 1, 2, 3, ... without gaps, of any size S3 takes"));

    private final Uploads uploads;
    private final SealedUpload upload;
    private final ObjectKeys keys;
    private final SecureRandom random;

    UploadPart(Uploads uploads, SealedUpload upload, ObjectKeys keys, SecureRandom random) {
        this.uploads = uploads;
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
        int partNumber = Uploads.partNumber(request);
        UploadSeal seal = uploads.of(request);
        EncryptionHeaders.check(request.headers(), seal.kek());
        RequestBody body = SealedUpload.body(request);
        StoreRequest put = StoreRequest.of(HttpMethod.PUT, request.bucket(), request.key())
                .query("partNumber", Integer.toString(partNumber))
                .query("uploadId", seal.storeUploadId());
        exchange.reserve(RequestMemory.ofStream(body.length()));
        return keys.open(request.admission(), request.binding(), seal, exchange.eventLoop())
                .thenCompose(key -> key.during(() -> {
                    PartSealer sealer = PartSealer.ofPart(key.dek(), partNumber, body.length(), random);
                    String receipt = sealer.receipt(key.dek());
                    return upload.run(exchange, request, put, new SealedUpload.Sealing(body, sealer, key, sum -> {}))
                            .thenApply(stored -> {
                                uploads.remember(request.bucket(), seal);
                                return answer(stored, seal, PartETags.told(key.dek(), receipt, stored));
                            });
                }))
                .thenAccept(exchange::respond);
    }

    private static Response answer(SealedUpload.Stored stored, UploadSeal seal, String etag) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.ETAG, etag);
        EncryptionHeaders.add(headers, seal.kek());
        stored.intake().checksum().ifPresent(sum -> headers.set(sum.algorithm().headerName(), sum.base64()));
        return Response.empty(200, headers);
    }
}
