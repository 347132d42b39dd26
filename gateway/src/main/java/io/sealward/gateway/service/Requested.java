package io.sealward.gateway.service;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.tenant.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a request asks for. */
record Requested(
        Operation operation,
        Place place,
        RequestTarget target,
        HttpHeaders headers,
        Optional<HeadFacts.Signed> signed) {
    /** By the head of a request, as its sender has signed it, if there is one. */
    static Requested byHead(
            Operation operation, Place place, RequestTarget target, HttpHeaders headers, Sender sender) {
        return new Requested(
                operation,
                place,
                target,
                headers,
                sender.caller()
                        .map(known -> target.hasParameter("X-Amz-Signature")
                                ? HeadFacts.Signed.QUERY
                                : HeadFacts.Signed.HEADER));
    }

    /**
     * By a form, as the request that it stands for.
     *
     * @param form where it was sent to
     * @param headers made of its fields
     */
    static Requested byForm(Operation operation, Place place, RequestTarget form, HttpHeaders headers) {
        String folder = form.path().endsWith("/") ? form.path() : form.path() + '/';
        return new Requested(
                operation,
                place,
                new RequestTarget(folder + place.key(), List.of()),
                headers,
                Optional.of(HeadFacts.Signed.FORM));
    }

    Permit.Wish wish() {
        Rights rights = operation.declaration().rights();
        List<String> actions = rights.scope() == Rights.Scope.LISTED_OBJECTS ? List.of() : rights.of(target, headers);
        return new Permit.Wish(actions, place, target.parameter("versionId"));
    }

    HeadFacts facts(Exchange exchange, Sender sender) {
        return new HeadFacts(place.level(), target, headers, exchange.peer(), signed, sender.knownAs(), Instant.now());
    }

    S3Request request(Exchange exchange, Permit permit, PayloadPolicy payload) {
        return new S3Request(exchange.request().method(), place, target, headers, permit, permit, payload);
    }
}
