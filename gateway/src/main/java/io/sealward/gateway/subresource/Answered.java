package io.sealward.gateway.subresource;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import java.util.concurrent.CompletionStage;

/** What the gateway answers by itself of any bucket, or object, that is there: only that is asked of the store. */
final class Answered implements Operation {
    private final Declaration declaration;
    private final Documents documents;
    private final Answer answer;

    /** What is told of a bucket or an object that is there. */
    interface Answer {
        /** The stage, or this itself, fails where S3 tells an error. */
        CompletionStage<Response> to(S3Request request, DocumentExchange own);
    }

    Answered(Declaration declaration, Answer answer, Documents documents) {
        this.declaration = declaration;
        this.documents = documents;
        this.answer = answer;
    }

    @Override
    public Declaration declaration() {
        return declaration;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        return documents.serve(request.admission(), exchange, own -> requireThere(request, own)
                .thenCompose(there -> answer.to(request, own))
                .thenAccept(own::respond));
    }

    private static CompletionStage<Void> requireThere(S3Request request, DocumentExchange own) {
        StoreRequest head = StoreRequest.of(HttpMethod.HEAD, request.bucket(), request.key());
        request.query("versionId").ifPresent(id -> head.query("versionId", id));
        return own.ask(head).thenAccept(told -> {
            if (told.response().status() == 404 && request.key().isEmpty()) { // by status it would be a key
                throw new S3Exception(S3Error.NO_SUCH_BUCKET);
            }
            DocumentExchange.requireSuccess(told);
        });
    }
}
