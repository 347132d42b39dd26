package io.sealward.it.cloud.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.HttpsEndpoint.Answer;
import io.sealward.it.cloud.HttpsEndpoint.Request;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Key Vault in RBAC mode with RSA keys, or a Managed HSM. It refuses in this order: token, role, key, operation, state, ciphertext.
 *
 * <p>As the service does, it takes two slashes for a missing version, and lets an expired key decrypt but not encrypt.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/keyvault/keys">Key Vault REST API, keys</a>
 * @see <a href="https://learn.microsoft.com/azure/key-vault/keys/about-keys-details">About keys, date-time controlled
 *     operations</a>
 */
public final class FakeVault {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH =
            Pattern.compile("/keys/([0-9a-zA-Z-]+)(?:/([0-9a-f]*))?(?:/(encrypt|decrypt))?");

    private final String name;
    private final Service service;
    private final FakeEntra entra;
    private final Map<String, FakeVaultKey> keys = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private volatile String tenantId;
    private volatile boolean role = true;
    private volatile Optional<Answer> refusal = Optional.empty();

    /** Which of the two: each has addresses, tokens, types of keys and roles of its own. */
    enum Service {
        KEY_VAULT("vault.azure.net", "RSA"),
        MANAGED_HSM("managedhsm.azure.net", "RSA-HSM");

        private final String domain;
        private final String keyType;

        Service(String domain, String keyType) {
            this.domain = domain;
            this.keyType = keyType;
        }

        String resource() {
            return "https://" + domain;
        }
    }

    FakeVault(String name, Service service, String tenantId, FakeEntra entra) {
        this.name = name;
        this.service = service;
        this.tenantId = tenantId;
        this.entra = entra;
    }

    /** As tenants register it. */
    public String uri() {
        return "https://" + host() + "/";
    }

    public FakeVaultKey createKey(String keyName) {
        FakeVaultKey key = new FakeVaultKey(keyName);
        key.setKeyType(service.keyType);
        keys.put(keyName, key);
        return key;
    }

    public void deleteKey(FakeVaultKey key) {
        keys.remove(key.name());
    }

    /** Takes a key back that was deleted and not purged. */
    public void recoverKey(FakeVaultKey key) {
        keys.put(key.name(), key);
    }

    /** Takes the service principal's role assignment away. */
    public void revokeRole() {
        role = false;
    }

    public void assignRole() {
        role = true;
    }

    /** Moves the vault to another directory, which its challenges name from now on. */
    public void moveTo(String otherTenantId) {
        tenantId = otherTenantId;
    }

    /** Trouble of this vault, and its number of calls, challenges included. */
    public Faults faults() {
        return faults;
    }

    /** Every call is answered so, until {@link #answerAgain}. */
    public void refuseAll(int status, String code, String innerCode) {
        Map<String, Object> error = innerCode.isEmpty()
                ? Map.of("code", code, "message", "words of the cloud")
                : Map.of("code", code, "message", "words of the cloud", "innererror", Map.of("code", innerCode));
        refusal = Optional.of(Answer.json(status, Map.of("error", error)));
    }

    /** Every call that bears a good token gets exactly this, until {@link #answerAgain}. */
    public void answerAll(int status, String body) {
        refusal = Optional.of(new Answer(status, Map.of("Content-Type", "application/json"), body));
    }

    public void answerAgain() {
        refusal = Optional.empty();
    }

    String host() {
        return name + "." + service.domain;
    }

    Answer answer(Request request) throws IOException {
        return switch (faults.next()) {
            case THROTTLE -> VaultRefusal.throttled();
            case OUTAGE -> VaultRefusal.error(503, "ServiceUnavailable", "The service is temporarily unavailable.");
            case GARBAGE -> new Answer(200, Map.of("Content-Type", "application/json"), "{\"kid\":\"https://");
            case NONE -> admit(request);
        };
    }

    private Answer admit(Request request) throws IOException {
        if (request.bearer().isEmpty()) {
            return VaultRefusal.unauthorized(
                    tenantId, service.resource(), "AKV10000: Request is missing a Bearer or PoP token.");
        }
        if (!entra.gave(request.bearer(), tenantId, service.resource())) {
            return VaultRefusal.unauthorized(tenantId, service.resource(), "AKV10032: Invalid issuer.");
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return VaultRefusal.badParameter("The request URI is invalid.");
        }
        FakeVaultKey key = keys.get(path.group(1));
        if (!role) {
            return service == Service.MANAGED_HSM ? VaultRefusal.noLocalRole() : VaultRefusal.notAuthorized();
        }
        if (key == null) {
            return VaultRefusal.notFound(path.group(1));
        }
        String version = path.group(2) == null || path.group(2).isEmpty() ? key.currentVersion() : path.group(2);
        if (!key.has(version)) {
            return VaultRefusal.notFound(path.group(1) + "/" + version);
        }
        String kid = uri() + "keys/" + key.name() + "/" + version;
        return path.group(3) == null
                ? describe(key, version, kid)
                : operate(key, version, kid, path.group(3), JSON.readTree(request.body()));
    }

    private static Answer describe(FakeVaultKey key, String version, String kid) {
        if (key.isDisabled(version)) {
            return VaultRefusal.forbidden("KeyDisabled", "Operation get is not allowed on a disabled key.");
        }
        return Answer.json(200, Map.of("key", key.jsonWebKey(kid, version), "attributes", Map.of("enabled", true)));
    }

    private static Answer operate(FakeVaultKey key, String version, String kid, String operation, JsonNode body) {
        if (!key.allows(operation)) {
            return VaultRefusal.forbidden(
                    "KeyOperationForbidden", "Operation is not permitted on this key: " + operation + ".");
        }
        if (key.isDisabled(version)) {
            return VaultRefusal.forbidden(
                    "KeyDisabled", "Operation " + operation + " is not allowed on a disabled key.");
        }
        boolean encrypting = operation.equals("encrypt");
        if (encrypting && key.isExpired(version)) {
            return VaultRefusal.forbidden("KeyExpired", "Operation encrypt is not allowed on an expired key.");
        }
        if (encrypting && key.isEarly()) {
            return VaultRefusal.forbidden(
                    "KeyNotYetValid", "Operation encrypt is not allowed on a key that is not yet valid.");
        }
        if (!"RSA-OAEP-256".equals(body.path("alg").asText())) {
            return VaultRefusal.badParameter("Property alg has an invalid value.");
        }
        try {
            byte[] value = Base64Url.decode(body.path("value").asText());
            byte[] result = encrypting ? key.encrypt(version, value) : key.decrypt(version, value);
            return Answer.json(200, Map.of("kid", kid, "value", Base64Url.encode(result)));
        } catch (GeneralSecurityException | IllegalArgumentException invalid) {
            return VaultRefusal.badParameter("The parameter is incorrect.");
        }
    }
}
