package io.sealward.it.cloud.pkcs11;

import static org.junit.jupiter.api.Assumptions.abort;

import io.sealward.providers.pkcs11.Pkcs11Opener;
import io.sealward.providers.pkcs11.Pkcs11Setup;
import io.sealward.providers.resilience.CallLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** SoftHSM as this process has loaded it; a test is skipped, and says why, where that cannot be. */
public final class InstalledHsm {
    public static final String PIN = "planted-pin";

    /** Three attempts, as in earnest, and time for a machine under load. */
    static final CallLimits LIMITS = new CallLimits(4, 256, 3, Duration.ofSeconds(30), Duration.ofMillis(1));

    private static final AtomicInteger TOKENS = new AtomicInteger();

    private InstalledHsm() {}

    public static SoftHsm get() {
        SoftHsm.missing().ifPresent(tool -> abort("SoftHSM 2 is not installed: there is no " + tool));
        String configuration = System.getenv(SoftHsm.VARIABLE);
        if (configuration == null) {
            abort("the environment of this process has no " + SoftHsm.VARIABLE);
        }
        return SoftHsm.with(Path.of(configuration));
    }

    /** A token of a label that no other test has. */
    public static SoftToken newToken() {
        return SoftToken.create(get(), "t" + ProcessHandle.current().pid() + "-" + TOKENS.incrementAndGet(), PIN);
    }

    public static Pkcs11Setup setup(SoftToken token) {
        return new Pkcs11Setup(token.library(), token.label(), OptionalLong.empty(), token.pin());
    }

    static Pkcs11Opener opener(SoftToken token) {
        return new Pkcs11Opener(setup(token), LIMITS);
    }
}
