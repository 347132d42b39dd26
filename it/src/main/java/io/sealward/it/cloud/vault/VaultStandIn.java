package io.sealward.it.cloud.vault;

import io.sealward.it.cloud.CertificateAuthority;
import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.StandIn;
import io.sealward.it.cloud.TenantKey;
import io.sealward.providers.vault.VaultSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A tenant's Vault, to which the gateway shows tokens of files. */
public final class VaultStandIn implements StandIn {
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);

    private final FakeTransit vault = FakeTransit.start();
    private final Path folder;

    /**
     * Starts it.
     *
     * @param folder gets the gateway's tokens
     */
    public VaultStandIn(Path folder) {
        this.folder = folder;
        vault.authority().writeTo(folder);
    }

    public FakeTransit vault() {
        return vault;
    }

    /** The operator's side of it. */
    public VaultSetup setup() {
        return new VaultSetup(
                List.of(vault.address().substring("https://".length())),
                Optional.of(folder.resolve("token-{audience}").toString()),
                Optional.of(folder.resolve("secret-id-{audience}").toString()),
                vault.issuer().url(),
                FakeTransit.SUBJECT);
    }

    @Override
    public String configuration() {
        return """
                clouds:
                  vault:
                    allowed-hosts: ["%s"]
                    issuer: %s
                    subject: %s
                    token-file: %s
                    secret-id-file: %s
                """.formatted(
                        setup().allowedHosts().get(0),
                        setup().issuer(),
                        setup().subject(),
                        setup().tokenFile().orElseThrow(),
                        setup().secretIdFile().orElseThrow());
    }

    @Override
    public Key createKey(String organizationId) {
        return createKey(organizationId, organizationId, false);
    }

    /**
     * A key of either kind.
     *
     * @param audience that the role expects the gateway's tokens to be made out to
     */
    public Key createKey(String organizationId, String audience, boolean derived) {
        writeToken(organizationId, TOKEN_LIFETIME);
        writeToken("sealward-registration-check", TOKEN_LIFETIME);
        String unique = UUID.randomUUID().toString().substring(0, 8);
        FakeTransitKey key = vault.createKey("kek-" + unique, derived);
        Key made = new Key(
                vault, organizationId, vault.createRole("sealward-" + unique).bindAudience(audience), key);
        made.allow();
        return made;
    }

    /** The gateway's token for an owner; one with a negative lifetime is over already. */
    public void writeToken(String owner, Duration lifetime) {
        write("token-" + owner, vault.issuer().token(FakeTransit.SUBJECT, owner, lifetime));
    }

    public void writeSecretId(String owner, String secretId) {
        write("secret-id-" + owner, secretId);
    }

    @Override
    public Map<String, String> ownAccess(Map<String, String> registration) {
        Map<String, String> environment = new HashMap<>(CertificateAuthority.trustIn(folder));
        environment.put("VAULT_TOKEN", vault.signIn(registration.get("auth_role")));
        return environment;
    }

    @Override
    public void close() {
        vault.close();
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key, and the role that leads to it. */
    public record Key(FakeTransit vault, String organizationId, FakeVaultRole role, FakeTransitKey key)
            implements TenantKey {
        @Override
        public Map<String, String> registration() {
            return Map.of(
                    "vault_address",
                    vault.address(),
                    "vault_ca_certificate",
                    certificate(),
                    "transit_key_name",
                    key.name(),
                    "auth_method",
                    "jwt",
                    "auth_role",
                    role.name(),
                    "audience",
                    organizationId);
        }

        private String certificate() {
            try {
                return Base64.getEncoder()
                        .encodeToString(vault.authority().certificate().getEncoded());
            } catch (CertificateEncodingException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public String keyId() {
            return vault.address() + "/" + FakeTransit.MOUNT + "/keys/" + key.name();
        }

        /** A transit key has no switch of its own: its policy is taken away. */
        @Override
        public void disable() {
            deny();
        }

        @Override
        public void enable() {
            allow();
        }

        @Override
        public void deny() {
            role.forbid(FakeTransit.MOUNT + "/encrypt/" + key.name());
            role.forbid(FakeTransit.MOUNT + "/decrypt/" + key.name());
        }

        @Override
        public void allow() {
            role.allowUseOf(FakeTransit.MOUNT, key);
        }

        @Override
        public void destroy() {
            key.setSoftDeleted(true);
        }

        @Override
        public void restore() {
            key.setSoftDeleted(false);
        }

        @Override
        public void throttle() {
            vault.faults().set(Faults.Kind.THROTTLE);
        }

        @Override
        public void cutOff() {
            vault.faults().set(Faults.Kind.OUTAGE);
        }

        @Override
        public void recover() {
            vault.faults().set(Faults.Kind.NONE);
        }

        @Override
        public long calls() {
            return vault.faults().calls();
        }
    }
}
