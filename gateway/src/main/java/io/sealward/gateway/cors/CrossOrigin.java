package io.sealward.gateway.cors;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Holds requests of browsers against the rules of their bucket. The store keeps the rules, which every store can be
 * asked for; the gateway evaluates them, as not every store answers what a browser asks, and the gateway's own errors
 * need the headers, too. The rules are asked for with each request, so that a change is in force at once on all
 * nodes.
 */
public final class CrossOrigin {
    private static final String NO_RULES = "CORSResponse: CORS is not enabled for this bucket.";

    private final Documents documents;
    private final Buckets buckets;

    public CrossOrigin(Documents documents, Buckets buckets) {
        this.documents = documents;
        this.buckets = buckets;
    }

    /**
     * Answers what a browser asks before it sends a request of another origin's page. It has no signature, and tells of the
     * bucket its rules and nothing else.
     *
     * @return fails with BadRequest, or AccessForbidden where no rule allows it
     */
    public CompletionStage<Void> preflight(Exchange exchange, Place place) {
        HttpHeaders asked = exchange.request().headers();
        String origin = asked.get(HttpHeaderNames.ORIGIN);
        String method = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        if (origin == null) {
            throw new S3Exception(S3Error.BAD_REQUEST);
        }
        if (method == null) {
            throw new S3Exception(S3Error.BAD_REQUEST, "Invalid Access-Control-Request-Method: null");
        }
        CorsRules.Wish wish = new CorsRules.Wish(origin, method, headers(asked));
        Admission anybody = buckets.ofAnybody(place.bucket())
                .orElseThrow(() -> new S3Exception(S3Error.ACCESS_FORBIDDEN, NO_RULES));
        return rules(exchange, anybody, place.bucket())
                .thenAccept(rules -> exchange.respond(Response.empty(
                        200,
                        rules.orElseThrow(() -> new S3Exception(S3Error.ACCESS_FORBIDDEN, NO_RULES))
                                .allow(wish)
                                .orElseThrow(() -> new S3Exception(S3Error.ACCESS_FORBIDDEN)))));
    }

    /** Sees to it that the answer says which pages may read it, whatever it will be; completes at once for no browser. */
    public CompletionStage<Void> admit(Exchange exchange, Admission admission, Place place) {
        String origin = exchange.request().headers().get(HttpHeaderNames.ORIGIN);
        if (origin == null || place.bucket().isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        String method = exchange.request().method().name();
        return rules(exchange, admission, place.bucket())
                .exceptionally(unknown -> Optional.empty()) // then no page reads the answer, which may tell of it
                .thenAccept(rules -> rules.ifPresent(
                        known -> exchange.carry(known.allow(new CorsRules.Wish(origin, method, List.of()))
                                .orElseGet(CorsRules::varying))));
    }

    private static List<String> headers(HttpHeaders asked) {
        return asked.getAll(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Empty where the store has none, or knows of none. */
    private CompletionStage<Optional<CorsRules>> rules(Exchange exchange, Admission admission, String bucket) {
        StoreRequest get = StoreRequest.ofBucket(HttpMethod.GET, bucket).query("cors", "");
        return documents
                .look(exchange, admission, get)
                .thenApply(found -> Optional.of(CorsRules.of(found)))
                .exceptionallyCompose(failure -> RelayedError.of(failure).isPresent()
                        ? CompletableFuture.completedStage(Optional.empty())
                        : CompletableFuture.failedStage(failure));
    }
}
