package io.sealward.providers.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom onboarding material is for. The ids end up in scripts that administrators run, so nothing but an id is taken.
 *
 * @param organizationId {@code org-...}
 * @param projectId binds the key to this one project, {@code proj_...}
 */
public record Recipient(String organizationId, Optional<String> projectId) {
    private static final Pattern ID = Pattern.compile("(org-|proj_)[0-9a-zA-Z_-]+");
    private static final int TAG_BYTES = 5;

    /** @throws IllegalArgumentException if an id is none */
    public Recipient {
        requireId(organizationId);
        projectId.ifPresent(Recipient::requireId);
    }

    /** Whom the key is bound to. */
    public String ownerId() {
        return projectId.orElse(organizationId);
    }

    /** Tells owners apart in names that allow lower-case letters and digits alone. */
    public String tag() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ownerId().getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }

    /** What every template may name, to which a provider adds its own. */
    public Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        values.put("organization_id", organizationId);
        values.put("owner_id", ownerId());
        values.put("tag", tag());
        values.put("name", "sealward-" + tag());
        values.put("context_name", projectId.isPresent() ? "sealward:project_id" : "sealward:org_id");
        return values;
    }

    private static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id of an organization or project");
        }
    }
}
