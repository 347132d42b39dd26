package io.sealward.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.config.Secret;
import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.ApiRequest;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Bearer;
import io.sealward.gateway.management.http.OpenRoute;
import io.sealward.gateway.metrics.Metrics;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** What machines ask: is it alive, is it ready, how is it doing. */
final class OperationsRoutes {
    private final List<ReadinessCheck> readiness;
    private final Metrics metrics;
    private final Optional<Secret> metricsToken;
    private final Executor scraper;

    /**
     * @param metricsToken who may read the metrics; everybody if it is empty
     * @param scraper gathers them
     */
    OperationsRoutes(List<ReadinessCheck> readiness, Metrics metrics, Optional<Secret> metricsToken, Executor scraper) {
        this.readiness = readiness;
        this.metrics = metrics;
        this.metricsToken = metricsToken;
        this.scraper = scraper;
    }

    /** By path. */
    Map<String, OpenRoute> routes() {
        ApiResponse alive = ApiResponse.json(Map.of("status", "ok"));
        return Map.of(
                "/healthz", request -> CompletableFuture.completedFuture(alive),
                "/readyz", request -> CompletableFuture.completedFuture(ready()),
                "/metrics", this::metrics);
    }

    private ApiResponse ready() {
        Map<String, Object> checks = new LinkedHashMap<>();
        boolean ready = true;
        for (ReadinessCheck check : readiness) {
            Optional<String> obstacle = check.obstacle().get();
            checks.put(check.name(), obstacle.orElse("ok"));
            ready &= obstacle.isEmpty() || !check.required();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", ready ? "ready" : "not_ready");
        body.put("checks", checks);
        return ApiResponse.json(ready ? 200 : 503, body);
    }

    private CompletionStage<ApiResponse> metrics(ApiRequest request) {
        if (metricsToken.isPresent() && !same(metricsToken.get().value(), Bearer.token(request))) {
            throw ApiException.unauthorized("Incorrect metrics token provided.");
        }
        return CompletableFuture.supplyAsync(
                () -> ApiResponse.text("text/plain; version=0.0.4; charset=utf-8", metrics.scrape()), scraper);
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
