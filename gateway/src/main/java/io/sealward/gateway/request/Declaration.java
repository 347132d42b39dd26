package io.sealward.gateway.request;

import static java.util.Objects.requireNonNull;

/**
 * What an operation is, as far as it is known before any of it is carried out: the requests that are taken to it, what they
 * may bring, and what their sender must be allowed to do.
 *
 * @param name what S3 calls it
 * @param treatment what the README says of it
 */
public record Declaration(String name, Route route, Rights rights, Accepts accepts, Treatment treatment) {
    public Declaration {
        requireNonNull(name, "name");
        requireNonNull(route, "route");
        requireNonNull(rights, "rights");
        requireNonNull(accepts, "accepts");
        requireNonNull(treatment, "treatment");
    }
}
