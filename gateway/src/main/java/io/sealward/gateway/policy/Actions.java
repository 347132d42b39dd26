package io.sealward.gateway.policy;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The actions that policies can name, on buckets and what is in them. A pattern is turned into those that it stands for when
 * it is read. Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3".
 */
final class Actions {
    private static final List<String> ALL = List.of(
            "AbortMultipartUpload",
            "BypassGovernanceRetention",
            "CreateBucket",
            "CreateBucketMetadataTableConfiguration",
            "DeleteBucket",
            "DeleteBucketMetadataTableConfiguration",
            "DeleteBucketOwnershipControls",
            "DeleteBucketPolicy",
            "DeleteBucketWebsite",
            "DeleteObject",
            "DeleteObjectAnnotation",
            "DeleteObjectTagging",
            "DeleteObjectVersion",
            "DeleteObjectVersionTagging",
            "GetAccelerateConfiguration",
            "GetAnalyticsConfiguration",
            "GetBucketAbac",
            "GetBucketAcl",
            "GetBucketCORS",
            "GetBucketLocation",
            "GetBucketLogging",
            "GetBucketMetadataTableConfiguration",
            "GetBucketNotification",
            "GetBucketObjectLockConfiguration",
            "GetBucketOwnershipControls",
            "GetBucketPolicy",
            "GetBucketPolicyStatus",
            "GetBucketPublicAccessBlock",
            "GetBucketRequestPayment",
            "GetBucketTagging",
            "GetBucketVersioning",
            "GetBucketWebsite",
            "GetEncryptionConfiguration",
            "GetIntelligentTieringConfiguration",
            "GetInventoryConfiguration",
            "GetLifecycleConfiguration",
            "GetMetricsConfiguration",
            "GetObject",
            "GetObjectAcl",
            "GetObjectAnnotation",
            "GetObjectAttributes",
            "GetObjectLegalHold",
            "GetObjectRetention",
            "GetObjectTagging",
            "GetObjectTorrent",
            "GetObjectVersion",
            "GetObjectVersionAcl",
            "GetObjectVersionAttributes",
            "GetObjectVersionForReplication",
            "GetObjectVersionTagging",
            "GetObjectVersionTorrent",
            "GetReplicationConfiguration",
            "InitiateReplication",
            "ListAllMyBuckets",
            "ListBucket",
            "ListBucketMultipartUploads",
            "ListBucketVersions",
            "ListMultipartUploadParts",
            "ListTagsForResource",
            "ObjectOwnerOverrideToBucketOwner",
            "PutAccelerateConfiguration",
            "PutAnalyticsConfiguration",
            "PutBucketAbac",
            "PutBucketAcl",
            "PutBucketCORS",
            "PutBucketLogging",
            "PutBucketNotification",
            "PutBucketObjectLockConfiguration",
            "PutBucketOwnershipControls",
            "PutBucketPolicy",
            "PutBucketPublicAccessBlock",
            "PutBucketRequestPayment",
            "PutBucketTagging",
            "PutBucketVersioning",
            "PutBucketWebsite",
            "PutEncryptionConfiguration",
            "PutIntelligentTieringConfiguration",
            "PutInventoryConfiguration",
            "PutLifecycleConfiguration",
            "PutMetricsConfiguration",
            "PutObject",
            "PutObjectAcl",
            "PutObjectAnnotation",
            "PutObjectLegalHold",
            "PutObjectRetention",
            "PutObjectTagging",
            "PutObjectVersionAcl",
            "PutObjectVersionTagging",
            "PutReplicationConfiguration",
            "ReplicateDelete",
            "ReplicateObject",
            "ReplicateTags",
            "RestoreObject",
            "TagResource",
            "UntagResource",
            "UpdateObjectEncryption");

    private static final String SERVICE = "s3:";
    private static final Map<String, Integer> INDEX = index();

    private Actions() {}

    private static Map<String, Integer> index() {
        Map<String, Integer> index = new HashMap<>();
        ALL.forEach(name -> index.put(SERVICE + name, index.size()));
        return Map.copyOf(index);
    }

    /** Of an action, as S3 spells it; empty of one that no policy can name. */
    static OptionalInt index(String action) {
        Integer index = INDEX.get(action);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** Those that patterns stand for, whose case does not matter, or all others. */
    static BitSet matching(List<String> patterns, boolean others) {
        BitSet matching = new BitSet(ALL.size());
        patterns.forEach(pattern -> matching.or(matching(pattern)));
        if (others) {
            matching.flip(0, ALL.size());
        }
        return matching;
    }

    private static BitSet matching(String pattern) {
        if (pattern.contains("${")) {
            throw new MalformedPolicyException("An action has no variables: " + Quoted.of(pattern));
        }
        Wildcard wildcard = new Wildcard(Template.of(pattern.toLowerCase(Locale.ROOT), Optional.empty()));
        BitSet matching = new BitSet(ALL.size());
        INDEX.forEach((action, index) -> {
            if (wildcard.matches(action.toLowerCase(Locale.ROOT))) {
                matching.set(index);
            }
        });
        boolean spoken = pattern.equals("*") || pattern.toLowerCase(Locale.ROOT).startsWith(SERVICE);
        if (!spoken || matching.isEmpty()) {
            throw new MalformedPolicyException("The action " + Quoted.of(pattern)
                    + " is none of S3 on buckets and objects. Expected *, s3:* or such as s3:GetObject.");
        }
        return matching;
    }
}
