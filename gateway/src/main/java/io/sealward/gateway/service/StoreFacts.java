package io.sealward.gateway.service;

import static java.util.stream.Collectors.toMap;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.policy.Authority;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.PathSegments;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.store.Asker;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a decision needs of the store, which is asked where a policy depends on it, and each time. */
record StoreFacts(Documents documents, Asker asker) {
    /** Those that depend on the tags of the object. Source: Service Authorization Reference, "Actions defined by Amazon S3". */
    private static final Set<String> ON_TAGGED = Set.of(
            "s3:GetObject",
            "s3:GetObjectVersion",
            "s3:GetObjectAttributes",
            "s3:GetObjectVersionAttributes",
            "s3:GetObjectAcl",
            "s3:GetObjectVersionAcl",
            "s3:PutObjectAcl",
            "s3:PutObjectVersionAcl",
            "s3:GetObjectTagging",
            "s3:GetObjectVersionTagging",
            "s3:PutObjectTagging",
            "s3:PutObjectVersionTagging",
            "s3:DeleteObjectTagging",
            "s3:DeleteObjectVersionTagging");

    /** How stores say that there is none, or that they know of none. */
    private static final Set<Integer> NONE = Set.of(404, 405, 501);

    /**
     * What is known.
     *
     * @param tags of the object; empty if nobody has asked
     * @param closed whether a public policy lets nobody in; empty if nobody has asked
     */
    record Found(Optional<Map<String, String>> tags, Optional<Boolean> closed) {
        static final Found NOTHING = new Found(Optional.empty(), Optional.empty());

        boolean enoughFor(Authority authority, List<String> actions) {
            return (tags.isPresent() || !needsTags(authority, actions))
                    && (closed.isPresent() || !authority.byPublicPolicy());
        }

        Optional<String> tag(String action, String name) {
            return tags.filter(known -> ON_TAGGED.contains(action)).map(known -> known.get(name));
        }
    }

    private static boolean needsTags(Authority authority, List<String> actions) {
        return authority.asksForTags() && actions.stream().anyMatch(ON_TAGGED::contains);
    }

    /** Asks for what the policies depend on; fails where the store does not tell. */
    CompletionStage<Found> find(
            Admission admission, Authority authority, List<String> actions, Place place, Optional<String> versionId) {
        if (Found.NOTHING.enoughFor(authority, actions) || PathSegments.resolved(place.key())) { // which is refused
            return CompletableFuture.completedStage(Found.NOTHING);
        }
        CompletionStage<Optional<Map<String, String>>> tags = needsTags(authority, actions)
                ? look(admission, tagging(place, versionId)).thenApply(told -> Optional.of(tags(told)))
                : CompletableFuture.completedStage(Optional.empty());
        return tags.thenCompose(known -> authority.byPublicPolicy()
                ? look(admission, block(place)).thenApply(told -> new Found(known, Optional.of(isClosed(told))))
                : CompletableFuture.completedStage(new Found(known, Optional.empty())));
    }

    private CompletionStage<Optional<XmlElement>> look(Admission admission, StoreRequest request) {
        return documents
                .look(asker, admission, request)
                .thenApply(Optional::of)
                .exceptionallyCompose(failure -> RelayedError.of(failure)
                                .filter(error -> NONE.contains(error.status()))
                                .isPresent()
                        ? CompletableFuture.completedStage(Optional.empty())
                        : CompletableFuture.failedStage(failure));
    }

    private static StoreRequest tagging(Place place, Optional<String> versionId) {
        StoreRequest get =
                StoreRequest.of(HttpMethod.GET, place.bucket(), place.key()).query("tagging", "");
        versionId.ifPresent(id -> get.query("versionId", id));
        return get;
    }

    private static StoreRequest block(Place place) {
        return StoreRequest.ofBucket(HttpMethod.GET, place.bucket()).query("publicAccessBlock", "");
    }

    private static Map<String, String> tags(Optional<XmlElement> tagging) {
        return tagging.stream()
                .flatMap(told -> told.all("TagSet").stream())
                .flatMap(set -> set.all("Tag").stream())
                .collect(toMap(
                        tag -> tag.value("Key").orElse(""),
                        tag -> tag.value("Value").orElse(""),
                        (one, other) -> other));
    }

    private static boolean isClosed(Optional<XmlElement> block) {
        return block.flatMap(told -> told.value("RestrictPublicBuckets"))
                .filter("true"::equalsIgnoreCase)
                .isPresent();
    }
}
