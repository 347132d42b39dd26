package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.gateway.body.BodyIntake;
import io.sealward.gateway.body.Checksum;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.key.ObjectKey;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.store.StoreUpload;
import io.sealward.gateway.tenant.Admission;
import io.sealward.providers.StageFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Moves the body of a PUT to the store: verified, sealed, and never whole at the store before it is verified whole. Of a
 * body of one frame the store hears only then. The upload ends at once when the client breaks off, the store refuses, or
 * the KEK is withdrawn.
 */
public final class SealedUpload {
    private static final int ANSWER_LIMIT_BYTES = 64 << 10;

    /** The most S3 takes in one PUT. Sealed it is 0.07 % longer, which is the store's to judge. */
    private static final long MAX_BYTES = 5L << 30;

    private final StoreClients clients;

    public SealedUpload(StoreClients clients) {
        this.clients = clients;
    }

    /**
     * The body of a request, which is yet to be read.
     *
     * @throws S3Exception EntityTooLarge if it is longer than S3 takes
     */
    public static RequestBody body(S3Request request) {
        RequestBody body = RequestBody.of(request.headers(), request.payload());
        if (body.length() > MAX_BYTES) {
            throw new S3Exception(S3Error.ENTITY_TOO_LARGE);
        }
        return body;
    }

    /**
     * What is sealed, and how.
     *
     * @param body plaintext, as the client sends it
     * @param sealer of the part to write; destroyed when the upload has ended
     * @param key that the sealer works under; outlives the upload
     * @param verified told of the client's checksum when the body has verified. Of a body of one frame the store has not
     *     heard then, so that it can still be told.
     */
    public record Sealing(RequestBody body, PartSealer sealer, ObjectKey key, Consumer<Checksum> verified) {}

    /**
     * The same of what another object holds.
     *
     * @param content of that object, whose key outlives the upload as well
     */
    public record Resealing(SourceContent content, PartSealer sealer, ObjectKey key) {}

    /** What the store said, and the checksum the client had sent, verified. */
    public record Stored(HttpHeaders headers, BodyIntake intake) {}

    /**
     * Sends the request and its body; the stage completes when the store has answered that it keeps them.
     *
     * @param put addressed to the store; its length is set here
     */
    public CompletionStage<Stored> run(Exchange exchange, S3Request request, StoreRequest put, Sealing sealing) {
        PartSealer sealer = sealing.sealer();
        RequestBody body = sealing.body();
        StoreClient client = clients.on(exchange, request.admission());
        StoreUpload upload = client.upload(put.contentLength(sealer.sealedLength()));
        BodyIntake intake =
                body.into(new SealingSink(sealer, body.length(), upload, upload::end, exchange.allocator()));
        return new Transfer(client, upload)
                .run(sealing.key()::whenWithdrawn, () -> exchange.receive(intake, upload)
                        .thenRun(() -> intake.checksum().ifPresent(sealing.verified())))
                .thenApply(headers -> new Stored(headers, intake))
                .whenComplete((stored, failure) -> sealer.destroy());
    }

    /**
     * Sends the request with content that comes from the store itself.
     *
     * @param admission of the copy, which its source has to do with, too
     * @return what the store said
     */
    public CompletionStage<HttpHeaders> run(
            Exchange exchange, Admission admission, StoreRequest put, Resealing resealing) {
        PartSealer sealer = resealing.sealer();
        SourceContent content = resealing.content();
        StoreClient client = clients.on(exchange, admission);
        StoreUpload upload = client.upload(put.contentLength(sealer.sealedLength()));
        SealingSink sink = new SealingSink(sealer, content.length(), upload, upload::end, exchange.allocator());
        return new Transfer(client, upload)
                .run(
                        told -> {
                            content.whenWithdrawn(told);
                            resealing.key().whenWithdrawn(told);
                        },
                        () -> content.into(sink, upload))
                .whenComplete((stored, failure) -> {
                    if (failure != null) {
                        content.giveUp(StageFailure.cause(failure));
                    }
                    sealer.destroy();
                });
    }

    /** An upload, and the content on its way into it. */
    private record Transfer(StoreClient client, StoreUpload upload) {
        /**
         * Moves the content, unless a KEK that it depends on is withdrawn already.
         *
         * @param depends tells who waits when such a KEK is withdrawn
         * @param content ends when all of it has verified
         */
        CompletionStage<HttpHeaders> run(
                Consumer<Consumer<S3Exception>> depends, Supplier<CompletionStage<Void>> content) {
            CompletableFuture<HttpHeaders> result = new CompletableFuture<>();
            depends.accept(why -> {
                result.completeExceptionally(why); // before the abort fails it otherwise
                upload.abort();
            });
            if (result.isDone()) { // withdrawn since the key was granted
                return result;
            }
            CompletionStage<Void> received = content.get().whenComplete((done, failure) -> {
                if (failure == null) {
                    upload.finish();
                } else {
                    result.completeExceptionally(failure);
                    upload.abort();
                }
            });
            upload.answered()
                    .thenCompose(answered -> answered.response().successful()
                            ? received.thenCompose(done -> client.collect(answered, ANSWER_LIMIT_BYTES))
                            : StoreErrors.<StoreClient.Collected>relay(client, answered))
                    .whenComplete((answer, failure) -> {
                        if (failure == null) {
                            result.complete(answer.response().headers());
                        } else {
                            result.completeExceptionally(failure);
                            upload.abort();
                        }
                    });
            return result;
        }
    }
}
