package io.sealward.gateway.tenant;

import io.sealward.gateway.policy.Caller;
import io.sealward.gateway.policy.Policy;
import java.util.Optional;

/** Whoever has signed nothing: a browser's preflight, or a read where the operator lets policies admit anybody. */
public enum UnknownSender implements Sender {
    INSTANCE;

    @Override
    public String sharer() {
        return "";
    }

    @Override
    public Optional<Caller> caller() {
        return Optional.empty();
    }

    @Override
    public Optional<String> knownAs() {
        return Optional.empty();
    }

    @Override
    public Optional<Policy> policy() {
        return Optional.empty();
    }

    /** Of whatever organization, where requests without a signature are taken. */
    @Override
    public boolean mayBeLetInto(String organizationId) {
        return true;
    }
}
