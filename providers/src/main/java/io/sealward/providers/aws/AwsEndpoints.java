package io.sealward.providers.aws;

import java.net.URI;

/** Where STS and KMS are. A matter of the operator's configuration, never of a tenant's. */
public sealed interface AwsEndpoints {
    /** AWS's own, in the region of the key. */
    static AwsEndpoints regional() {
        return new Regional();
    }

    /** One address that plays both, whatever the region: an emulator or a proxy. */
    static AwsEndpoints at(URI address) {
        return new At(address);
    }

    record Regional() implements AwsEndpoints {}

    record At(URI address) implements AwsEndpoints {}
}
