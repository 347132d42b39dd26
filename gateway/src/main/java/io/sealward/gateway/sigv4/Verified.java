package io.sealward.gateway.sigv4;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.tenant.S3Credential;

/** A request head whose signature is verified: who sent it, and how its body is to be checked. */
public record Verified(S3Credential credential, PayloadPolicy payload) {
    public Verified {
        requireNonNull(credential, "credential");
        requireNonNull(payload, "payload");
    }
}
