package io.sealward.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place.Level;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.subresource.SubResourceOperations;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private static final Route PUT_OBJECT = Route.of(HttpMethod.PUT, Level.OBJECT);

    private static final List<Operation> PLAIN = List.of(
            declared("GetObject", Route.of(HttpMethod.GET, Level.OBJECT)),
            declared("PutObject", PUT_OBJECT),
            declared("DeleteBucket", Route.of(HttpMethod.DELETE, Level.BUCKET)),
            declared("UploadPart", PUT_OBJECT.with("uploadId")));

    private final Routes routes = new Routes(Stream.concat(
                    Stream.concat(
                            PLAIN.stream(),
                            Stream.of(declared(
                                    "GetObjectAttributes",
                                    Route.of(HttpMethod.GET, Level.OBJECT).with("attributes")))),
                    SubResourceOperations.all(new Documents(null, null), null, null).stream())
            .toList());

    private static Operation declared(String name, Route route) {
        Declaration declaration = new Declaration(
                name, route, Rights.inOwnBucket("s3:" + name), Accepts.nothing(), Treatment.forwarded("a test"));
        return new Operation() {
            @Override
            public Declaration declaration() {
                return declaration;
            }

            @Override
            public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
                throw new AssertionError("not to be called");
            }
        };
    }

    private String found(HttpMethod method, Level level, String query, HttpHeaders headers) {
        return routes.find(method, level, RequestTarget.parse("/b/k" + query), headers)
                .declaration()
                .name();
    }

    private S3Exception refused(HttpMethod method, Level level, String query, HttpHeaders headers) {
        try {
            routes.find(method, level, RequestTarget.parse("/b/k" + query), headers);
        } catch (S3Exception e) {
            return e;
        }
        throw new AssertionError("not refused");
    }

    private S3Error refusal(HttpMethod method, Level level, String query) {
        return refused(method, level, query, EmptyHttpHeaders.INSTANCE).error();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acl",
                "tagging",
                "retention",
                "legal-hold",
                "torrent",
                "attributes",
                "restore",
                "select",
                "policy",
                "lifecycle",
                "cors",
                "website",
                "versioning",
                "replication",
                "encryption",
                "object-lock",
                "logging",
                "notification",
                "publicAccessBlock",
                "ownershipControls",
                "requestPayment",
                "accelerate",
                "analytics",
                "inventory",
                "metrics",
                "intelligent-tiering",
                "policyStatus",
                "metadataTable",
                "renameObject",
                "session"
            })
    void aSubResourceNeverBecomesThePlainOperation(String name) {
        for (String query : new String[] {"?" + name, "?" + name + "=", "?x=y&" + name + "=z"}) {
            for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE)) {
                for (Level level : List.of(Level.OBJECT, Level.BUCKET)) {
                    assertThat(otherThanPlain(method, level, query))
                            .as("%s %s%s", method, level, query)
                            .isTrue();
                }
            }
        }
    }

    private boolean otherThanPlain(HttpMethod method, Level level, String query) {
        try {
            Operation found =
                    routes.find(method, level, RequestTarget.parse("/b/k" + query), EmptyHttpHeaders.INSTANCE);
            return !PLAIN.contains(found);
        } catch (S3Exception e) {
            return e.error() == S3Error.NOT_IMPLEMENTED;
        }
    }

    @Test
    void aParameterSelectsOneOfManyOfAKind() {
        assertThat(found(HttpMethod.GET, Level.BUCKET, "?metrics&id=a", EmptyHttpHeaders.INSTANCE))
                .isEqualTo("GetBucketMetricsConfiguration");
        assertThat(found(HttpMethod.GET, Level.BUCKET, "?metrics&x-id=a", EmptyHttpHeaders.INSTANCE))
                .isEqualTo("ListBucketMetricsConfigurations");
    }

    @Test
    void twoSubResourcesAreRefusedAndOtherParametersAreNone() {
        assertThat(refusal(HttpMethod.PUT, Level.OBJECT, "?uploadId=a&acl")).isEqualTo(S3Error.NOT_IMPLEMENTED);
        assertThat(found(HttpMethod.GET, Level.OBJECT, "?x-id=GetObject&partNumber=1", EmptyHttpHeaders.INSTANCE))
                .isEqualTo("GetObject");
        assertThat(found(HttpMethod.PUT, Level.OBJECT, "?partNumber=1&uploadId=u", EmptyHttpHeaders.INSTANCE))
                .isEqualTo("UploadPart");
    }

    @Test
    void aMethodThatIsNoneHereIsRefused() {
        assertThat(refusal(HttpMethod.PATCH, Level.OBJECT, "")).isEqualTo(S3Error.METHOD_NOT_ALLOWED);
        assertThat(refusal(HttpMethod.POST, Level.OBJECT, "")).isEqualTo(S3Error.NOT_IMPLEMENTED);
        assertThat(refusal(HttpMethod.HEAD, Level.BUCKET, "?acl")).isEqualTo(S3Error.NOT_IMPLEMENTED);
    }

    @Test
    void aHeaderSelectsAnotherOperationOfTheSameMethod() {
        Route copied = PUT_OBJECT.selectedBy("x-amz-copy-source");
        HttpHeaders copy = new DefaultHttpHeaders().set("X-Amz-Copy-Source", "/b/other");
        for (List<Operation> order : List.of(
                List.of(declared("PutObject", PUT_OBJECT), declared("CopyObject", copied)),
                List.of(declared("CopyObject", copied), declared("PutObject", PUT_OBJECT)))) {
            Routes both = new Routes(order);
            RequestTarget target = RequestTarget.parse("/b/k");
            assertThat(both.find(HttpMethod.PUT, Level.OBJECT, target, copy)
                            .declaration()
                            .name())
                    .isEqualTo("CopyObject");
            assertThat(both.find(HttpMethod.PUT, Level.OBJECT, target, EmptyHttpHeaders.INSTANCE)
                            .declaration()
                            .name())
                    .isEqualTo("PutObject");
        }
    }

    @Test
    void twoOperationsForTheSameRequestsAreAMistake() {
        List<Operation> twice = List.of(declared("PutObject", PUT_OBJECT), declared("WriteObject", PUT_OBJECT));
        assertThatThrownBy(() -> new Routes(twice)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRefusedOperationIsRefusedByItsNameAndForItsReason() {
        for (RefusedOperation each : RefusedOperation.ALL) {
            Route route = each.route();
            HttpHeaders headers = new DefaultHttpHeaders();
            if (!route.header().isEmpty()) {
                headers.set(route.header(), "x");
            }
            String query = route.subResource().isEmpty() ? "" : "?" + route.subResource();
            S3Exception refused = refused(route.method(), route.level(), query, headers);
            assertThat(refused.error()).isEqualTo(S3Error.NOT_IMPLEMENTED);
            assertThat(refused.getMessage()).endsWith(each.reason());
        }
    }
}
