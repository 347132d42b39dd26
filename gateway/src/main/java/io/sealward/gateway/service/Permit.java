package io.sealward.gateway.service;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.front.Peer;
import io.sealward.gateway.policy.Decision;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.request.Permissions;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.s3.PathSegments;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.S3Credential;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request was admitted under, held against the policy of its credential: when its head is known, and again as soon as
 * that policy is another one.
 *
 * @param heldTo the policy at the head of the request
 * @param actions what the head asks for; empty if that is told by the body
 */
record Permit(Admission admission, Optional<Policy> heldTo, List<String> actions, Place place, HeadFacts facts)
        implements Admission, Permissions {
    private static final List<String> LIST_BUCKET = List.of("s3:ListBucket");
    private static final Set<String> ABSENT = Set.of("NoSuchKey", "NoSuchVersion");

    static Permit of(
            Admission admission, Rights rights, Place place, RequestTarget target, HttpHeaders headers, Peer peer) {
        String username = admission.credential().username();
        return new Permit(
                admission,
                admission.policy(),
                rights.scope() == Rights.Scope.LISTED_OBJECTS ? List.of() : rights.of(target, headers),
                place,
                new HeadFacts(place.level(), target, headers, peer, username, Instant.now()));
    }

    /** @throws S3Exception AccessDenied if the policy does not allow what the head asks for */
    void require() {
        require(heldTo);
    }

    @Override
    public S3Credential credential() {
        return admission.credential();
    }

    @Override
    public Optional<Policy> policy() {
        return admission.policy();
    }

    @Override
    public void requireHolding() {
        admission.requireHolding();
        Optional<Policy> now = admission.policy();
        if (now.equals(heldTo)) {
            return;
        }
        if (actions.isEmpty()) { // what the body has named was held against the other
            throw new S3Exception(
                    S3Error.SLOW_DOWN, "The policy of your credential has just changed. Please try again.");
        }
        require(now);
    }

    private void require(Optional<Policy> policy) {
        for (String action : actions) {
            if (!allows(policy, action, place)) {
                throw new S3Exception(
                        S3Error.ACCESS_DENIED,
                        "User: " + credential().username() + " is not authorized to perform: " + action
                                + " on resource: \"arn:aws:s3:::" + resource(place) + "\"");
            }
        }
    }

    @Override
    public boolean allow(List<String> asked, Place of) {
        Optional<Policy> now = admission.policy();
        for (String action : asked) {
            if (!allows(now, action, of)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What the client is told of a failure. That there is no such object is known to those who may list the bucket; to others
     * it is the same as one they may not read, as S3 has it.
     */
    Throwable told(Throwable failure) {
        boolean veiled = place.level() == Place.Level.OBJECT
                && RelayedError.of(failure)
                        .filter(error -> ABSENT.contains(error.code()))
                        .isPresent()
                && !allow(LIST_BUCKET, new Place(place.bucket(), ""));
        return veiled ? new S3Exception(S3Error.ACCESS_DENIED) : failure;
    }

    private boolean allows(Optional<Policy> policy, String action, Place of) {
        return policy.isEmpty()
                || (!PathSegments.resolved(of.key()) // to a store that resolves them it is another key
                        && policy.get().decide(action, resource(of), facts) == Decision.ALLOWED);
    }

    private static String resource(Place place) {
        return switch (place.level()) {
            case SERVICE -> "*";
            case BUCKET -> place.bucket();
            case OBJECT -> place.bucket() + "/" + place.key();
        };
    }
}
