package io.sealward.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** What the API administers; all of it stays its owner's to close. */
public record Api(Registry registry, KekOpener opener, KeyControl control, Onboarding onboarding) {
    /** {@code executor} goes on where a cloud has answered, and may block. */
    List<Route> routes(Executor executor) {
        Proofs proofs = new Proofs(opener);
        Registration registration = new Registration(
                registry.externalKeys(), registry.projects(), proofs, control, registry.audit(), executor);
        return Stream.of(
                        new OnboardingRoutes(onboarding, registry.projects()).routes(),
                        new ExternalKeyRoutes(
                                        registry.externalKeys(),
                                        registry.bucketClaims(),
                                        registration,
                                        proofs,
                                        control,
                                        registry.audit(),
                                        executor)
                                .routes(),
                        new ProjectRoutes(registry.projects(), registry.audit()).routes(),
                        new S3CredentialRoutes(registry.s3Credentials(), registry.projects(), registry.audit())
                                .routes(),
                        new BucketRoutes(registry.bucketClaims(), registry.projects(), registry.audit()).routes(),
                        new AdminKeyRoutes(registry.adminKeys()).routes(),
                        new AuditLogRoutes(registry.auditEntries()).routes())
                .flatMap(List::stream)
                .toList();
    }

    /** What the API says of itself. */
    static Map<String, OpenRoute> description() {
        ApiResponse document = ApiResponse.text("application/json", document());
        return Map.of("/v1/openapi.json", request -> CompletableFuture.completedFuture(document));
    }

    private static String document() {
        try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks openapi.json");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
