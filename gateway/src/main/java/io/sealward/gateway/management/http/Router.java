package io.sealward.gateway.management.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.AdminKeys;
import io.sealward.providers.StageFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to its answer: who asks, what for, and how it failed if it did. */
public final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final Logger REQUESTS = LoggerFactory.getLogger("sealward.management");
    private static final String NO_ROUTE = "none";

    private final List<Route> routes;
    private final Map<String, OpenRoute> open;
    private final Optional<AdminKeys> adminKeys;
    private final Metrics metrics;
    private final Executor executor;

    /** The first route that fits is taken. Without admin keys only the routes of {@code open} are there. */
    public Router(
            List<Route> routes,
            Map<String, OpenRoute> open,
            Optional<AdminKeys> adminKeys,
            Metrics metrics,
            Executor executor) {
        this.routes = List.copyOf(routes);
        this.open = Map.copyOf(open);
        this.adminKeys = adminKeys;
        this.metrics = metrics;
        this.executor = executor;
    }

    /** Never fails and never blocks: whatever goes wrong is an answer too. */
    CompletionStage<ApiResponse> answer(ApiRequest request) {
        Trace trace = new Trace(request);
        return start(request, trace)
                .handle((response, failure) -> failure == null ? response : failed(request, failure))
                .whenComplete((response, failure) -> trace.ended(response));
    }

    /** The answer to what is no request. */
    ApiResponse refuse(ApiRequest request, ApiException malformed) {
        ApiResponse response = malformed.response();
        new Trace(request).ended(response);
        return response;
    }

    private CompletionStage<ApiResponse> start(ApiRequest request, Trace trace) {
        String path;
        Map<String, List<String>> query;
        try {
            QueryStringDecoder uri = new QueryStringDecoder(request.uri());
            path = uri.path();
            query = uri.parameters();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(ApiException.refused("invalid_url", "The URL is not well-formed."));
        }
        try {
            if (open.containsKey(path)) {
                trace.found(path);
                requireGet(request, path);
                return open.get(path).answer(request);
            }
            return dispatch(request, path, query, trace);
        } catch (RuntimeException | Error e) { // of a library, too: somebody waits for the answer
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void requireGet(ApiRequest request, String path) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw ApiException.methodNotAllowed(request.method(), path);
        }
    }

    /** Finds out who asks, and for what, on the caller's thread; only what may wait for the database waits for a thread. */
    private CompletionStage<ApiResponse> dispatch(
            ApiRequest request, String path, Map<String, List<String>> query, Trace trace) {
        AdminKeys keys = adminKeys.orElseThrow(() -> ApiException.unknownUrl(request.method(), path));
        AdminKey caller = keys.authenticate(Bearer.token(request))
                .orElseThrow(() -> ApiException.unauthorized("Incorrect API key provided."));
        trace.by(caller);
        for (Route route : routes) {
            Optional<Map<String, String>> placeholders = route.match(path);
            if (placeholders.isPresent() && route.method().equals(request.method())) {
                trace.found(route.template());
                requireScope(caller, route);
                return run(
                        route,
                        () -> new Call(
                                caller,
                                placeholders.get(),
                                new QueryParameters(query),
                                JsonBody.parse(request.body())));
            }
        }
        throw routes.stream().anyMatch(route -> route.match(path).isPresent())
                ? ApiException.methodNotAllowed(request.method(), path)
                : ApiException.unknownUrl(request.method(), path);
    }

    private static void requireScope(AdminKey caller, Route route) {
        if (caller.scope() == AdminKey.Scope.READ && route.scope() != AdminKey.Scope.READ) {
            throw ApiException.forbidden("The key has the scope 'read', and this needs 'write'.");
        }
    }

    /** Answers within the route's patience, whatever the database does. What has not begun by then never does. */
    private CompletionStage<ApiResponse> run(Route route, Supplier<Call> call) {
        CompletableFuture<ApiResponse> answer = new CompletableFuture<>();
        executor.execute(() -> {
            if (!answer.isDone()) {
                begun(route, call).whenComplete((response, failure) -> {
                    if (failure == null) {
                        answer.complete(response);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
            }
        });
        return answer.orTimeout(route.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static CompletionStage<ApiResponse> begun(Route route, Supplier<Call> call) {
        try {
            return route.handler().handle(call.get());
        } catch (RuntimeException | Error e) { // of a library, too: somebody waits for the answer
            return CompletableFuture.failedFuture(e);
        }
    }

    private static ApiResponse failed(ApiRequest request, Throwable thrown) {
        if (thrown instanceof TimeoutException) {
            LOG.warn("management request {} was given up: the registry has not answered in time", request.id());
            return ApiException.unavailable(
                            "The registry has not answered in time. A change may still be made: look before you try again.")
                    .response();
        }
        RuntimeException failure = StageFailure.unchecked(thrown);
        if (failure instanceof ApiException known) {
            return known.response();
        }
        if (failure instanceof RegistryException registry) {
            return ofRegistry(request, registry).response();
        }
        if (failure instanceof RejectedExecutionException) {
            return ApiException.unavailable("The server is busy. Try again.").response();
        }
        LOG.error("management request {} failed", request.id(), failure);
        return ApiException.internal(request.id()).response();
    }

    private static ApiException ofRegistry(ApiRequest request, RegistryException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> ApiException.notFound(e.getMessage());
            case NOT_LISTED -> ApiException.invalid("after", "invalid_value", e.getMessage());
            case NAME_TAKEN -> ApiException.conflict("name_taken", e.getMessage());
            case KEK_TAKEN -> ApiException.conflict("external_key_taken", e.getMessage());
            case KEY_IN_USE -> ApiException.conflict("external_key_in_use", e.getMessage());
            case KEY_FIXED -> ApiException.refused("external_key_fixed", e.getMessage());
            case KEY_BOUND -> ApiException.refused("external_key_bound", e.getMessage());
            case ARCHIVED -> ApiException.refused("project_archived", e.getMessage());
            case QUOTA_EXCEEDED -> ApiException.refused("quota_exceeded", e.getMessage());
            case BUCKET_TAKEN, BUCKET_RESTING -> ApiException.conflict("bucket_taken", e.getMessage());
            case REFUSED -> {
                LOG.error("management request {} failed", request.id(), e);
                yield ApiException.internal(request.id());
            }
            case UNAVAILABLE, IN_USE, WRONG_SECRET -> {
                LOG.warn("management request {} failed: {}", request.id(), e.getMessage());
                yield ApiException.unavailable("The registry does not answer. Try again.");
            }
        };
    }

    /** What becomes of a request, for the log and the metrics. Handed from thread to thread, used by one at a time. */
    private final class Trace {
        private final ApiRequest request;
        private final long startNanos = System.nanoTime();
        private volatile String route = NO_ROUTE;
        private volatile String actor = "-";

        Trace(ApiRequest request) {
            this.request = request;
        }

        void found(String template) {
            route = template;
        }

        void by(AdminKey caller) {
            actor = caller.id();
        }

        void ended(ApiResponse response) {
            Duration latency = Duration.ofNanos(System.nanoTime() - startNanos);
            metrics.management(route.equals(NO_ROUTE) ? "any" : request.method(), route, response.status(), latency);
            REQUESTS.info(
                    "{} {} {} status={} actor={} micros={}",
                    request.id(),
                    request.method(),
                    route,
                    response.status(),
                    actor,
                    latency.toNanos() / 1000);
        }
    }
}
