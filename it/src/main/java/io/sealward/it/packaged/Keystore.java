package io.sealward.it.packaged;

import io.sealward.it.cloud.StandIn;
import io.sealward.it.cloud.TenantKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The gateway's own keystore in the place of a cloud, kept with {@code sealward keystore}. */
record Keystore(Launcher launcher, Path file) implements StandIn {
    private static final String PASSWORD = "stage-password";
    private static final String GATEWAYS_OWN = "gateway";

    static Keystore create(Launcher launcher, Path folder) {
        Keystore keystore = new Keystore(launcher, folder.resolve("keystore.bcfks"));
        keystore.run("create", GATEWAYS_OWN);
        return keystore;
    }

    @Override
    public String configuration() {
        return """
                kek:
                  keystore: %s
                  password: %s
                  key: %s
                """.formatted(file, PASSWORD, GATEWAYS_OWN);
    }

    @Override
    public TenantKey createKey(String organizationId) {
        Key key = new Key(this, organizationId + "--kek");
        run("create", key.keyId());
        return key;
    }

    @Override
    public Map<String, String> ownAccess(Map<String, String> registration) {
        return Map.of("SEALWARD_KEYSTORE_PASSWORD", PASSWORD);
    }

    @Override
    public void close() {
        // a file, which goes with its folder
    }

    private void run(String command, String key) {
        try {
            launcher.run(
                    Map.of("SEALWARD_KEYSTORE_PASSWORD", PASSWORD),
                    "keystore",
                    command,
                    "--keystore",
                    file.toString(),
                    key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Key(Keystore keystore, String keyId) implements TenantKey {
        @Override
        public Map<String, String> registration() {
            return Map.of("key_name", keyId);
        }

        @Override
        public void disable() {
            keystore.run("disable", keyId);
        }

        @Override
        public void enable() {
            keystore.run("enable", keyId);
        }

        @Override
        public void deny() {
            disable();
        }

        @Override
        public void allow() {
            enable();
        }

        @Override
        public void destroy() {
            throw new UnsupportedOperationException("a key of a file is destroyed for good");
        }

        @Override
        public void restore() {
            throw new UnsupportedOperationException("nothing can be destroyed");
        }

        @Override
        public void throttle() {
            throw new UnsupportedOperationException("a file has no quota");
        }

        @Override
        public void cutOff() {
            throw new UnsupportedOperationException("a file is always there");
        }

        @Override
        public void recover() {
            throw new UnsupportedOperationException("nothing to recover from");
        }

        @Override
        public long calls() {
            throw new UnsupportedOperationException("nobody counts");
        }
    }
}
