package io.sealward.gateway.config;

import java.util.List;

/**
 * How temporary credentials are given.
 *
 * @param tokenKeys session tokens are sealed under the first, and those under any of them open; none if none are given
 * @param issuers whose word is taken for who somebody is
 */
public record StsConfig(List<Secret> tokenKeys, List<IssuerConfig> issuers) {
    public static final StsConfig NONE = new StsConfig(List.of(), List.of());

    public StsConfig {
        tokenKeys = List.copyOf(tokenKeys);
        issuers = List.copyOf(issuers);
    }

    /** Whether it has an issuer of that name. */
    boolean knows(String issuer) {
        return issuers.stream().anyMatch(known -> known.issuer().equals(issuer));
    }
}
