package io.sealward.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.metrics.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What machines ask without a key: is it alive, is it ready, how is it doing, what does it speak. */
final class OperationsRoutes {
    private final List<ReadinessCheck> readiness;
    private final Metrics metrics;
    private final String openApi;

    OperationsRoutes(List<ReadinessCheck> readiness, Metrics metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
        this.openApi = resource("openapi.json");
    }

    /** By path; all are GET. */
    Map<String, Supplier<ApiResponse>> routes() {
        return Map.of(
                "/healthz",
                () -> ApiResponse.json(Map.of("status", "ok")),
                "/readyz",
                this::ready,
                "/metrics",
                () -> ApiResponse.text("text/plain; version=0.0.4; charset=utf-8", metrics.scrape()),
                "/v1/openapi.json",
                () -> ApiResponse.text("application/json", openApi));
    }

    private ApiResponse ready() {
        Map<String, Object> checks = new LinkedHashMap<>();
        boolean ready = true;
        for (ReadinessCheck check : readiness) {
            Optional<String> obstacle = check.obstacle().get();
            checks.put(check.name(), obstacle.orElse("ok"));
            ready &= obstacle.isEmpty();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", ready ? "ready" : "not_ready");
        body.put("checks", checks);
        return ApiResponse.json(ready ? 200 : 503, body);
    }

    private static String resource(String name) {
        try (InputStream in = OperationsRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
