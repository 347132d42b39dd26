package io.sealward.providers;

import java.util.Map;
import java.util.TreeMap;

/**
 * Hands each spec to its provider.
 *
 * @param openers of the providers that this gateway is set up for, by {@link KmsProvider#type()}; closed together with this
 */
public record OpenersByType(Map<String, KekOpener> openers) implements KekOpener {
    public OpenersByType {
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

    @Override
    public Map<String, RegistrationCheck> logins() {
        Map<String, RegistrationCheck> all = new TreeMap<>();
        openers.values().forEach(opener -> all.putAll(opener.logins()));
        return all;
    }

    @Override
    public void close() {
        openers.values().forEach(KekOpener::close);
    }

    private KekOpener opener(KeySpec spec) {
        KekOpener opener = openers.get(spec.type());
        if (opener == null) {
            throw new InvalidKeySpecException(
                    "type", "This gateway is not set up for keys of type '" + spec.type() + "'.");
        }
        return opener;
    }
}
