package io.sealward.it.cloud.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An IAM role of a tenant, with its trust policy and its permissions. Starts without either. Thread-safe. */
public final class FakeRole {
    private final String arn;
    private volatile Trust trust = new NoTrust();
    private volatile List<AwsGrant> grants = List.of();

    private sealed interface Trust {}

    private record NoTrust() implements Trust {}

    private record AnyExternalId() implements Trust {}

    private record OneExternalId(String externalId) implements Trust {}

    private record SomeExternalId() implements Trust {}

    private record OptionalExternalId(String externalId) implements Trust {}

    FakeRole(String arn) {
        this.arn = arn;
    }

    public String arn() {
        return arn;
    }

    /** The gateway may assume this role with this ExternalId only ({@code StringEquals} on {@code sts:ExternalId}). */
    public FakeRole trustWith(String externalId) {
        trust = new OneExternalId(externalId);
        return this;
    }

    /** The gateway may assume this role, whatever ExternalId it says or none: the confused deputy's role. */
    public FakeRole trustWithoutExternalId() {
        trust = new AnyExternalId();
        return this;
    }

    /** The gateway must say an ExternalId, and any will do ({@code StringLike} with {@code *}). */
    public FakeRole trustAnyExternalId() {
        trust = new SomeExternalId();
        return this;
    }

    /** As {@code StringEqualsIfExists} has it: a wrong ExternalId is refused, none is not. */
    public FakeRole trustIfExternalIdExists(String externalId) {
        trust = new OptionalExternalId(externalId);
        return this;
    }

    /** Nobody may assume it any more. Sessions that live go on until they end, as with the real STS. */
    public void distrust() {
        trust = new NoTrust();
    }

    /** Replaces the role's permissions, with effect on sessions that live. */
    public FakeRole allow(AwsGrant... allowed) {
        grants = List.of(allowed);
        return this;
    }

    boolean trusts(Optional<String> externalId) {
        if (trust instanceof OneExternalId one) {
            return externalId.filter(one.externalId()::equals).isPresent();
        }
        if (trust instanceof OptionalExternalId optional) {
            return externalId
                    .filter(said -> !said.equals(optional.externalId()))
                    .isEmpty();
        }
        return trust instanceof AnyExternalId || (trust instanceof SomeExternalId && externalId.isPresent());
    }

    boolean allows(String action, String resource, Map<String, String> context) {
        return grants.stream().anyMatch(grant -> grant.allows(action, resource, context));
    }
}
