package io.sealward.gateway.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.algorithm.Sha256;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.providers.WrapContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The context that the tenant's KMS sees and checks: what its key policy can allow or deny by. */
public final class WrapContexts {
    /** The object that a proof stands for, and its bucket where none is known. */
    public static final String PROBE = "sealward-probe";

    /** The entry that names the bucket. */
    public static final String BUCKET = "sealward:bucket";

    /** The entry with the SHA-256, in hex, of the object's key; absent where the secret is the bucket's. */
    public static final String OBJECT = "sealward:object";

    private WrapContexts() {}

    /** The context of one object's secret, or of the one that objects of a bucket share. */
    public static WrapContext of(ObjectBinding binding, WrapScope scope) {
        Map<String, String> entries = new HashMap<>();
        entries.put("sealward:org_id", binding.organizationId());
        entries.put("sealward:project_id", binding.projectId());
        entries.put(BUCKET, binding.bucket());
        if (scope == WrapScope.OBJECT) {
            entries.put(OBJECT, sha256(binding.key())); // the tenant's log need not hold names in clear
        }
        return WrapContext.of(entries);
    }

    /**
     * The context of a proof: as of an object that a project would write, so that a policy which allows the data path allows
     * the proof.
     *
     * @param projectId left out of the context if nobody knows one yet
     * @param bucket any of the project's; {@link #PROBE} if nobody knows one
     */
    public static WrapContext ofProof(String organizationId, Optional<String> projectId, Optional<String> bucket) {
        Map<String, String> entries = new HashMap<>();
        entries.put("sealward:org_id", organizationId);
        projectId.ifPresent(id -> entries.put("sealward:project_id", id));
        entries.put(BUCKET, bucket.orElse(PROBE));
        entries.put(OBJECT, sha256(PROBE));
        return WrapContext.of(entries);
    }

    private static String sha256(String text) {
        return Sha256.hex(text.getBytes(UTF_8));
    }
}
