package io.sealward.gateway.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.request.Place.Level;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.RequestTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private final Routes routes = new Routes()
            .add("GetObject", HttpMethod.GET, Level.OBJECT, "", (request, exchange) -> {})
            .add("PutObject", HttpMethod.PUT, Level.OBJECT, "", (request, exchange) -> {})
            .add("DeleteBucket", HttpMethod.DELETE, Level.BUCKET, "", (request, exchange) -> {})
            .add("UploadPart", HttpMethod.PUT, Level.OBJECT, "uploadId", (request, exchange) -> {});

    private S3Error refusal(HttpMethod method, Level level, String query) {
        try {
            routes.find(method, level, RequestTarget.parse("/b/k" + query));
        } catch (S3Exception e) {
            return e.error();
        }
        throw new AssertionError("not refused");
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
    void aSubResourceThatIsNotImplementedNeverBecomesThePlainOperation(String name) {
        for (String query : new String[] {"?" + name, "?" + name + "=", "?x=y&" + name + "=z"}) {
            assertThat(refusal(HttpMethod.GET, Level.OBJECT, query)).isEqualTo(S3Error.NOT_IMPLEMENTED);
            assertThat(refusal(HttpMethod.PUT, Level.OBJECT, query)).isEqualTo(S3Error.NOT_IMPLEMENTED);
            assertThat(refusal(HttpMethod.DELETE, Level.BUCKET, query)).isEqualTo(S3Error.NOT_IMPLEMENTED);
        }
    }

    @Test
    void twoSubResourcesAreRefusedAndOtherParametersAreNone() {
        assertThat(refusal(HttpMethod.PUT, Level.OBJECT, "?uploadId=a&acl")).isEqualTo(S3Error.NOT_IMPLEMENTED);
        assertThat(routes.find(HttpMethod.GET, Level.OBJECT, RequestTarget.parse("/b/k?x-id=GetObject&partNumber=1"))
                        .name())
                .isEqualTo("GetObject");
        assertThat(routes.find(HttpMethod.PUT, Level.OBJECT, RequestTarget.parse("/b/k?partNumber=1&uploadId=u"))
                        .name())
                .isEqualTo("UploadPart");
    }

    @Test
    void aMethodThatIsNoneHereIsRefused() {
        assertThat(refusal(HttpMethod.PATCH, Level.OBJECT, "")).isEqualTo(S3Error.METHOD_NOT_ALLOWED);
        assertThat(refusal(HttpMethod.POST, Level.OBJECT, "")).isEqualTo(S3Error.NOT_IMPLEMENTED);
        assertThat(refusal(HttpMethod.HEAD, Level.BUCKET, "?acl")).isEqualTo(S3Error.NOT_IMPLEMENTED);
    }
}
