package io.sealward.providers.resilience;

import io.sealward.providers.KmsException;

/** The one place where a provider turns whatever its SDK threw into one of our errors. */
@FunctionalInterface
public interface FaultMapping {
    /** Never throws, and never puts a secret into the message. */
    KmsException classify(Throwable failure);
}
