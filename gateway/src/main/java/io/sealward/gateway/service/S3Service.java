package io.sealward.gateway.service;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.form.Form;
import io.sealward.gateway.form.FormExchange;
import io.sealward.gateway.form.FormFields;
import io.sealward.gateway.form.FormHeaders;
import io.sealward.gateway.form.PostPolicy;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.RequestHandler;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.request.BodyKind;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.HoistedHeaders;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.PolicySignature;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.sigv4.SignatureVerifier;
import io.sealward.gateway.sigv4.Verified;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.Sender;
import io.sealward.gateway.tenant.UnknownSender;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Takes a request to its operation: who sends it, what it asks for, and, at the {@link Gate}, whether it may. Before
 * that nothing of the body is read but the fields of a form.
 */
public final class S3Service implements RequestHandler {
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final SignatureVerifier verifier;
    private final Addressing addressing;
    private final Routes routes;
    private final Gate gate;
    private final Budget room;
    private final boolean anonymousReads;

    /**
     * Serves.
     *
     * @param room bytes for requests under way, shared by projects
     * @param anonymousReads whether the policy of a bucket can let in who has signed nothing
     */
    public S3Service(
            SignatureVerifier verifier,
            Addressing addressing,
            Routes routes,
            Gate gate,
            Budget room,
            boolean anonymousReads) {
        this.verifier = verifier;
        this.addressing = addressing;
        this.routes = routes;
        this.gate = gate;
        this.room = room;
        this.anonymousReads = anonymousReads;
    }

    /** The sender of each request is told by its head, but of a form by its fields. */
    @Override
    public CompletionStage<Void> handle(Exchange exchange) {
        HttpRequest head = exchange.request();
        RequestTarget target = RequestTarget.parse(head.uri());
        if (head.method().equals(HttpMethod.OPTIONS)) {
            return preflight(exchange, target);
        }
        if (head.method().equals(HttpMethod.POST) && !head.headers().contains(HttpHeaderNames.AUTHORIZATION)) {
            Place place = addressing.find(head.headers().get(HttpHeaderNames.HOST, ""), target.path());
            if (place.level() == Place.Level.BUCKET && target.parameters().isEmpty()) {
                return serveForm(exchange, target, place);
            }
        }
        if (anonymousReads && READS.contains(head.method()) && SignatureVerifier.isUnsigned(target, head.headers())) {
            return serveAnybody(exchange, target);
        }
        Verified sender = verifier.verify(head.method(), target, head.headers());
        return serve(exchange, target, sender.credential(), sender.payload());
    }

    /** Whom the policy of a bucket lets in. What the headers of an answer are is for its owner to say. */
    private CompletionStage<Void> serveAnybody(Exchange exchange, RequestTarget target) {
        if (target.parameters().stream().anyMatch(parameter -> parameter.name().startsWith("response-"))) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST,
                    "Request specific response headers cannot be used for anonymous GET requests.");
        }
        return serve(exchange, target, UnknownSender.INSTANCE, new PayloadPolicy.Unsigned());
    }

    /** A browser sends none of its user's rights with it: all who ask share the room of one project. */
    private CompletionStage<Void> preflight(Exchange exchange, RequestTarget target) {
        exchange.named("Preflight");
        exchange.countAgainst(room.lease(UnknownSender.INSTANCE.sharer()));
        exchange.reserve(RequestMemory.OF_EXCHANGE);
        String host = exchange.request().headers().get(HttpHeaderNames.HOST, "");
        return gate.preflight(exchange, addressing.find(host, target.path()));
    }

    private CompletionStage<Void> serveForm(Exchange exchange, RequestTarget target, Place bucket) {
        HttpRequest head = exchange.request();
        Operation operation = routes.find(head.method(), bucket.level(), target, head.headers());
        exchange.named(operation.declaration().name());
        exchange.countAgainst(room.lease(UnknownSender.INSTANCE.sharer()));
        exchange.reserve(RequestMemory.OF_EXCHANGE + Form.MOST_BYTES);
        Form form = Form.receive(exchange);
        return form.fields()
                .thenCompose(fields -> {
                    S3Credential sender = sender(bucket, form, fields);
                    exchange.countAgainst(room.lease(sender.project().id()));
                    exchange.reserve(RequestMemory.OF_EXCHANGE + Form.MOST_BYTES);
                    Place place = place(bucket, fields);
                    HttpHeaders headers = FormHeaders.of(fields, head.headers(), form.fileLength());
                    Requested requested = Requested.byForm(operation, place, target, headers);
                    return gate.serve(
                            new FormExchange(exchange, form), requested, sender, new PayloadPolicy.Unsigned());
                })
                .whenComplete((done, failure) -> form.release());
    }

    /** Who has signed the form's policy, which it keeps to. */
    private S3Credential sender(Place bucket, Form form, FormFields fields) {
        S3Credential sender = verifier.verifyPolicy(PolicySignature.of(fields));
        PostPolicy.parse(fields.require("policy")).check(fields, bucket.bucket(), form.fileLength(), verifier.now());
        return sender;
    }

    private static Place place(Place bucket, FormFields fields) {
        String key = fields.require("key");
        if (key.isEmpty()) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "User key must have a length greater than 0.");
        }
        Addressing.requireKey(key);
        return new Place(bucket.bucket(), key);
    }

    private CompletionStage<Void> serve(Exchange exchange, RequestTarget target, Sender sender, PayloadPolicy payload) {
        HttpRequest head = exchange.request();
        exchange.countAgainst(room.lease(sender.sharer()));
        exchange.reserve(RequestMemory.OF_EXCHANGE);
        HttpHeaders headers = HoistedHeaders.restore(target, head.headers());
        Place place = addressing.find(headers.get(HttpHeaderNames.HOST, ""), target.path());
        Operation operation = routes.find(head.method(), place.level(), target, headers);
        Declaration declared = operation.declaration();
        exchange.named(declared.name());
        if (declared.accepts().body() == BodyKind.FORM) { // which is known by its fields, and not by a signed head
            throw Form.noForm();
        }
        Requested requested = Requested.byHead(operation, place, target, headers, sender);
        return gate.serve(exchange, requested, sender, payload);
    }
}
