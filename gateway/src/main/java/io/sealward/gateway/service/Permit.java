package io.sealward.gateway.service;

import io.sealward.gateway.policy.Authority;
import io.sealward.gateway.policy.ConditionKey;
import io.sealward.gateway.policy.Facts;
import io.sealward.gateway.request.Permissions;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.PathSegments;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Sender;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What a request was admitted under, held against the policies of its credential and its bucket: when its head is known, and
 * again as soon as one of them is another one.
 *
 * @param heldTo the policies at the head of the request
 * @param wish what its head asks for
 * @param found what the store has told of it
 */
record Permit(
        Admission admission, Authority heldTo, Wish wish, HeadFacts head, StoreFacts store, StoreFacts.Found found)
        implements Admission, Permissions {
    private static final List<String> LIST_BUCKET = List.of("s3:ListBucket");
    private static final Set<String> ABSENT = Set.of("NoSuchKey", "NoSuchVersion");

    /**
     * What somebody wants to do.
     *
     * @param actions empty if they are told by the body
     */
    record Wish(List<String> actions, Place place, Optional<String> versionId) {}

    static Permit of(Admission admission, Wish wish, HeadFacts head, StoreFacts store) {
        return new Permit(admission, admission.authority(), wish, head, store, StoreFacts.Found.NOTHING);
    }

    /** This one, with what the store has to tell of it; fails with AccessDenied if the policies do not allow the wish. */
    CompletionStage<Permit> granted() {
        return store.find(admission, heldTo, wish.actions(), wish.place(), wish.versionId())
                .thenApply(told -> {
                    Permit informed = new Permit(admission, heldTo, wish, head, store, told);
                    informed.require(heldTo);
                    return informed;
                });
    }

    @Override
    public Sender sender() {
        return admission.sender();
    }

    @Override
    public Project project() {
        return admission.project();
    }

    @Override
    public Authority authority() {
        return admission.authority();
    }

    @Override
    public void requireHolding() {
        admission.requireHolding();
        Authority now = admission.authority();
        if (now.equals(heldTo)) {
            return;
        }
        if (wish.actions().isEmpty() // what the body has named was held against the others
                || !found.enoughFor(now, wish.actions())) {
            throw new S3Exception(S3Error.SLOW_DOWN, "A policy has just changed. Please try again.");
        }
        require(now);
    }

    private void require(Authority authority) {
        for (String action : wish.actions()) {
            if (!allows(authority, action, wish.place())) {
                throw refusal(action);
            }
        }
    }

    private S3Exception refusal(String action) {
        return sender().knownAs()
                .map(id -> new S3Exception(
                        S3Error.ACCESS_DENIED,
                        "User: " + id + " is not authorized to perform: " + action + " on resource: \"arn:aws:s3:::"
                                + resource(wish.place()) + "\""))
                .orElseGet(() -> new S3Exception(S3Error.ACCESS_DENIED));
    }

    @Override
    public boolean allow(List<String> asked, Place of) {
        Authority now = admission.authority();
        for (String action : asked) {
            if (!allows(now, action, of)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public CompletionStage<Admission> toRead(
            Admission claim, Place place, Optional<String> versionId, List<String> actions) {
        return Permit.of(claim, new Wish(actions, place, versionId), head, store)
                .granted()
                .thenApply(permit -> permit);
    }

    /**
     * What the client is told of a failure. That there is no such object is known to those who may list the bucket; to others
     * it is the same as one they may not read, as S3 has it.
     */
    Throwable told(Throwable failure) {
        boolean veiled = wish.place().level() == Place.Level.OBJECT
                && RelayedError.of(failure)
                        .filter(error -> ABSENT.contains(error.code()))
                        .isPresent()
                && !allow(LIST_BUCKET, new Place(wish.place().bucket(), ""));
        return veiled ? new S3Exception(S3Error.ACCESS_DENIED) : failure;
    }

    private boolean allows(Authority authority, String action, Place of) {
        if (authority.limited() && PathSegments.resolved(of.key())) { // to a store that resolves them it is another key
            return false;
        }
        if (authority.byPublicPolicy() && found.closed().orElse(false)) {
            return false;
        }
        Known known = new Known(action);
        return authority.allows(action, resource(of), known)
                && (!authority.limited() || authority.allows(action, resource(collapsed(of)), known));
    }

    /** The object that a store may take it for which passes over empty segments. */
    private static Place collapsed(Place of) {
        return new Place(of.bucket(), PathSegments.collapsed(of.key()));
    }

    private static String resource(Place place) {
        return switch (place.level()) {
            case SERVICE -> "*";
            case BUCKET -> place.bucket();
            case OBJECT -> place.bucket() + "/" + place.key();
        };
    }

    /** What is known where it is about one action. */
    private final class Known implements Facts {
        private final String action;

        Known(String action) {
            this.action = action;
        }

        @Override
        public Optional<String> value(ConditionKey key) {
            return head.value(key);
        }

        @Override
        public Optional<String> tag(String name) {
            return found.tag(action, name);
        }
    }
}
