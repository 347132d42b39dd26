package io.sealward.gateway.management.http;

import io.sealward.gateway.registry.table.AdminKey.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One operation of the API. Handlers run on a thread that may block.
 *
 * @param template a path whose placeholders are whole segments, as in OpenAPI
 * @param scope what the caller's key must allow
 * @param patience how long a client waits at most: for a thread, for the database, and for a cloud that is asked
 */
public record Route(String method, String template, Scope scope, Duration patience, Handler handler) {
    private static final Duration DATABASE = Duration.ofSeconds(20);

    /** What answers in the end. A failed stage is an error of the API: {@link ApiException}, or one of the server. */
    @FunctionalInterface
    public interface Handler {
        CompletionStage<ApiResponse> handle(Call call);
    }

    /** What answers when it returns. */
    @FunctionalInterface
    public interface BlockingHandler {
        ApiResponse handle(Call call);
    }

    /** An operation that asks a cloud in between, for as long as {@code cloud}. */
    public static Route asking(String method, String template, Duration cloud, Handler handler) {
        return new Route(method, template, scopeOf(method), DATABASE.plus(cloud), handler);
    }

    /** An operation that is done when its handler returns. */
    public static Route of(String method, String template, BlockingHandler handler) {
        return new Route(
                method,
                template,
                scopeOf(method),
                DATABASE,
                call -> CompletableFuture.completedFuture(handler.handle(call)));
    }

    /** The same for callers who may only read: it changes nothing of what they read, whatever its method. */
    public Route readable() {
        return new Route(method, template, Scope.READ, patience, handler);
    }

    private static Scope scopeOf(String method) {
        return method.equals("GET") ? Scope.READ : Scope.WRITE;
    }

    /** The values of the placeholders, if the path fits. */
    Optional<Map<String, String>> match(String path) {
        List<String> expected = List.of(template.split("/", -1));
        List<String> actual = List.of(path.split("/", -1));
        if (expected.size() != actual.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < expected.size(); i++) {
            String segment = expected.get(i);
            if (segment.startsWith("{") && Printable.is(actual.get(i))) {
                values.put(segment.substring(1, segment.length() - 1), actual.get(i));
            } else if (!segment.equals(actual.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
