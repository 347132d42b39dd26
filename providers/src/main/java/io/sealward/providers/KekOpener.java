package io.sealward.providers;

import java.util.Map;

/** Turns specs into keys. Thread-safe. */
public interface KekOpener extends AutoCloseable {
    /**
     * Makes a KEK ready for use, without asking the cloud. Called on a thread that may block.
     *
     * @param organizationId whose registration it is, from the registry and never from what the tenant wrote
     * @throws InvalidKeySpecException if the provider could never use such a spec
     */
    Kek open(String organizationId, KeySpec spec);

    /**
     * The live proof for a registration. The check lets go of whatever it opens once it completes.
     *
     * @param context what the tenant's policies expect to see
     * @throws InvalidKeySpecException if the provider could never use such a spec
     */
    RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context);

    /**
     * What the gateway itself must be let in by before it can use anybody's key, by {@link KmsProvider#type()}: a check that
     * logs in. Empty where a login is of one key, and proven with it.
     */
    default Map<String, RegistrationCheck> logins() {
        return Map.of();
    }

    /** Lets go of connections that its KEKs share; they fail afterwards. */
    @Override
    default void close() {}
}
