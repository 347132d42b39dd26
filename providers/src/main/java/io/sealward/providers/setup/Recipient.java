package io.sealward.providers.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.algorithm.Sha256;
import java.util.HashMap;
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
    private static final int TAG_DIGITS = 10;

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
        return Sha256.hex(ownerId().getBytes(UTF_8)).substring(0, TAG_DIGITS);
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
