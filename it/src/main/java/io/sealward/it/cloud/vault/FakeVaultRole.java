package io.sealward.it.cloud.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.it.cloud.OidcIssuer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Who may log in, and what the policy allows whoever did. Thread-safe. */
public final class FakeVaultRole {
    private final String name;
    private final Map<String, Set<String>> policy = new ConcurrentHashMap<>();
    private volatile Optional<String> secretId = Optional.empty();
    private volatile boolean bindSecretId = true;
    private volatile Optional<String> audience = Optional.empty();
    private volatile boolean there = true;

    FakeVaultRole(String name) {
        this.name = name;
        allow("sys/capabilities-self", "update");
    }

    /** The role's name, which is its role id, too. */
    public String name() {
        return name;
    }

    /** Admits this secret id, and no other. */
    public FakeVaultRole bindSecretId(String given) {
        secretId = Optional.of(given);
        return this;
    }

    /** Admits whoever knows the role id. */
    public void bindNoSecretId() {
        bindSecretId = false;
    }

    /** Admits tokens made out to this audience, and no other. */
    public FakeVaultRole bindAudience(String given) {
        audience = Optional.of(given);
        return this;
    }

    /** Admits tokens made out to anybody. */
    public void bindNoAudience() {
        audience = Optional.of("");
    }

    public FakeVaultRole allow(String path, String... capabilities) {
        policy.put(path, Set.of(capabilities));
        return this;
    }

    public FakeVaultRole allowUseOf(String mount, FakeTransitKey key) {
        return allow(mount + "/encrypt/" + key.name(), "update").allow(mount + "/decrypt/" + key.name(), "update");
    }

    /** Adds the policy {@code default}, as Vault does unless the role says otherwise: of it, what a stranger could use. */
    public void addDefaultPolicy() {
        allow("cubbyhole/*", "create", "read", "update", "delete", "list");
        allow("auth/token/renew-self", "update");
        allow("auth/token/lookup-self", "read");
    }

    public void forbid(String path) {
        policy.remove(path);
    }

    public void delete() {
        there = false;
    }

    Set<String> capabilities(String path) {
        String allBelow = path.substring(0, path.indexOf('/') + 1) + "*";
        return new TreeSet<>(policy.getOrDefault(path, policy.getOrDefault(allBelow, Set.of("deny"))));
    }

    void admitSecretId(String given) throws VaultRefusal {
        boolean known = there
                && secretId.isPresent()
                && (!bindSecretId || secretId.get().equals(given));
        if (!known) {
            throw new VaultRefusal(400, "invalid role or secret ID");
        }
    }

    void admitToken(String given, OidcIssuer issuer, String subject) throws VaultRefusal {
        if (!there || audience.isEmpty()) {
            throw new VaultRefusal(400, "role \"" + name + "\" could not be found");
        }
        JsonNode claims = issuer.verify(given)
                .orElseThrow(() -> new VaultRefusal(400, "error validating token: error verifying token signature"));
        if (!OidcIssuer.isAlive(claims)) {
            throw new VaultRefusal(
                    400, "error validating token: invalid expiration time (exp) claim: token is expired");
        }
        if (!audience.get().isEmpty() && !claims.path("aud").asText().equals(audience.get())) {
            throw new VaultRefusal(
                    400,
                    "error validating token: invalid audience (aud) claim: audience claim does not match any expected audience");
        }
        if (!claims.path("sub").asText().equals(subject)) {
            throw new VaultRefusal(400, "error validating token: invalid subject (sub) claim");
        }
    }
}
