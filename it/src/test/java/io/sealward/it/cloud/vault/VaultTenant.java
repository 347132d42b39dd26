package io.sealward.it.cloud.vault;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.ONE_ATTEMPT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.providers.Kek;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.catalog.Providers;
import io.sealward.providers.vault.VaultOpener;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A tenant with a Vault that has set everything up well, and its KEK. */
abstract class VaultTenant {
    static final byte[] SECRET = "planted-secret-planted-secret-32".getBytes(UTF_8);

    @TempDir
    Path folder;

    VaultStandIn standIn;
    FakeTransit vault;
    VaultStandIn.Key key;
    Kek kek;

    @BeforeEach
    void open() {
        standIn = new VaultStandIn(folder);
        vault = standIn.vault();
        key = standIn.createKey("org-a");
        kek = open(Map.of());
    }

    @AfterEach
    void close() {
        kek.close();
        standIn.close();
    }

    /** The registered key, with some fields changed. */
    Kek open(Map<String, String> changes) {
        return new VaultOpener(standIn.setup(), ONE_ATTEMPT).open("org-a", Providers.parse("vault", fields(changes)));
    }

    RegistrationCheck check(Map<String, String> changes) {
        return new VaultOpener(standIn.setup(), ONE_ATTEMPT)
                .check("org-a", Providers.parse("vault", fields(changes)), CONTEXT);
    }

    Map<String, String> fields(Map<String, String> changes) {
        Map<String, String> fields = new TreeMap<>(key.registration());
        fields.putAll(changes);
        return fields;
    }
}
