package io.sealward.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.QuickKeystore;
import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.local.LocalKeySpec;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** Opens every spec, whatever its cloud, as a key of one real keystore. */
public final class KeystoreOpener implements KekOpener {
    private volatile WrapContext lastProof = WrapContext.of(Map.of("nothing", "yet"));
    private final LocalKeystore keystore;

    public KeystoreOpener(Path file) {
        try {
            char[] password = "a keystore password".toCharArray();
            keystore = LocalKeystore.open(Files.exists(file) ? file : QuickKeystore.at(file, password), password);
        } catch (LocalKeystoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the last proof showed to its key. */
    public WrapContext lastProof() {
        return lastProof;
    }

    /** What the tenant does in its cloud. */
    public void createKey(KeySpec spec) {
        run(() -> keystore.createKey(name(spec)));
    }

    public void disable(KeySpec spec) {
        run(() -> keystore.disable(name(spec)));
    }

    public void enable(KeySpec spec) {
        run(() -> keystore.enable(name(spec)));
    }

    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return keystore.kek(name(spec));
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        lastProof = context;
        return RegistrationCheck.roundTrip(open(organizationId, spec), context);
    }

    private static String name(KeySpec spec) {
        return spec instanceof LocalKeySpec local
                ? local.keyName()
                : UUID.nameUUIDFromBytes(spec.kek().getBytes(UTF_8)).toString();
    }

    private interface Change {
        void run() throws LocalKeystoreException;
    }

    private static void run(Change change) {
        try {
            change.run();
        } catch (LocalKeystoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        keystore.close();
    }
}
