package io.sealward.gateway.request;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Project;
import java.util.Optional;

/**
 * A request whose sender is known.
 *
 * @param place the bucket and key it is about
 * @param target the decoded query
 * @param headers as they came
 * @param admission what it was admitted under
 * @param permissions what its sender may do
 * @param payload how the body must verify
 */
public record S3Request(
        HttpMethod method,
        Place place,
        RequestTarget target,
        HttpHeaders headers,
        Admission admission,
        Permissions permissions,
        PayloadPolicy payload) {
    public Project project() {
        return admission.project();
    }

    public String bucket() {
        return place.bucket();
    }

    public String key() {
        return place.key();
    }

    /** A query parameter, decoded. */
    public Optional<String> query(String name) {
        return target.parameter(name);
    }

    /**
     * Refuses query parameters that are meant for another operation, or for none.
     *
     * @throws S3Exception InvalidArgument, naming the first
     */
    public void refuse(String... parameters) {
        for (String parameter : parameters) {
            if (query(parameter).isPresent()) {
                throw new S3Exception(
                        S3Error.INVALID_ARGUMENT,
                        "This operation does not accept the query parameter " + parameter + ".");
            }
        }
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** What the object's key is bound to. */
    public ObjectBinding binding() {
        return new ObjectBinding(project().organizationId(), project().id(), bucket(), key());
    }
}
