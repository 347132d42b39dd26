package io.sealward.gateway.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.registry.KeystoreOpener;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.TestDatabase;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.NewAdminKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client of the API is told, and when, if nothing answers it or something breaks. */
class RouterTest {
    private final AtomicInteger handled = new AtomicInteger();

    @Test
    void anErrorOfALibraryIsAnsweredAtOnce(@TempDir Path directory) throws Exception {
        try (KeystoreOpener opener = new KeystoreOpener(directory.resolve("k.bcfks"));
                Registry registry = registry(opener);
                Metrics metrics = new Metrics()) {
            NewAdminKey admin = registry.adminKeys().createFirst("one", "first").orElseThrow();
            Router router = new Router(
                    List.of(new Route("GET", "/v1/breaks", AdminKey.Scope.READ, Duration.ofDays(1), call -> {
                        throw new NoClassDefFoundError("com/example/Missing");
                    })),
                    Map.of(),
                    Optional.of(registry.adminKeys()),
                    metrics,
                    Runnable::run);

            ApiResponse answer =
                    ask(router, "/v1/breaks", "Bearer " + admin.token()).getNow(null);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("Missing");
        }
    }

    @Test
    void aRequestIsAnsweredWhenItsPatienceEndsAndDoesNotBeginAfterThat(@TempDir Path directory) throws Exception {
        try (KeystoreOpener opener = new KeystoreOpener(directory.resolve("k.bcfks"));
                Registry registry = registry(opener);
                Metrics metrics = new Metrics()) {
            NewAdminKey admin = registry.adminKeys().createFirst("one", "first").orElseThrow();
            List<Runnable> waiting = new ArrayList<>(); // as behind threads that all wait for the database
            Router router = new Router(
                    List.of(new Route("GET", "/v1/waits", AdminKey.Scope.READ, Duration.ofMillis(1), call -> {
                        handled.incrementAndGet();
                        return new CompletableFuture<>();
                    })),
                    Map.of(),
                    Optional.of(registry.adminKeys()),
                    metrics,
                    waiting::add);

            assertUnavailable(router, "/v1/waits", admin);
            waiting.remove(0).run();
            assertThat(handled).as("begun too late").hasValue(0);

            CompletableFuture<ApiResponse> begun = ask(router, "/v1/waits", "Bearer wrong");
            assertThat(begun.get().status())
                    .as("whom it does not know waits for no thread")
                    .isEqualTo(401);
            assertThat(ask(router, "/v1/nowhere", "Bearer " + admin.token())
                            .get()
                            .status())
                    .isEqualTo(404);
            assertThat(waiting).isEmpty();
        }
    }

    private static Registry registry(KeystoreOpener opener) {
        return Registry.open(TestDatabase.h2Shared("router" + UUID.randomUUID()).settings(), opener, Clock.systemUTC());
    }

    private static void assertUnavailable(Router router, String path, NewAdminKey admin) throws Exception {
        ApiResponse answer = ask(router, path, "Bearer " + admin.token()).get();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("has not answered in time");
    }

    private static CompletableFuture<ApiResponse> ask(Router router, String path, String authorization) {
        return router.answer(new ApiRequest("req_1", "GET", path, Optional.of(authorization), new byte[0]))
                .toCompletableFuture();
    }
}
