package io.sealward.providers.pkcs11;

import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.resilience.CallLane;
import io.sealward.providers.resilience.CallLimits;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Opens keys of one token, which they share. */
public final class Pkcs11Opener implements KekOpener {
    private final Token token;
    private final CallLimits limits;

    Pkcs11Opener(Pkcs11Setup setup) {
        this(setup, Pkcs11Kek.LIMITS);
    }

    /**
     * Loads the library, and asks the token nothing.
     *
     * @param limits for each KEK by itself
     * @throws IllegalArgumentException if the library cannot be loaded
     */
    public Pkcs11Opener(Pkcs11Setup setup, CallLimits limits) {
        this.token = new Token(setup);
        this.limits = limits;
    }

    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return kek(spec);
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        Pkcs11Kek kek = kek(spec);
        return kek.registrationCheck(context).closing(kek);
    }

    @Override
    public Map<String, RegistrationCheck> logins() {
        return Map.of(Pkcs11Kek.PROVIDER, this::logIn);
    }

    private CompletionStage<Void> logIn() {
        CallLane lane = new CallLane("pkcs11-login", limits, TokenFaults::of);
        return lane.run(() -> token.<Void>request(session -> null)).whenComplete((in, failure) -> lane.close());
    }

    private Pkcs11Kek kek(KeySpec spec) {
        return kek(spec.as(Pkcs11KeySpec.class).keyLabel());
    }

    Pkcs11Kek kek(String label) {
        return new Pkcs11Kek(token, label, limits);
    }

    /** Logs out. A call that the library does not return from is left behind. */
    @Override
    public void close() {
        token.close();
    }
}
