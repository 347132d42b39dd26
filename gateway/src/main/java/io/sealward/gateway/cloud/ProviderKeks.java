package io.sealward.gateway.cloud;

import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.KeySpec;
import io.sealward.gateway.registry.KeyType;
import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.Kek;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import java.util.Map;

/**
 * Hands each spec to its provider.
 *
 * @param openers the providers this gateway has an identity with
 */
public record ProviderKeks(Map<KeyType, KekOpener> openers) implements KekOpener {
    public ProviderKeks {
        openers = Map.copyOf(openers);
    }

    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return opener(spec).open(organizationId, spec);
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        return opener(spec).check(organizationId, spec, context);
    }

    private KekOpener opener(KeySpec spec) {
        KekOpener opener = openers.get(spec.type());
        if (opener == null) {
            throw new InvalidKeySpecException(
                    "type",
                    "This gateway is not set up for keys of type '"
                            + spec.type().label() + "'.");
        }
        return opener;
    }

    /** A check that owns the KEK it asks. */
    static RegistrationCheck closing(Kek kek, RegistrationCheck check) {
        return () -> check.run().whenComplete((passed, failure) -> kek.close());
    }

    static IllegalArgumentException notMine(KeySpec spec) {
        return new IllegalArgumentException("a key of type " + spec.type().label());
    }
}
