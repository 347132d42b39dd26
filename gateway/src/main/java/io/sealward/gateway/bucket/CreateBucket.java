package io.sealward.gateway.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
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
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.xml.XmlElement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * CreateBucket. A name that nobody owns must not exist at the store, so that nobody becomes the owner of what was there
 * before, and is claimed before it is created, so that two projects cannot own one bucket. When the store has created it,
 * the claim is asked for again: a DeleteBucket at the same time may have given it back.
 */
final class CreateBucket implements Operation {
    private static final int LIMIT_BYTES = 64 << 10;

    private static final byte[] NO_DOCUMENT = {};
    private static final String NO_REGION = "us-east-1";

    /** What the store says when another request has made the bucket, or is about to. */
    private static final Set<String> UNDECIDED = Set.of("BucketAlreadyOwnedByYou", "OperationAborted");

    private static final String LOCK = "x-amz-bucket-object-lock-enabled";
    private static final String OWNERSHIP = "x-amz-object-ownership";

    private static final Declaration DECLARATION = new Declaration(
            "CreateBucket",
            Route.of(HttpMethod.PUT, Place.Level.BUCKET),
            Rights.ofProject("s3:CreateBucket")
                    .with("x-amz-acl", "s3:PutBucketAcl")
                    .with(LOCK, "s3:PutBucketObjectLockConfiguration"),
            Accepts.document(AcceptedHeaders.of("x-amz-acl", LOCK, OWNERSHIP)),
            Treatment.forwarded("one's own buckets only"));

    private final Documents documents;
    private final Buckets buckets;

    CreateBucket(Documents documents, Buckets buckets) {
        this.documents = documents;
        this.buckets = buckets;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        requireAclsDisabled(request);
        Buckets.Access access = buckets.access(request.project(), request.bucket());
        if (access == Buckets.Access.FOREIGN) {
            throw new S3Exception(S3Error.BUCKET_ALREADY_EXISTS);
        }
        return documents.serve(request.admission(), exchange, own -> configuration(request, own)
                .thenApply(CreateBucket::understood)
                .thenCompose(document -> access == Buckets.Access.OWNED
                        ? create(
                                own.under(buckets.admit(request.admission().sender(), request.bucket())),
                                request,
                                document)
                        : claimAndCreate(request, own, document))
                .thenCompose(created -> buckets.created(request.project(), request.bucket()))
                .thenAcceptAsync(
                        created -> {
                            Response response = Response.empty(200);
                            response.headers()
                                    .set(HttpHeaderNames.LOCATION, "/" + UriEncoding.encodeQuery(request.bucket()));
                            own.respond(response);
                        },
                        own.loop()));
    }

    private static void requireAclsDisabled(S3Request request) {
        if (request.header(OWNERSHIP)
                .filter(ownership -> !ownership.equals("BucketOwnerEnforced"))
                .isPresent()) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT,
                    "ACLs are disabled here: the only x-amz-object-ownership is BucketOwnerEnforced.");
        }
    }

    private static CompletionStage<Optional<XmlElement>> configuration(S3Request request, DocumentExchange own) {
        return RequestBody.announced(request.headers())
                ? own.receiveAny(RequestBody.of(request.headers(), request.payload()), LIMIT_BYTES, own.tree())
                : CompletableFuture.completedStage(Optional.empty());
    }

    /**
     * What the store is told. A region is the store's to judge, but for the name by which S3 means none, which S3 itself and
     * Ceph refuse and some clients send. Whatever else a bucket can be made with is not known here.
     */
    private static byte[] understood(Optional<XmlElement> document) {
        if (document.isEmpty()) {
            return NO_DOCUMENT;
        }
        XmlElement configuration = document.get();
        if (!configuration.name().equals("CreateBucketConfiguration")) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        for (XmlElement child : configuration.children()) {
            if (!child.name().equals("LocationConstraint")) {
                throw new S3Exception(S3Error.NOT_IMPLEMENTED, child.name() + " of a bucket is not implemented here.");
            }
        }
        return configuration
                        .value("LocationConstraint")
                        .filter(NO_REGION::equals)
                        .isPresent()
                ? NO_DOCUMENT
                : configuration.toDocument().getBytes(UTF_8);
    }

    private CompletionStage<Void> claimAndCreate(S3Request request, DocumentExchange own, byte[] document) {
        return mustBeNew(request, own)
                .thenCompose(isNew -> buckets.claim(request.admission(), request.bucket()))
                .thenComposeAsync(
                        claimed -> create(own.under(claimed.admission()), request, document)
                                .exceptionallyCompose(failure -> claimed.ending()
                                        .filter(ending -> refused(failure))
                                        .map(ending -> giveBack(request, ending, own.loop(), failure))
                                        .orElseGet(() -> CompletableFuture.failedStage(failure))),
                        own.loop());
    }

    /** Whether the store has surely not made the bucket, neither now nor for another request of the same project. */
    private static boolean refused(Throwable failure) {
        return RelayedError.of(failure)
                .filter(error -> !UNDECIDED.contains(error.code()))
                .isPresent();
    }

    private CompletionStage<Void> giveBack(S3Request request, Buckets.Ending ending, EventLoop loop, Throwable why) {
        return buckets.release(request.project(), ending)
                .handle((released, alsoFailed) -> null)
                .thenComposeAsync(done -> CompletableFuture.failedStage(why), loop);
    }

    private static CompletionStage<Void> mustBeNew(S3Request request, DocumentExchange own) {
        return own.ask(StoreRequest.ofBucket(HttpMethod.HEAD, request.bucket())).thenAccept(head -> {
            if (head.response().status() != 404) {
                throw new S3Exception(S3Error.BUCKET_ALREADY_EXISTS);
            }
        });
    }

    private static CompletionStage<Void> create(DocumentExchange own, S3Request request, byte[] document) {
        StoreRequest put = StoreRequest.ofBucket(HttpMethod.PUT, request.bucket());
        request.header(LOCK).filter("true"::equalsIgnoreCase).ifPresent(value -> put.header(LOCK, "true"));
        return own.send(put, document).thenAccept(created -> {});
    }
}
