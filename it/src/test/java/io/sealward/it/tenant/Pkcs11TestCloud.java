package io.sealward.it.tenant;

import io.sealward.it.cloud.TenantKey;
import io.sealward.it.cloud.pkcs11.InstalledHsm;
import io.sealward.it.cloud.pkcs11.SoftToken;
import io.sealward.providers.KekOpener;
import io.sealward.providers.pkcs11.Pkcs11Opener;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;
import java.util.List;

/** A token of SoftHSM, as a cloud of its own. */
final class Pkcs11TestCloud implements TestCloud {
    private static final CallLimits LIMITS = new CallLimits(4, 256, 3, Duration.ofSeconds(20), Duration.ofMillis(1));

    private final SoftToken token = InstalledHsm.newToken();

    @Override
    public String type() {
        return "pkcs11";
    }

    @Override
    public KekOpener opener() {
        return new Pkcs11Opener(InstalledHsm.setup(token), LIMITS);
    }

    @Override
    public TenantKey createKey(String organizationId) {
        return token.createKey(organizationId);
    }

    /** A key that could leave the token. */
    @Override
    public Refusal refusal(String organizationId) {
        String label = organizationId + "--extractable";
        token.make(label, "AES:32", "--extractable");
        return new Refusal(token.key(label), List.of(label, "not extractable"));
    }

    @Override
    public List<String> secrets() {
        return List.of(InstalledHsm.PIN);
    }

    @Override
    public void close() {
        token.close();
    }
}
