package io.sealward.crypto.key;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The one place where an object's DEK opens.
 *
 * @param organizationId the tenant's organization
 * @param projectId the project inside it
 * @param bucket the bucket as the client names it
 * @param key the object key, decoded
 */
public record ObjectBinding(String organizationId, String projectId, String bucket, String key) {
    /**
     * A place, checked.
     *
     * @throws IllegalArgumentException if a field is not well-formed Unicode: two such fields could share their UTF-8
     */
    public ObjectBinding {
        requireUnicode(organizationId);
        requireUnicode(projectId);
        requireUnicode(bucket);
        requireUnicode(key);
    }

    private static void requireUnicode(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a name holds an unpaired surrogate", e);
        }
    }
}
