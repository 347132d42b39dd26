package io.sealward.gateway.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What conditions can ask of a request: what its head, its connection and the clock tell. A request has at most one value of
 * each. Source: Service Authorization Reference, "Condition keys for Amazon S3"; IAM User Guide, "AWS global condition
 * context keys".
 */
public enum ConditionKey {
    /** Of a request that lists a bucket. */
    PREFIX("s3:prefix", Kind.TEXT),
    /** Of a request that lists a bucket. */
    DELIMITER("s3:delimiter", Kind.TEXT),
    /** Of a request that lists a bucket. */
    MAX_KEYS("s3:max-keys", Kind.NUMBER),
    ACL("s3:x-amz-acl", Kind.TEXT),
    ENCRYPTION("s3:x-amz-server-side-encryption", Kind.TEXT),
    ENCRYPTION_KEY("s3:x-amz-server-side-encryption-aws-kms-key-id", Kind.TEXT),
    STORAGE_CLASS("s3:x-amz-storage-class", Kind.TEXT),
    METADATA_DIRECTIVE("s3:x-amz-metadata-directive", Kind.TEXT),
    /** Of a copy: the bucket and the key, decoded, with a slash between them. */
    COPY_SOURCE("s3:x-amz-copy-source", Kind.TEXT),
    /** Followed by the name of a tag, whose case matters. */
    EXISTING_OBJECT_TAG("s3:ExistingObjectTag/", Kind.TEXT),
    /** {@code REST-HEADER}, {@code REST-QUERY-STRING} or {@code POST}; none where nobody has signed. */
    AUTH_TYPE("s3:authType", Kind.TEXT),
    /** Whether the client speaks TLS with the gateway itself. */
    SECURE_TRANSPORT("aws:SecureTransport", Kind.BOOLEAN),
    /** Whom the gateway's connection is with: behind a load balancer, the load balancer. */
    SOURCE_IP("aws:SourceIp", Kind.ADDRESS),
    CURRENT_TIME("aws:CurrentTime", Kind.DATE),
    EPOCH_TIME("aws:EpochTime", Kind.SECONDS),
    /** The access key id, or {@code role/} and the name of the role. */
    USERNAME("aws:username", Kind.TEXT);

    /** What the value of a key is. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        ADDRESS,
        DATE,
        /** A number, and a date as well. */
        SECONDS
    }

    private static final String KNOWN =
            Arrays.stream(values()).map(ConditionKey::key).collect(Collectors.joining(", "));

    private final String key;
    private final Kind kind;

    ConditionKey(String key, Kind kind) {
        this.key = key;
        this.kind = kind;
    }

    /** As policies write it, though its case does not matter there. */
    public String key() {
        return key;
    }

    Kind kind() {
        return kind;
    }

    static ConditionKey named(String name) {
        return find(name)
                .orElseThrow(() -> new MalformedPolicyException(
                        "The condition key " + Quoted.of(name) + " is not evaluated here. Known are " + KNOWN + "."));
    }

    /** The tag that a condition asks for, if it asks for one. */
    static Optional<String> tag(String name) {
        int length = EXISTING_OBJECT_TAG.key.length();
        boolean ofTag = name.length() > length && name.regionMatches(true, 0, EXISTING_OBJECT_TAG.key, 0, length);
        return ofTag ? Optional.of(name.substring(length)) : Optional.empty();
    }

    private static Optional<ConditionKey> find(String name) {
        if (tag(name).isPresent()) {
            return Optional.of(EXISTING_OBJECT_TAG);
        }
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(known -> known != EXISTING_OBJECT_TAG)
                .filter(known -> known.key.toLowerCase(Locale.ROOT).equals(lowerCase))
                .findFirst();
    }
}
