package io.sealward.gateway.service;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.RequestHandler;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.HoistedHeaders;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.sigv4.SignatureVerifier;
import io.sealward.gateway.sigv4.Verified;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.S3Credential;

/** Takes a request to its operation: who is it, what does it want, may it. Nothing of the body is read before. */
public final class S3Service implements RequestHandler {
    private final SignatureVerifier verifier;
    private final Addressing addressing;
    private final Buckets buckets;
    private final Routes routes;
    private final Budget room;

    /** @param room bytes for requests under way, shared by projects */
    public S3Service(SignatureVerifier verifier, Addressing addressing, Buckets buckets, Routes routes, Budget room) {
        this.verifier = verifier;
        this.addressing = addressing;
        this.buckets = buckets;
        this.routes = routes;
        this.room = room;
    }

    @Override
    public void handle(Exchange exchange) {
        HttpRequest head = exchange.request();
        RequestTarget target = RequestTarget.parse(head.uri());
        Verified sender = verifier.verify(head.method(), target, head.headers());
        exchange.countAgainst(room.lease(sender.credential().project().id()));
        exchange.reserve(RequestMemory.OF_EXCHANGE);
        HttpHeaders headers = HoistedHeaders.restore(target, head.headers());
        Place place = addressing.find(headers.get(HttpHeaderNames.HOST, ""), target.path());
        Routes.Named operation = routes.find(head.method(), place.level(), target);
        exchange.named(operation.name());
        operation.operation().headerRules().check(headers);
        requireObjectData(sender.payload(), head.method(), place);
        Admission admission = admission(sender.credential(), head.method(), place);
        S3Request request = new S3Request(head.method(), place, target, headers, admission, sender.payload());
        operation.operation().handle(request, exchange);
    }

    /** The framing with chunk signatures is for object data: elsewhere S3 does not take it, nor does this gateway. */
    private static void requireObjectData(PayloadPolicy payload, HttpMethod method, Place place) {
        if (payload instanceof PayloadPolicy.Chunked
                && !(method.equals(HttpMethod.PUT) && place.level() == Place.Level.OBJECT)) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "This x-amz-content-sha256 is for object data only.");
        }
    }

    private Admission admission(S3Credential credential, HttpMethod method, Place place) {
        boolean creating = method.equals(HttpMethod.PUT) && place.level() == Place.Level.BUCKET;
        return creating || place.level() == Place.Level.SERVICE
                ? buckets.admit(credential)
                : buckets.admit(credential, place.bucket());
    }
}
