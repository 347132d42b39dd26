package io.sealward.gateway.subresource;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.Md5;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A document beside a bucket or an object that the store keeps and acts on, and that means the same there: read, written or
 * removed at the store. What passes is well-formed, within bounds and written anew, and has the root that is due.
 */
final class PassedOn implements Operation {
    /** Of answers, those that say of which version they are, or belong to the document. */
    private static final List<String> PASSED_BACK =
            List.of("x-amz-version-id", "x-amz-transition-default-minimum-object-size", "x-amz-restore-output-path");

    private final Declaration declaration;
    private final Documents documents;
    private final Kind kind;

    /**
     * What kind of document it is.
     *
     * @param root its name
     * @param limitBytes of the client's
     * @param digest whether a client must send a digest of it, as S3 demands where a damaged one would do harm
     * @param translation between what it says to the client and to the store
     */
    record Kind(String root, int limitBytes, boolean digest, Translation translation) {}

    PassedOn(Declaration declaration, Kind kind, Documents documents) {
        this.declaration = declaration;
        this.documents = documents;
        this.kind = kind;
    }

    @Override
    public Declaration declaration() {
        return declaration;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        StoreRequest toStore = toStore(request);
        return documents.serve(
                request.admission(), exchange, own -> switch (request.method().name()) {
                    case "GET" -> read(own, toStore);
                    case "DELETE" ->
                        requireKnown(own, request)
                                .thenCompose(known -> own.send(toStore))
                                .thenAccept(removed ->
                                        own.respond(told(204, removed.response().headers())));
                    default -> write(own, request, toStore);
                });
    }

    private StoreRequest toStore(S3Request request) {
        StoreRequest toStore = about(request.method(), request);
        declaration.accepts().headers().names().forEach(name -> request.header(name)
                .ifPresent(value -> toStore.header(name, value)));
        return toStore;
    }

    private StoreRequest about(HttpMethod method, S3Request request) {
        StoreRequest about = StoreRequest.of(method, request.bucket(), request.key())
                .query(declaration.route().subResource(), "");
        request.query("versionId").ifPresent(id -> about.query("versionId", id));
        return about;
    }

    /**
     * A store that passes over a sub-resource which it does not know would change the bucket or the object itself: MinIO deletes
     * the bucket whose public access block is to go. So it has to say first that it keeps such documents.
     */
    private CompletionStage<Void> requireKnown(DocumentExchange own, S3Request request) {
        if (request.method().equals(HttpMethod.POST)) { // begins something, and has no document to be read
            return CompletableFuture.completedStage(null);
        }
        return own.ask(about(HttpMethod.GET, request), own.tree())
                .thenAccept(this::requireOfKind)
                .exceptionallyCompose(failure -> RelayedError.of(failure)
                                .filter(PassedOn::saysNoneIsKept)
                                .isPresent()
                        ? CompletableFuture.completedStage(null)
                        : CompletableFuture.failedStage(failure));
    }

    /** Ceph 16 has a longer name for one. */
    private void requireOfKind(XmlElement found) {
        if (!found.name().endsWith(kind.root())) {
            throw new S3Exception(S3Error.NOT_IMPLEMENTED, "The store does not keep a " + kind.root() + ".");
        }
    }

    /** Of no such document, and not of what it would be beside. */
    private static boolean saysNoneIsKept(RelayedError error) {
        return error.status() == 404
                && (error.code().contains("Configuration") || error.code().startsWith("NoSuchTagSet"));
    }

    private CompletionStage<Void> read(DocumentExchange own, StoreRequest toStore) {
        return own.fetch(toStore, own.tree()).thenAccept(answer -> {
            requireOfKind(answer.document());
            XmlElement document = kind.translation().toClient(answer.document());
            XmlWriter written = own.writer(kind.root());
            document.children().forEach(written::add);
            own.answer(
                    told(200, answer.response().headers()).headers(),
                    written.text(document.text()).end());
        });
    }

    private CompletionStage<Void> write(DocumentExchange own, S3Request request, StoreRequest toStore) {
        RequestBody body = RequestBody.of(request.headers(), request.payload());
        return own.receive(kind.digest() ? body.requireDigest() : body, kind.limitBytes(), own.tree())
                .thenCompose(document -> {
                    if (!document.name().equals(kind.root())) {
                        throw new S3Exception(S3Error.MALFORMED_XML);
                    }
                    return requireKnown(own, request).thenApply(known -> document);
                })
                .thenCompose(document -> {
                    byte[] sent =
                            kind.translation().toStore(document).toDocument().getBytes(StandardCharsets.UTF_8);
                    own.memory().require(sent.length);
                    return own.send(
                            // the client's own digest is of another document
                            toStore.header(HttpHeaderNames.CONTENT_TYPE, "application/xml")
                                    .header(HttpHeaderNames.CONTENT_MD5, Md5.base64(sent)),
                            sent);
                })
                .thenAccept(kept -> own.respond(
                        told(kept.response().status(), kept.response().headers())));
    }

    private static Response told(int status, HttpHeaders stored) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String name : PASSED_BACK) {
            String value = stored.get(name);
            if (value != null) {
                headers.set(name, value);
            }
        }
        return Response.empty(status, headers);
    }
}
