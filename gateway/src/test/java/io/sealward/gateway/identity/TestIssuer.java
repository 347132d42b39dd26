package io.sealward.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID Connect issuer on the loopback address. What it serves can be changed. */
public final class TestIssuer implements AutoCloseable {
    public static final String AUDIENCE = "sealward";
    public static final JWK RSA = rsa("rsa", 2048);
    public static final JWK EC = ec("ec");

    /** An answer. */
    public record Page(int status, String body, Optional<String> location) {
        public static Page of(String body) {
            return new Page(200, body, Optional.empty());
        }
    }

    private final HttpServer server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();

    public TestIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        serve("/.well-known/openid-configuration", Page.of(discovery(url(), url() + "/keys")));
        keys(RSA, EC);
    }

    public static JWK rsa(String id, int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JWK ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String discovery(String issuer, String keys) {
        return "{\"issuer\": \"" + issuer + "\", \"jwks_uri\": \"" + keys + "\"}";
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public Issuer discovered() {
        return new Issuer(url(), new Issuer.Keys.Discovered(), Optional.empty());
    }

    public void keys(JWK... keys) {
        serve("/keys", Page.of(new JWKSet(List.of(keys)).toPublicJWKSet().toString()));
    }

    public void serve(String path, Page page) {
        pages.put(path, page);
    }

    /** How often keys were asked for. */
    public int fetches() {
        return fetches.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/keys")) {
            fetches.incrementAndGet();
        }
        Page page = pages.getOrDefault(path, new Page(404, "", Optional.empty()));
        page.location().ifPresent(to -> exchange.getResponseHeaders().set("Location", to));
        byte[] body = page.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The claims of a token that is valid for ten minutes. */
    public JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .subject("repo:acme/app:ref:refs/heads/main")
                .audience(AUDIENCE)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    public String token() {
        return sign(RSA, JWSAlgorithm.RS256, claims().build());
    }

    public static String sign(JWK key, JWSAlgorithm algorithm, JWTClaimsSet claims) {
        return sign(key, new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
    }

    public static String sign(JWK key, JWSHeader header, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
