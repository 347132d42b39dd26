package io.sealward.gateway.request;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.sigv4.RequestTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the sender of a request must be allowed to do, in the words of S3's policies, and whether the bucket must be the
 * project's already. Known from the head of the request. Source: Service Authorization Reference, "Actions, resources, and
 * condition keys for Amazon S3".
 *
 * @param scope what the request is about
 * @param action such as {@code s3:GetObject}
 * @param ofVersion the action in its place where the request names a version
 * @param byHeader what beside it a header of the request, in lower case, asks for
 * @param ofSource what must be allowed of the object that {@code x-amz-copy-source} names, where the request names one
 */
public record Rights(
        Scope scope, String action, String ofVersion, Map<String, Action> byHeader, Optional<Action> ofSource) {
    /** What an operation is about. */
    public enum Scope {
        /** No bucket that the project has yet. */
        PROJECT,
        /** A bucket that is the project's, or what is in it. */
        OWN_BUCKET,
        /** Objects in such a bucket that the body names: the operation asks for each when it has read it. */
        LISTED_OBJECTS
    }

    /**
     * What must be allowed on an object.
     *
     * @param ofVersion the action in its place where the object is named with a version
     */
    public record Action(String name, String ofVersion) {
        public Action {
            requireNonNull(name, "name");
            requireNonNull(ofVersion, "ofVersion");
        }

        String of(boolean version) {
            return version ? ofVersion : name;
        }
    }

    public Rights {
        requireNonNull(ofSource, "ofSource");
        requireNonNull(scope, "scope");
        requireNonNull(action, "action");
        requireNonNull(ofVersion, "ofVersion");
        byHeader = Map.copyOf(byHeader);
    }

    /** In a bucket of the project's. */
    public static Rights inOwnBucket(String action) {
        return new Rights(Scope.OWN_BUCKET, action, action, Map.of(), Optional.empty());
    }

    /** To write an object, with whatever the request's headers put beside it. */
    public static Rights ofNewObject() {
        return inOwnBucket("s3:PutObject")
                .with("x-amz-acl", "s3:PutObjectAcl")
                .with("x-amz-tagging", "s3:PutObjectTagging")
                .with("x-amz-object-lock-mode", "s3:PutObjectRetention")
                .with("x-amz-object-lock-retain-until-date", "s3:PutObjectRetention")
                .with("x-amz-object-lock-legal-hold", "s3:PutObjectLegalHold")
                .with("if-match", "s3:GetObject"); // whose answer tells whether it is that one
    }

    /** On each object that the body names, in a bucket of the project's. */
    public static Rights ofListedObjects(String action) {
        return new Rights(Scope.LISTED_OBJECTS, action, action, Map.of(), Optional.empty());
    }

    /** Beyond the buckets that the project has. */
    public static Rights ofProject(String action) {
        return new Rights(Scope.PROJECT, action, action, Map.of(), Optional.empty());
    }

    /** The same, where one version of an object is another right than its latest. */
    public Rights orOfVersion(String other) {
        return new Rights(scope, action, other, byHeader, ofSource);
    }

    /** The same, and another right where the request brings a header. */
    public Rights with(String header, String more) {
        return with(header, more, more);
    }

    /** The same, where that is another right of a version. */
    public Rights with(String header, String more, String moreOfVersion) {
        Map<String, Action> all = new HashMap<>(byHeader);
        all.put(header, new Action(more, moreOfVersion));
        return new Rights(scope, action, ofVersion, all, ofSource);
    }

    /** The same, and these of the object that the request copies from. */
    public Rights readingSource(String sourceAction, String sourceOfVersion) {
        return new Rights(scope, action, ofVersion, byHeader, Optional.of(new Action(sourceAction, sourceOfVersion)));
    }

    /** All that a request needs, the operation's own action first. */
    public List<String> of(RequestTarget target, HttpHeaders headers) {
        return of(target.hasParameter("versionId"), headers);
    }

    /** All that a request needs for one object, of which it names a version or not. */
    public List<String> of(boolean version, HttpHeaders headers) {
        List<String> needed = new ArrayList<>(1);
        needed.add(version ? ofVersion : action);
        byHeader.forEach((header, more) -> {
            if (headers.contains(header)) {
                needed.add(more.of(version));
            }
        });
        return needed;
    }
}
