package io.sealward.gateway.sts;

import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.sigv4.RequestTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a request to STS, of which none may be there twice. */
record Parameters(Map<String, String> values) {
    private static final int MOST = 64;
    private static final String OF_THE_SIGNATURE = "X-Amz-";

    /**
     * Reads {@code application/x-www-form-urlencoded}.
     *
     * @param form a char for each byte
     * @throws io.sealward.gateway.s3.S3Exception InvalidURI
     */
    static Parameters parse(String form) {
        List<RequestTarget.Parameter> parameters = new ArrayList<>();
        for (String pair : form.split("&", MOST + 1)) {
            int equals = pair.indexOf('=');
            parameters.add(new RequestTarget.Parameter(
                    UriEncoding.decodeQuery(equals < 0 ? pair : pair.substring(0, equals)),
                    UriEncoding.decodeQuery(equals < 0 ? "" : pair.substring(equals + 1))));
        }
        return of(parameters);
    }

    /** Those of a query, without what is of its signature. */
    static Parameters of(List<RequestTarget.Parameter> parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        for (RequestTarget.Parameter parameter : parameters) {
            String name = parameter.name();
            if (!name.startsWith(OF_THE_SIGNATURE) && values.put(name, parameter.value()) != null) {
                throw StsException.validation("A parameter is there twice.");
            }
        }
        if (values.size() > MOST) {
            throw StsException.validation("There are too many parameters.");
        }
        return new Parameters(values);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String require(String name) {
        return find(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> StsException.validation(name + " must be there, and not be empty."));
    }

    /** Refuses what would not be heeded. */
    void allowOnly(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw StsException.validation("A parameter is not evaluated here. Those that are: "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }
}
