package io.sealward.gateway.subresource;

import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlElement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The kinds of answers that need nothing of the store. */
final class Answers {
    private static final int LIMIT_BYTES = 64 << 10;

    private Answers() {}

    /** What S3 says where none is configured. */
    static Answered.Answer none(S3Error error) {
        return (request, own) -> CompletableFuture.failedStage(new S3Exception(error));
    }

    /** The same document of every bucket. */
    static Answered.Answer always(XmlElement document) {
        return document(request -> document.toDocument());
    }

    /** A whole document of XML. */
    static Answered.Answer document(Function<S3Request, String> document) {
        return (request, own) -> CompletableFuture.completedStage(Response.xml(200, document.apply(request)));
    }

    /** What was to be taken away is not there, or comes back at once. */
    static Answered.Answer removed() {
        return (request, own) -> CompletableFuture.completedStage(Response.empty(204));
    }

    /** Holds a document that a client wants to be true against what is. */
    interface Claim {
        /**
         * Returns if it is so.
         *
         * @throws S3Exception if it is not
         */
        void requireTrue(S3Request request, XmlElement document);
    }

    /** A document is taken where it says what is so already. */
    static Answered.Answer only(String root, Claim claim) {
        return (request, own) -> received(request, own).thenApply(document -> {
            requireTrue(request, root, claim, document.orElseThrow(() -> new S3Exception(S3Error.MALFORMED_XML)));
            return Response.empty(200);
        });
    }

    /** The same where a header may say it in place of a document. The header's value has been checked. */
    static Answered.Answer only(String root, Claim claim, String header) {
        return (request, own) -> received(request, own).thenApply(document -> {
            if (document.isEmpty() && request.header(header).isEmpty()) {
                throw new S3Exception(S3Error.MALFORMED_XML);
            }
            document.ifPresent(said -> requireTrue(request, root, claim, said));
            return Response.empty(200);
        });
    }

    private static void requireTrue(S3Request request, String root, Claim claim, XmlElement document) {
        if (!document.name().equals(root)) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        claim.requireTrue(request, document);
    }

    private static CompletionStage<Optional<XmlElement>> received(S3Request request, DocumentExchange own) {
        return RequestBody.announced(request.headers())
                ? own.receiveAny(RequestBody.of(request.headers(), request.payload()), LIMIT_BYTES, own.tree())
                : CompletableFuture.completedStage(Optional.empty());
    }
}
