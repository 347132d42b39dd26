package io.sealward.gateway.copy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.ObjectKey;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.multipart.Uploads;
import io.sealward.gateway.object.Overwritten;
import io.sealward.gateway.object.SealedUpload;
import io.sealward.gateway.object.SourceContent;
import io.sealward.gateway.object.SourceObject;
import io.sealward.gateway.object.SourceReads;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.CopySource;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.ByteRange;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.SingleHeader;
import io.sealward.gateway.store.StoreRequest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * UploadPartCopy: opened and sealed anew as the part that it becomes. The frames of another object say another place, and
 * could not stand in this one.
 */
final class UploadPartCopy implements Operation {
    private static final int ATTEMPTS = 3;
    private static final String RANGE = CopySource.HEADER + "-range";
    private static final Pattern FIRST_AND_LAST = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");

    private static final Declaration DECLARATION = new Declaration(
            "UploadPartCopy",
            Route.of(HttpMethod.PUT, Place.Level.OBJECT).with("uploadId").selectedBy(CopySource.HEADER),
            Rights.inOwnBucket("s3:PutObject").readingSource("s3:GetObject", "s3:GetObjectVersion"),
            Accepts.headers(AcceptedHeaders.ofUpload(CopySource.headersAnd(RANGE))),
            Treatment.sealed(
                    "through the gateway, any range; between projects as policies allow; conditions, versions"));

    private final Uploads uploads;
    private final Documents documents;
    private final ObjectKeys keys;
    private final SourceReads sources;
    private final SealedUpload upload;
    private final SecureRandom random;

    UploadPartCopy(
            Uploads uploads,
            Documents documents,
            ObjectKeys keys,
            SourceReads sources,
            SealedUpload upload,
            SecureRandom random) {
        this.uploads = uploads;
        this.documents = documents;
        this.keys = keys;
        this.sources = sources;
        this.upload = upload;
        this.random = random;
    }

    /** The part that is to be made. */
    private record Part(Copying copy, int number, UploadSeal seal, Optional<ByteRange.FromTo> range) {}

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        int number = Uploads.partNumber(request);
        UploadSeal seal = uploads.of(request);
        EncryptionHeaders.check(request.headers(), seal.kek());
        Optional<ByteRange.FromTo> range =
                SingleHeader.of(request.headers(), RANGE).map(UploadPartCopy::range);
        return sources.of(request, DECLARATION.rights())
                .thenCompose(source -> documents.serve(
                        Copying.admission(request, source),
                        exchange,
                        own -> own.respondLate(
                                copy(new Part(new Copying(request, source, exchange, own), number, seal, range)))));
    }

    private CompletionStage<Response> copy(Part part) {
        S3Request request = part.copy().request();
        return keys.open(
                        request.admission(),
                        request.binding(),
                        part.seal(),
                        part.copy().loop())
                .thenCompose(key -> key.during(() -> attempt(part, key, 1)));
    }

    private static ByteRange.FromTo range(String text) {
        Matcher matcher = FIRST_AND_LAST.matcher(text);
        if (matcher.matches()) {
            ByteRange.FromTo range =
                    new ByteRange.FromTo(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
            if (range.first() <= range.last()) {
                return range;
            }
        }
        throw new S3Exception(
                S3Error.INVALID_ARGUMENT,
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the"
                        + " zero-based offsets of the first and last bytes to copy");
    }

    private CompletionStage<Response> attempt(Part part, ObjectKey key, int attempt) {
        Copying copy = part.copy();
        return sources.find(copy.source(), copy.exchange())
                .thenApply(copy::required)
                .thenCompose(source -> sources.open(
                        source,
                        part.range(),
                        copy.exchange(),
                        content -> StreamedCopy.withRoom(copy, content, () -> put(part, source, content, key))))
                .exceptionallyCompose(failure -> Overwritten.isCauseOf(failure) && attempt < ATTEMPTS
                        ? attempt(part, key, attempt + 1)
                        : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<Response> put(Part part, SourceObject source, SourceContent content, ObjectKey key) {
        CopyLimits.requirePart(part.seal().format().geometry(), part.number(), content.length());
        S3Request request = part.copy().request();
        StoreRequest put = StoreRequest.of(HttpMethod.PUT, request.bucket(), request.key())
                .query("partNumber", Integer.toString(part.number()))
                .query("uploadId", part.seal().storeUploadId());
        PartSealer sealer = PartSealer.ofPart(key.dek(), part.number(), content.length(), random);
        String receipt = sealer.receipt(key.dek());
        return upload.run(
                        part.copy().exchange(),
                        part.copy().admission(),
                        put,
                        new SealedUpload.Resealing(content, sealer, key))
                .thenApply(stored -> CopyAnswer.now(
                                ETags.withReceipt(stored.get(HttpHeaderNames.ETAG, ""), receipt), stored)
                        .toResponse("CopyPartResult", source, part.seal().kek()));
    }
}
