package io.sealward.it.cloud.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.it.cloud.CertificateAuthority;
import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.HttpsEndpoint;
import io.sealward.it.cloud.HttpsEndpoint.Answer;
import io.sealward.it.cloud.HttpsEndpoint.Request;
import io.sealward.it.cloud.OidcIssuer;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Vault with one transit engine, one AppRole method and one JWT method. It enforces tokens, policies, audiences, secret ids,
 * and of keys the context, the versions and {@code min_decryption_version}.
 */
public final class FakeTransit implements AutoCloseable {
    /** The gateway, to every role. */
    public static final String SUBJECT = "sealward-gateway";

    public static final String MOUNT = "transit";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LEASE_SECONDS = 900;

    private final CertificateAuthority authority = new CertificateAuthority();
    private final OidcIssuer issuer = new OidcIssuer("https://gateway.example.com");
    private final HttpsEndpoint endpoint = new HttpsEndpoint(authority, List.of("localhost"), this::answer);
    private final Map<String, FakeTransitKey> keys = new ConcurrentHashMap<>();
    private final Map<String, FakeVaultRole> roles = new ConcurrentHashMap<>();
    private final Map<String, FakeVaultRole> tokens = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private final AtomicInteger logins = new AtomicInteger();
    private volatile String namespace = "";
    private volatile boolean mounted = true;
    private volatile Optional<Answer> always = Optional.empty();

    public static FakeTransit start() {
        return new FakeTransit();
    }

    public String address() {
        return "https://localhost:" + endpoint.address().getPort();
    }

    public CertificateAuthority authority() {
        return authority;
    }

    /** Whose tokens the JWT method believes. */
    public OidcIssuer issuer() {
        return issuer;
    }

    public FakeTransitKey createKey(String name, boolean derived) {
        FakeTransitKey key = new FakeTransitKey(name, derived);
        keys.put(name, key);
        return key;
    }

    public void deleteKey(String name) {
        keys.remove(name);
    }

    public FakeVaultRole createRole(String name) {
        FakeVaultRole role = new FakeVaultRole(name);
        roles.put(name, role);
        return role;
    }

    /** Everything is in this namespace, and not at the top. */
    public void moveTo(String name) {
        namespace = name + "/";
    }

    /** The engine is gone. */
    public void unmount() {
        mounted = false;
    }

    /** A token of somebody who has what the role may. */
    public String signIn(String role) {
        String token = "hvs." + UUID.randomUUID();
        tokens.put(token, roles.get(role));
        return token;
    }

    /** Whatever is asked from now on, this is the answer. */
    public void answerAll(int status, String body) {
        always = Optional.of(new Answer(status, Map.of(), body));
    }

    /** Every token given out so far is worth nothing any more. */
    public void revokeTokens() {
        tokens.clear();
    }

    /** Trouble with encryptions and decryptions, and how many were asked for. */
    public Faults faults() {
        return faults;
    }

    public int logins() {
        return logins.get();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private Answer answer(Request request) throws IOException {
        if (always.isPresent()) {
            return always.get();
        }
        try {
            String path = request.path().replaceFirst("^/v1/", "");
            if (!path.startsWith(namespace)) {
                throw VaultRefusal.forbidden();
            }
            return route(path.substring(namespace.length()), request, JSON.readTree(request.body()));
        } catch (VaultRefusal refused) {
            return refused.answer();
        }
    }

    private Answer route(String path, Request request, JsonNode body) throws VaultRefusal {
        if (path.equals("auth/approle/login") || path.equals("auth/jwt/login")) {
            return logIn(path.equals("auth/approle/login"), body);
        }
        FakeVaultRole role = tokens.get(request.bearer());
        if (role == null || !role.capabilities(path).contains("update")) {
            throw VaultRefusal.forbidden();
        }
        if (path.equals("sys/capabilities-self")) {
            Map<String, Object> granted = new TreeMap<>();
            body.path("paths").forEach(one -> granted.put(one.asText(), role.capabilities(one.asText())));
            return data(granted);
        }
        String[] parts = path.split("/", -1);
        if (parts.length != 3 || !parts[0].equals(MOUNT) || !mounted) {
            throw new VaultRefusal(404, "no handler for route \"" + path + "\". route entry not found.");
        }
        return switch (faults.next()) {
            case THROTTLE -> throw new VaultRefusal(429, "request path \"" + path + "\": rate limit quota exceeded");
            case OUTAGE -> throw new VaultRefusal(503, "Vault is sealed");
            case GARBAGE -> new Answer(200, Map.of(), "{\"data\":{\"plaintext\":\"planted");
            case NONE -> transit(parts[1], parts[2], body);
        };
    }

    private Answer transit(String operation, String name, JsonNode body) throws VaultRefusal {
        FakeTransitKey key = keys.get(name);
        if (key == null) {
            // To encrypt would be to make the key, which takes the capability to create.
            throw operation.equals("encrypt")
                    ? VaultRefusal.forbidden()
                    : new VaultRefusal(400, "encryption key not found");
        }
        key.requireInUse();
        byte[] context = VaultRefusal.decode(body.path("context").asText(), "failed to base64-decode context");
        if (operation.equals("encrypt")) {
            byte[] plaintext =
                    VaultRefusal.decode(body.path("plaintext").asText(), "failed to base64-decode plaintext");
            return data(Map.of("ciphertext", key.encrypt(plaintext, context)));
        }
        byte[] plaintext = key.decrypt(body.path("ciphertext").asText(), context);
        return data(Map.of("plaintext", Base64.getEncoder().encodeToString(plaintext)));
    }

    private Answer logIn(boolean appRole, JsonNode body) throws VaultRefusal {
        logins.incrementAndGet();
        String name = body.path(appRole ? "role_id" : "role").asText();
        FakeVaultRole role = roles.get(name);
        if (role == null) {
            throw new VaultRefusal(
                    400, appRole ? "invalid role or secret ID" : "role \"" + name + "\" could not be found");
        }
        if (appRole) {
            role.admitSecretId(body.path("secret_id").asText());
        } else {
            role.admitToken(body.path("jwt").asText(), issuer, SUBJECT);
        }
        return Answer.json(
                200,
                Map.of(
                        "auth",
                        Map.of("client_token", signIn(name), "lease_duration", LEASE_SECONDS, "renewable", true)));
    }

    private static Answer data(Object data) {
        return Answer.json(200, Map.of("data", data));
    }
}
