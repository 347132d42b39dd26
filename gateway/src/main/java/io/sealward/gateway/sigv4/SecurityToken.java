package io.sealward.gateway.sigv4;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the session token that comes with a temporary credential. An empty one is none, as to S3. */
final class SecurityToken {
    private static final String NAME = "x-amz-security-token";

    private SecurityToken() {}

    /** @throws S3Exception InvalidToken if there are several */
    static Optional<String> of(RequestTarget target, HttpHeaders headers) {
        List<String> tokens = Stream.concat(
                        headers.getAll(NAME).stream(),
                        target.parameters().stream()
                                .filter(parameter -> parameter.name().equalsIgnoreCase(NAME))
                                .map(RequestTarget.Parameter::value))
                .filter(token -> !token.isBlank())
                .toList();
        if (tokens.size() > 1) {
            throw new S3Exception(S3Error.INVALID_TOKEN);
        }
        return tokens.stream().map(String::trim).findFirst();
    }

    /** The one in a form. */
    static Optional<String> of(PolicySignature.Fields form) {
        return form.find(NAME).filter(token -> !token.isBlank());
    }
}
