package io.sealward.it.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Serves what an OpenID Connect issuer tells of itself: where its key is, and the key. On the loopback address. */
public final class IssuerServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEYS = "/keys";

    private final HttpServer server;
    private final OidcIssuer issuer;

    private IssuerServer(HttpServer server) {
        this.server = server;
        this.issuer = new OidcIssuer("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** On a free port. */
    public static IssuerServer start() throws IOException {
        IssuerServer started =
                new IssuerServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        started.serve(
                "/.well-known/openid-configuration",
                Map.of("issuer", started.issuer.url(), "jwks_uri", started.issuer.url() + KEYS));
        started.serve(KEYS, Map.of("keys", List.of(started.key())));
        started.server.start();
        return started;
    }

    /** Who signs the tokens. */
    public OidcIssuer issuer() {
        return issuer;
    }

    private Map<String, String> key() {
        RSAPublicKey key = (RSAPublicKey) issuer.keys().getPublic();
        return Map.of(
                "kty", "RSA",
                "use", "sig",
                "alg", "RS256",
                "n", number(key.getModulus()),
                "e", number(key.getPublicExponent()));
    }

    /** Without the byte for a sign (RFC 7518, 6.3.1). */
    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private void serve(String path, Map<String, ?> document) throws IOException {
        byte[] body = JSON.writeValueAsString(document).getBytes(UTF_8);
        server.createContext(path, (HttpExchange exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
