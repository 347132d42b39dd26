package io.sealward.gateway.service;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.cors.CrossOrigin;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.RequestHandler;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.ExpectedOwner;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.sigv4.HoistedHeaders;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.sigv4.SignatureVerifier;
import io.sealward.gateway.sigv4.Verified;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.S3Credential;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes a request to its operation: who is it, what does it want, may it. Nothing of the body is read before. */
public final class S3Service implements RequestHandler {
    private final SignatureVerifier verifier;
    private final Addressing addressing;
    private final Buckets buckets;
    private final Routes routes;
    private final CrossOrigin crossOrigin;
    private final Budget room;

    /** @param room bytes for requests under way, shared by projects */
    public S3Service(
            SignatureVerifier verifier,
            Addressing addressing,
            Buckets buckets,
            Routes routes,
            CrossOrigin crossOrigin,
            Budget room) {
        this.verifier = verifier;
        this.addressing = addressing;
        this.buckets = buckets;
        this.routes = routes;
        this.crossOrigin = crossOrigin;
        this.room = room;
    }

    /**
     * The sender of each request is told by its head. An operation that takes a form would be the exception (see {@link
     * io.sealward.gateway.request.BodyKind#FORM}): its fields are to be read here, and what they verify as goes the same way.
     */
    @Override
    public CompletionStage<Void> handle(Exchange exchange) {
        HttpRequest head = exchange.request();
        RequestTarget target = RequestTarget.parse(head.uri());
        if (head.method().equals(HttpMethod.OPTIONS)) {
            return preflight(exchange, target);
        }
        return serve(exchange, target, verifier.verify(head.method(), target, head.headers()));
    }

    /** A browser sends none of its user's rights with it: all who ask share the room of one project. */
    private CompletionStage<Void> preflight(Exchange exchange, RequestTarget target) {
        exchange.named("Preflight");
        exchange.countAgainst(room.lease(""));
        exchange.reserve(RequestMemory.OF_EXCHANGE);
        String host = exchange.request().headers().get(HttpHeaderNames.HOST, "");
        return crossOrigin.preflight(exchange, addressing.find(host, target.path()));
    }

    private CompletionStage<Void> serve(Exchange exchange, RequestTarget target, Verified sender) {
        HttpRequest head = exchange.request();
        exchange.countAgainst(room.lease(sender.credential().project().id()));
        exchange.reserve(RequestMemory.OF_EXCHANGE);
        HttpHeaders headers = HoistedHeaders.restore(target, head.headers());
        Place place = addressing.find(headers.get(HttpHeaderNames.HOST, ""), target.path());
        Operation operation = routes.find(head.method(), place.level(), target, headers);
        Declaration declared = operation.declaration();
        exchange.named(declared.name());
        declared.accepts().check(headers, sender.payload());
        Admission admission = admission(sender.credential(), declared.rights().scope(), place);
        Permit permit = Permit.of(admission, declared.rights(), place, target, headers, exchange.peer());
        S3Request request = new S3Request(head.method(), place, target, headers, permit, permit, sender.payload());
        return serve(operation, request, permit, exchange)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(permit.told(failure)));
    }

    /** A refusal is told to a page of another origin, too, so that its rules come first. */
    private CompletionStage<Void> serve(Operation operation, S3Request request, Permit permit, Exchange exchange) {
        if (operation.declaration().rights().scope() == Rights.Scope.PROJECT) {
            permit.require();
            return operation.handle(request, exchange);
        }
        ExpectedOwner.check(request.headers(), request.project());
        return crossOrigin.admit(exchange, permit, request.place()).thenCompose(told -> {
            permit.require();
            return operation.handle(request, exchange);
        });
    }

    private Admission admission(S3Credential credential, Rights.Scope scope, Place place) {
        return switch (scope) {
            case PROJECT -> buckets.admit(credential);
            case OWN_BUCKET, LISTED_OBJECTS -> buckets.admit(credential, place.bucket());
        };
    }
}
