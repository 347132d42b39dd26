package io.sealward.it.tenant;

import io.sealward.it.cloud.TenantKey;
import io.sealward.it.stack.QuickKeystore;
import io.sealward.providers.KekOpener;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
import io.sealward.providers.local.LocalOpener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The gateway's own keystore, as a cloud of its own. */
final class LocalTestCloud implements TestCloud {
    private static final String PASSWORD = "planted-keystore-password";

    private final LocalKeystore keystore;

    LocalTestCloud(Path folder) throws LocalKeystoreException {
        char[] password = PASSWORD.toCharArray();
        keystore = LocalKeystore.open(QuickKeystore.at(folder.resolve("keystore.bcfks"), password), password);
    }

    @Override
    public String type() {
        return "local";
    }

    @Override
    public KekOpener opener() {
        return new LocalOpener(keystore);
    }

    @Override
    public TenantKey createKey(String organizationId) {
        String name = organizationId + "--kek";
        change(() -> keystore.createKey(name));
        return new Key(name);
    }

    /** A key that nobody made. */
    @Override
    public Refusal refusal(String organizationId) {
        return new Refusal(new Key(organizationId + "--none"), List.of(organizationId + "--none"));
    }

    @Override
    public List<String> secrets() {
        return List.of(PASSWORD);
    }

    @Override
    public void close() {
        keystore.close();
    }

    @FunctionalInterface
    private interface Change {
        void make() throws LocalKeystoreException;
    }

    private static void change(Change change) {
        try {
            change.make();
        } catch (LocalKeystoreException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Key implements TenantKey {
        private final String name;

        private Key(String name) {
            this.name = name;
        }

        @Override
        public Map<String, String> registration() {
            return Map.of("key_name", name);
        }

        @Override
        public String keyId() {
            return name;
        }

        @Override
        public void disable() {
            change(() -> keystore.disable(name));
        }

        @Override
        public void enable() {
            change(() -> keystore.enable(name));
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
