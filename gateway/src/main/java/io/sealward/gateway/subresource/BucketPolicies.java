package io.sealward.gateway.subresource;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.PUT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.policy.MalformedPolicyException;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The policies of buckets, which the gateway keeps and evaluates by itself: no store hears of them. Only the bucket's own
 * project reads and writes them, whatever they say.
 */
final class BucketPolicies {
    private static final String CONFIRM = "x-amz-confirm-remove-self-bucket-access";

    private final Documents documents;
    private final Buckets buckets;

    private BucketPolicies(Documents documents, Buckets buckets) {
        this.documents = documents;
        this.buckets = buckets;
    }

    static List<Operation> all(Documents documents, Buckets buckets) {
        BucketPolicies all = new BucketPolicies(documents, buckets);
        Accepts policy = Accepts.document(AcceptedHeaders.of(CONFIRM));
        return List.of(
                all.operation("GetBucketPolicy", GET, "policy", Accepts.nothing(), all::get),
                all.operation("PutBucketPolicy", PUT, "policy", policy, all::put),
                all.operation("DeleteBucketPolicy", DELETE, "policy", Accepts.nothing(), all::delete),
                all.operation("GetBucketPolicyStatus", GET, "policyStatus", Accepts.nothing(), all::status));
    }

    private Operation operation(
            String name, HttpMethod method, String subResource, Accepts accepts, Answered.Answer answer) {
        Declaration declaration = new Declaration(
                name,
                Route.of(method, Place.Level.BUCKET).with(subResource),
                Rights.inOwnBucket("s3:" + name),
                accepts,
                Treatment.answered("kept and evaluated here, for the projects and credentials of the organization"));
        return new Answered(declaration, (request, own) -> answer.to(ofOwner(request), own), documents);
    }

    private static S3Request ofOwner(S3Request request) {
        if (!request.admission().sender().speaksFor(request.project())) {
            throw new S3Exception(S3Error.METHOD_NOT_ALLOWED);
        }
        return request;
    }

    private BucketPolicy policy(S3Request request) {
        return buckets.policy(request.bucket()).orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_BUCKET_POLICY));
    }

    private CompletionStage<Response> get(S3Request request, DocumentExchange own) {
        return CompletableFuture.completedStage(new Response(
                200,
                new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/json"),
                policy(request).document().getBytes(UTF_8)));
    }

    private CompletionStage<Response> put(S3Request request, DocumentExchange own) {
        RequestBody body = RequestBody.of(request.headers(), request.payload());
        if (body.length() > Policy.MAX_BYTES) {
            throw new S3Exception(S3Error.MALFORMED_POLICY, "Policy exceeds the maximum allowed document size.");
        }
        return own.receiveText(body)
                .thenApply(json -> parse(json, request.bucket()))
                .thenCompose(policy -> requireAdmissible(request, own, policy)
                        .thenCompose(admissible ->
                                buckets.changePolicy(request.project(), request.bucket(), Optional.of(policy))))
                .thenApplyAsync(changed -> Response.empty(204), own.loop());
    }

    private static BucketPolicy parse(String json, String bucket) {
        try {
            return BucketPolicy.parse(json, bucket);
        } catch (MalformedPolicyException e) {
            throw new S3Exception(S3Error.MALFORMED_POLICY, e.getMessage(), e);
        }
    }

    /** A bucket of which the store keeps that it must not become public takes no policy that makes it so. */
    private static CompletionStage<Void> requireAdmissible(
            S3Request request, DocumentExchange own, BucketPolicy policy) {
        if (!policy.isPublic()) {
            return CompletableFuture.completedStage(null);
        }
        StoreRequest block = StoreRequest.ofBucket(GET, request.bucket()).query("publicAccessBlock", "");
        return own.ask(block, own.tree())
                .thenApply(told -> told.value("BlockPublicPolicy"))
                .exceptionallyCompose(failure -> RelayedError.of(failure).isPresent() // the store keeps none
                        ? CompletableFuture.completedStage(Optional.empty())
                        : CompletableFuture.failedStage(failure))
                .thenAccept(blocked -> {
                    if (blocked.filter("true"::equalsIgnoreCase).isPresent()) {
                        throw new S3Exception(
                                S3Error.ACCESS_DENIED,
                                "Public policies are prevented by the BlockPublicPolicy setting in S3 Block Public"
                                        + " Access.");
                    }
                });
    }

    private CompletionStage<Response> delete(S3Request request, DocumentExchange own) {
        return buckets.changePolicy(request.project(), request.bucket(), Optional.empty())
                .thenApplyAsync(changed -> Response.empty(204), own.loop());
    }

    private CompletionStage<Response> status(S3Request request, DocumentExchange own) {
        String open = Boolean.toString(policy(request).isPublic());
        XmlElement status = XmlElement.of("PolicyStatus", List.of(XmlElement.text("IsPublic", open)));
        return CompletableFuture.completedStage(Response.xml(200, status.toDocument()));
    }
}
