package io.sealward.it.tenant;

import io.sealward.it.cloud.TenantKey;
import io.sealward.it.cloud.vault.VaultStandIn;
import io.sealward.providers.KekOpener;
import io.sealward.providers.resilience.CallLimits;
import io.sealward.providers.vault.VaultOpener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

final class VaultTestCloud implements TestCloud {
    private static final CallLimits LIMITS = new CallLimits(16, 256, 2, Duration.ofSeconds(20), Duration.ofMillis(1));

    private final VaultStandIn standIn;

    VaultTestCloud(Path folder) {
        standIn = new VaultStandIn(folder);
    }

    @Override
    public String type() {
        return "vault";
    }

    @Override
    public KekOpener opener() {
        return new VaultOpener(standIn.setup(), LIMITS);
    }

    @Override
    public TenantKey createKey(String organizationId) {
        return standIn.createKey(organizationId);
    }

    /** A role whose token may read the key, too. */
    @Override
    public Refusal refusal(String organizationId) {
        VaultStandIn.Key key = standIn.createKey(organizationId);
        String path = "transit/keys/" + key.key().name();
        key.role().allow(path, "read");
        return new Refusal(key, List.of("may do more than encrypt and decrypt", path + "=[read]"));
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public void close() {
        standIn.close();
    }
}
