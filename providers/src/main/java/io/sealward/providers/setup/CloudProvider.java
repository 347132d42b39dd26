package io.sealward.providers.setup;

import io.sealward.providers.KmsProvider;

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
}
