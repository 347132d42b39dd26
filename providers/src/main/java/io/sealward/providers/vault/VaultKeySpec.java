package io.sealward.providers.vault;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.KeySpec;
import io.sealward.providers.SpecField;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A key of a transit engine and the role that leads to it, as a tenant registers them. Every part is checked, so that no path
 * built from it can leave its place; whether the server may be called at all is the operator's to say.
 *
 * @param audience the id of the organization or project that the role was set up for: whom the gateway's tokens are made
 *     out to, and whose secret id it shows to an AppRole. Whoever registers the key must see to it that it is the tenant's
 */
public record VaultKeySpec(Server server, Key key, Role role, String audience) implements KeySpec {
    private static final String PATH = "^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$";

    private static final SpecField ADDRESS = SpecField.required(
                    "vault_address", "^https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?$", 128)
            .describedAs("Such as https://vault.example.com:8200. The gateway's operator must allow the host.");
    private static final SpecField NAMESPACE = SpecField.optional("vault_namespace", PATH, 128);
    private static final SpecField AUTHORITY = SpecField.optional(
                    "vault_ca_certificate", "^[A-Za-z0-9+/]+={0,2}$", 4096)
            .describedAs(
                    "The authority behind the server's certificate: DER in base64, as between the lines of a PEM file,"
                            + " without line breaks. Without it, those that everybody knows.");
    private static final SpecField MOUNT = SpecField.optional("transit_mount", PATH, 64)
            .describedAs("Where the engine is mounted; transit without it.");
    private static final SpecField KEY_NAME =
            SpecField.required("transit_key_name", "^[A-Za-z0-9_-][A-Za-z0-9_.-]*$", 128);
    private static final SpecField METHOD = SpecField.required("auth_method", "^(approle|jwt|kubernetes)$", 16)
            .describedAs("approle, jwt or kubernetes.");
    private static final SpecField AUTH_MOUNT = SpecField.optional("auth_mount", PATH, 64)
            .describedAs("Where the method is mounted; its own name without it.");
    private static final SpecField ROLE = SpecField.required("auth_role", "^[A-Za-z0-9_-][A-Za-z0-9_.-]*$", 128)
            .describedAs("The role's name, or the role id of an AppRole.");
    private static final SpecField AUDIENCE = SpecField.required("audience", "^(org-|proj_)[0-9a-zA-Z_-]+$", 64)
            .describedAs("The organization's id, or that of one of its projects: the audience that the role expects.");

    static final List<SpecField> FIELDS =
            List.of(ADDRESS, NAMESPACE, AUTHORITY, MOUNT, KEY_NAME, METHOD, AUTH_MOUNT, ROLE, AUDIENCE);

    /** How the gateway says who it is. */
    enum Method {
        APPROLE,
        JWT,
        KUBERNETES;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Method of(String label) {
            return valueOf(METHOD.require(label).toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Where Vault is.
     *
     * @param authority the one that signs for it, as base64 of DER; empty for the Java runtime's
     */
    record Server(String address, Optional<String> namespace, Optional<String> authority) {
        Server {
            ADDRESS.require(address);
            NAMESPACE.require(namespace);
            AUTHORITY.require(authority);
        }

        /** A namespace may go in front of the path instead of into a header. */
        URI uri(String path) {
            return URI.create(
                    address + "/v1/" + namespace.map(name -> name + "/").orElse("") + path);
        }
    }

    /** A key of one engine. */
    record Key(String mount, String name) {
        Key {
            MOUNT.require(mount);
            KEY_NAME.require(name);
        }
    }

    /** What the gateway logs in to. */
    record Role(Method method, String mount, String name) {
        Role {
            requireNonNull(method, "method");
            AUTH_MOUNT.require(mount);
            ROLE.require(name);
        }
    }

    /** @throws io.sealward.providers.InvalidKeySpecException naming the first field that is missing or malformed */
    public VaultKeySpec {
        requireNonNull(server, "server");
        requireNonNull(key, "key");
        requireNonNull(role, "role");
        AUDIENCE.require(audience);
    }

    static VaultKeySpec of(Map<String, String> values) {
        Server server = new Server(
                values.get("vault_address"),
                Optional.ofNullable(values.get("vault_namespace")),
                Optional.ofNullable(values.get("vault_ca_certificate")));
        Key key = new Key(values.getOrDefault("transit_mount", "transit"), values.get("transit_key_name"));
        Method method = Method.of(values.get("auth_method"));
        Role role = new Role(method, values.getOrDefault("auth_mount", method.label()), values.get("auth_role"));
        return new VaultKeySpec(server, key, role, values.get("audience"));
    }

    @Override
    public String type() {
        return VaultKek.PROVIDER;
    }

    @Override
    public SortedMap<String, String> fields() {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put("vault_address", server.address());
        server.namespace().ifPresent(namespace -> fields.put("vault_namespace", namespace));
        server.authority().ifPresent(authority -> fields.put("vault_ca_certificate", authority));
        fields.put("transit_mount", key.mount());
        fields.put("transit_key_name", key.name());
        fields.put("auth_method", role.method().label());
        fields.put("auth_mount", role.mount());
        fields.put("auth_role", role.name());
        fields.put("audience", audience);
        return fields;
    }

    @Override
    public String kek() {
        return "vault:" + keyUrl();
    }

    @Override
    public Owner owner() {
        return Owner.inField("audience", audience);
    }

    /** The KEK's id. It names the server, as two servers may have a key of the same path. */
    String keyUrl() {
        String namespace = server.namespace().map(name -> name + "/").orElse("");
        return server.address() + "/" + namespace + key.mount() + "/keys/" + key.name();
    }
}
