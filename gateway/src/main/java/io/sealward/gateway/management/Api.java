package io.sealward.gateway.management;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealward.gateway.management.externalkey.ExternalKeyRoutes;
import io.sealward.gateway.management.externalkey.KeyControl;
import io.sealward.gateway.management.externalkey.KeySchemas;
import io.sealward.gateway.management.externalkey.OnboardingRoutes;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.OpenRoute;
import io.sealward.gateway.management.http.Route;
import io.sealward.gateway.management.project.BucketRoutes;
import io.sealward.gateway.management.project.ProjectRoutes;
import io.sealward.gateway.management.project.S3CredentialRoutes;
import io.sealward.gateway.management.project.S3RoleRoutes;
import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.registry.Registry;
import io.sealward.providers.KekOpener;
import io.sealward.providers.catalog.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The management API: its operations, and what they administer, all of which stays its owner's to close. */
public record Api(Registry registry, KekOpener opener, KeyControl control, Onboarding onboarding) {
    /** {@code executor} goes on where a cloud has answered, and may block. */
    List<Route> routes(Executor executor) {
        return Stream.of(
                        new OnboardingRoutes(onboarding, registry.projects()).routes(),
                        new ExternalKeyRoutes(registry, opener, control, executor).routes(),
                        new ProjectRoutes(registry.projects(), registry.audit()).routes(),
                        new S3CredentialRoutes(registry.s3Credentials(), registry.projects(), registry.audit())
                                .routes(),
                        new S3RoleRoutes(registry.s3Roles(), registry.projects(), registry.audit()).routes(),
                        new BucketRoutes(registry.bucketClaims(), registry.projects(), registry.audit()).routes(),
                        new AdminKeyRoutes(registry.adminKeys()).routes(),
                        new AuditLogRoutes(registry.auditEntries()).routes())
                .flatMap(List::stream)
                .toList();
    }

    /** What the API says of itself. */
    static Map<String, OpenRoute> description() {
        ApiResponse document = ApiResponse.text("application/json", document().toPrettyString());
        return Map.of("/v1/openapi.json", request -> CompletableFuture.completedFuture(document));
    }

    /** OpenAPI 3.1: the fixed part from a file, the schemas of keys from the providers. */
    static ObjectNode document() {
        try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks openapi.json");
            }
            ObjectNode document = (ObjectNode) new ObjectMapper().readTree(in);
            ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
            new KeySchemas(Providers.ALL).addTo(schemas);
            ArrayNode types =
                    schemas.putObject("OnboardingType").put("type", "string").putArray("enum");
            Onboarding.TYPES.forEach(types::add);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
