package io.sealward.providers.setup;

import io.sealward.providers.KmsProvider;
import io.sealward.providers.Unwrapper;

/** A KMS of the tenants' own, where the operator gives the gateway an identity: the section {@code clouds.<type>}. */
public interface CloudProvider extends KmsProvider {
    /** As people call it, such as "Google Cloud". */
    String title();

    /**
     * Reads the section. Every key is asked for, and nobody else.
     *
     * @throws RuntimeException that {@code settings} made, if the section cannot be used
     */
    CloudSetup configure(OperatorSettings settings);

    /**
     * A key for whoever may unwrap with it at the KMS itself: without a gateway and its identity, and with credentials from
     * where this KMS's own clients look for them. Asks nothing yet.
     *
     * @param keyId as in {@link io.sealward.crypto.key.KekReference#keyId()}
     * @throws io.sealward.providers.InvalidKeySpecException if no key here has such an id, or its credentials are incomplete
     */
    Unwrapper own(String keyId);
}
