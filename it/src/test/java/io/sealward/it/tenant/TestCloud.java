package io.sealward.it.tenant;

import io.sealward.it.cloud.TenantKey;
import io.sealward.providers.KekOpener;
import java.util.List;

/** A cloud that the gateway has an identity in, and in which tenants can make keys. */
interface TestCloud extends AutoCloseable {
    String type();

    /** The gateway's way to this cloud. */
    KekOpener opener();

    /** A key that is set up as the onboarding material says, for this organization. */
    TenantKey createKey(String organizationId);

    /** A registration that must be refused, and what the answer must say. */
    Refusal refusal(String organizationId);

    /** What the gateway proves itself with, and must never show. */
    List<String> secrets();

    @Override
    void close();

    /**
     * A key that must not be registered.
     *
     * @param words of the cloud, or of the check that found the flaw
     */
    record Refusal(TenantKey key, List<String> words) {}
}
