package io.sealward.gateway.service;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.RequestTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the operation by method, level, sub-resource, and what else of a request selects one. What is not in the table is refused: no request reaches the
 * store that the gateway did not understand.
 */
public final class Routes {
    /** A sub-resource of stores that speak more than S3, and in no operation of the table. */
    private static final String APPEND = "append";

    private record Key(HttpMethod method, Place.Level level, String subResource) {
        static Key of(Route route) {
            return new Key(route.method(), route.level(), route.subResource());
        }
    }

    private sealed interface Choice {
        Route route();
    }

    private record Served(Operation operation) implements Choice {
        @Override
        public Route route() {
            return operation.declaration().route();
        }
    }

    private record Refused(RefusedOperation operation) implements Choice {
        @Override
        public Route route() {
            return operation.route();
        }
    }

    /** Of each key, those that a header or parameter selects come first. */
    private final Map<Key, List<Choice>> table = new HashMap<>();

    /** Every sub-resource of S3, served or not: a query parameter of such a name makes another operation. */
    private final Set<String> subResources = new HashSet<>(Set.of(APPEND));

    /**
     * Routes to these operations, and refuses all others of S3.
     *
     * @throws IllegalArgumentException if two are declared for the same requests
     */
    public Routes(List<Operation> operations) {
        for (Operation operation : operations) {
            if (!add(new Served(operation))) {
                throw new IllegalArgumentException(
                        "two operations for " + operation.declaration().route());
            }
        }
        RefusedOperation.ALL.forEach(refused -> add(new Refused(refused)));
    }

    private boolean add(Choice choice) {
        Route route = choice.route();
        if (!route.subResource().isEmpty()) {
            subResources.add(route.subResource());
        }
        List<Choice> choices = table.computeIfAbsent(Key.of(route), key -> new ArrayList<>(1));
        if (choices.stream().anyMatch(other -> other.route().equals(route))) {
            return false;
        }
        choices.add(route.selects() ? 0 : choices.size(), choice);
        return true;
    }

    /**
     * Finds what a request asks for.
     *
     * @throws S3Exception NotImplemented or MethodNotAllowed
     */
    public Operation find(HttpMethod method, Place.Level level, RequestTarget target, HttpHeaders headers) {
        String subResource = subResource(target);
        for (Choice choice : table.getOrDefault(new Key(method, level, subResource), List.of())) {
            if (takes(choice.route(), target, headers)) {
                return operation(choice);
            }
        }
        if (subResource.isEmpty() && !method.equals(HttpMethod.POST)) {
            throw new S3Exception(S3Error.METHOD_NOT_ALLOWED);
        }
        throw new S3Exception(
                S3Error.NOT_IMPLEMENTED,
                method + (subResource.isEmpty() ? "" : " ?" + subResource) + " is not implemented here.");
    }

    private static boolean takes(Route route, RequestTarget target, HttpHeaders headers) {
        return (route.header().isEmpty() || headers.contains(route.header()))
                && (route.parameter().isEmpty() || target.hasParameter(route.parameter()));
    }

    private static Operation operation(Choice choice) {
        if (choice instanceof Refused refused) {
            throw refused.operation().refusal();
        }
        return ((Served) choice).operation();
    }

    private String subResource(RequestTarget target) {
        String found = "";
        for (RequestTarget.Parameter parameter : target.parameters()) {
            String name = parameter.name();
            if (subResources.contains(name) && !name.equals(found)) {
                if (!found.isEmpty()) {
                    throw new S3Exception(
                            S3Error.NOT_IMPLEMENTED, "Of " + found + " and " + name + " a request may name one.");
                }
                found = name;
            }
        }
        return found;
    }
}
