package io.sealward.it.store;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Something that speaks S3: a store, or a gateway in front of one.
 *
 * @param domain present: buckets are addressed as labels of this domain, which resolves to the endpoint's host
 * @param trustedCertificate PEM of the authority behind an https endpoint; empty for the Java runtime's
 */
public record S3Target(
        URI endpoint, String accessKey, String secretKey, Optional<String> domain, Optional<Path> trustedCertificate) {
    public static final String REGION = "us-east-1";

    public S3Target {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(accessKey, "accessKey");
        requireNonNull(secretKey, "secretKey");
        requireNonNull(domain, "domain");
        requireNonNull(trustedCertificate, "trustedCertificate");
    }

    /** Buckets in the path; for https, the Java runtime's authorities. */
    public static S3Target of(URI endpoint, String accessKey, String secretKey) {
        return new S3Target(endpoint, accessKey, secretKey, Optional.empty(), Optional.empty());
    }

    /** The endpoint as clients write it: by its domain where there is one. */
    public URI address() {
        return domain.map(name -> URI.create(endpoint.getScheme() + "://" + name + ":" + endpoint.getPort()))
                .orElse(endpoint);
    }

    @Override
    public String toString() {
        return address().toString();
    }
}
