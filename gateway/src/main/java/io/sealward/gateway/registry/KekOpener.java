package io.sealward.gateway.registry;

import io.sealward.providers.Kek;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;

/** Turns specs into keys, one provider each. */
public interface KekOpener {
    /**
     * Makes a KEK ready for use, without asking the cloud. Called on a thread that may block.
     *
     * @param organizationId whose registration it is, from the registry and never from what the tenant wrote
     * @throws io.sealward.providers.InvalidKeySpecException if the provider could never use such a spec
     */
    Kek open(String organizationId, KeySpec spec);

    /**
     * The live proof for a registration. The check lets go of whatever it opens once it completes.
     *
     * @param context what the tenant's policies expect to see
     * @throws io.sealward.providers.InvalidKeySpecException if the provider could never use such a spec
     */
    RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context);
}
