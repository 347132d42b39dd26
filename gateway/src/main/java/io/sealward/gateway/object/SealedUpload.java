package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.gateway.body.BodyIntake;
import io.sealward.gateway.body.Checksum;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.key.ObjectKey;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.store.StoreUpload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Moves the body of a PUT to the store: verified, sealed, and never whole at the store before it is verified whole. Of a
 * body of one frame the store hears only then. The upload ends at once when the client breaks off, the store refuses, or
 * the KEK is withdrawn.
 */
public final class SealedUpload {
    private static final int ANSWER_LIMIT_BYTES = 64 << 10;

    private final StoreClients clients;

    public SealedUpload(StoreClients clients) {
        this.clients = clients;
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

    /** What the store said, and the checksum the client had sent, verified. */
    public record Stored(HttpHeaders headers, BodyIntake intake) {}

    /**
     * Sends the request and its body; the stage completes when the store has answered that it keeps them.
     *
     * @param put addressed to the store; its length is set here
     */
    public CompletionStage<Stored> run(Exchange exchange, S3Request request, StoreRequest put, Sealing sealing) {
        PartSealer sealer = sealing.sealer();
        StoreClient client = clients.on(exchange, request.admission());
        StoreUpload upload = client.upload(put.contentLength(sealer.sealedLength()));
        return transfer(exchange, client, upload, sealing).whenComplete((stored, failure) -> sealer.destroy());
    }

    private static CompletionStage<Stored> transfer(
            Exchange exchange, StoreClient client, StoreUpload upload, Sealing sealing) {
        CompletableFuture<Stored> result = new CompletableFuture<>();
        sealing.key().whenWithdrawn(why -> {
            result.completeExceptionally(why); // before the abort fails it otherwise
            upload.abort();
        });
        if (result.isDone()) { // withdrawn since the key was granted
            return result;
        }
        RequestBody body = sealing.body();
        BodyIntake intake =
                body.into(new SealingSink(sealing.sealer(), body.length(), upload, upload::end, exchange.allocator()));
        CompletionStage<Void> received = exchange.receive(intake, upload).whenComplete((done, failure) -> {
            if (failure == null) {
                intake.checksum().ifPresent(sealing.verified());
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
                        result.complete(new Stored(answer.response().headers(), intake));
                    } else {
                        result.completeExceptionally(failure);
                        upload.abort();
                    }
                });
        return result;
    }
}
