package io.sealward.providers.setup;

import io.sealward.providers.KekOpener;

/** Who the gateway is to one cloud, and how it gets there. Immutable; printing it shows no secret. */
public interface CloudSetup {
    /**
     * Opens keys in this cloud. Asks nothing of it yet.
     *
     * @throws IllegalArgumentException if a file that the configuration names cannot be used
     */
    KekOpener connect();

    /**
     * What a tenant runs once in its own cloud: least privilege, that is encrypt and decrypt on one key and nothing else,
     * bound to the tenant's id. What it makes has names of its own for each tenant, so that two fit into one account.
     *
     * @throws OnboardingException if a key in this cloud cannot be bound to this tenant
     */
    String onboarding(OnboardingFormat format, Recipient recipient);
}
