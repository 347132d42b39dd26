package io.sealward.it.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTPS server on loopback that answers under the host names it has certificates for. */
public final class HttpsEndpoint implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("https-endpoint"));

    /** One request in, one answer out. */
    @FunctionalInterface
    public interface Service {
        Answer answer(Request request) throws IOException;
    }

    /**
     * A request with its whole body.
     *
     * @param host without the port
     * @param bearer the token of the Authorization header, empty if there is none
     */
    public record Request(String method, String host, String path, String bearer, String body) {
        /** The body as {@code application/x-www-form-urlencoded}. */
        public Map<String, String> form() {
            Map<String, String> fields = new TreeMap<>();
            for (String field : body.split("&")) {
                int equals = field.indexOf('=');
                if (equals > 0) {
                    fields.put(
                            URLDecoder.decode(field.substring(0, equals), UTF_8),
                            URLDecoder.decode(field.substring(equals + 1), UTF_8));
                }
            }
            return fields;
        }
    }

    /** What goes back. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer json(int status, Object body) {
            try {
                return new Answer(status, Map.of("Content-Type", "application/json"), JSON.writeValueAsString(body));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }

        public Answer with(String header, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(header, value);
            return new Answer(status, more, body);
        }
    }

    public HttpsEndpoint(CertificateAuthority authority, List<String> hostNames, Service service) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext(hostNames)));
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, service));
        server.start();
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void serve(HttpExchange exchange, Service service) throws IOException {
        try (exchange) {
            Answer answer = service.answer(read(exchange));
            byte[] body = answer.body().getBytes(UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String host = exchange.getRequestHeaders().getFirst("Host");
        return new Request(
                exchange.getRequestMethod(),
                host.replaceFirst(":.*", ""),
                exchange.getRequestURI().getPath(),
                authorization == null ? "" : authorization.replaceFirst("^Bearer ", ""),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }
}
