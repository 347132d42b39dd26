package io.sealward.gateway.service;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sealward.gateway.cors.CrossOrigin;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.request.ExpectedOwner;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.Sender;
import io.sealward.providers.StageFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Admits a request to its operation: whose the bucket is, what a page of another origin may know, what the policies
 * grant, what the operation accepts. On the event loop of the exchange.
 */
public final class Gate {
    private final Buckets buckets;
    private final CrossOrigin crossOrigin;
    private final Documents documents;

    public Gate(Buckets buckets, CrossOrigin crossOrigin, Documents documents) {
        this.buckets = buckets;
        this.crossOrigin = crossOrigin;
        this.documents = documents;
    }

    /** Answers the question of a browser, what a page of another origin may send there. */
    CompletionStage<Void> preflight(Exchange exchange, Place place) {
        return crossOrigin.preflight(exchange, place);
    }

    /** Fails with AccessDenied where the sender may not, and as the operation does. */
    CompletionStage<Void> serve(Exchange exchange, Requested requested, Sender sender, PayloadPolicy payload) {
        return CompletableFuture.completedStage(requested)
                .thenCompose(wish -> admit(exchange, wish, sender, payload))
                .whenComplete((done, failure) -> {
                    if (requested.place().level() == Place.Level.BUCKET
                            && isDenial(failure)) { // by which clients find it
                        exchange.carry(new DefaultHttpHeaders()
                                .set("x-amz-bucket-region", documents.clients().region()));
                    }
                });
    }

    private static boolean isDenial(Throwable failure) {
        return StageFailure.cause(failure) instanceof S3Exception told && told.error() == S3Error.ACCESS_DENIED;
    }

    /** A refusal is told to a page of another origin, too, so that its rules come first. */
    private CompletionStage<Void> admit(Exchange exchange, Requested requested, Sender sender, PayloadPolicy payload) {
        Rights rights = requested.operation().declaration().rights();
        Admission admission = admission(sender, rights.scope(), requested.place());
        Permit permit = Permit.of(
                admission, requested.wish(), requested.facts(exchange, sender), new StoreFacts(documents, exchange));
        CompletionStage<Void> told = CompletableFuture.completedStage(null);
        if (rights.scope() != Rights.Scope.PROJECT) {
            ExpectedOwner.check(requested.headers(), admission.project());
            told = crossOrigin.admit(exchange, permit, requested.place());
        }
        return told.thenCompose(done -> permit.granted())
                .thenCompose(granted -> {
                    requested.operation().declaration().accepts().check(requested.headers(), payload);
                    return requested.operation().handle(requested.request(exchange, granted, payload), exchange);
                })
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(permit.told(failure)));
    }

    private Admission admission(Sender sender, Rights.Scope scope, Place place) {
        return switch (scope) {
            case PROJECT -> {
                if (sender instanceof S3Credential credential) {
                    yield buckets.admit(credential);
                }
                throw new S3Exception(S3Error.ACCESS_DENIED);
            }
            case OWN_BUCKET, LISTED_OBJECTS -> buckets.admit(sender, place.bucket());
        };
    }
}
