package io.sealward.gateway.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.providers.WrapContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The context that the tenant's KMS sees and checks: what its key policy can allow or deny by. */
public final class WrapContexts {
    private WrapContexts() {}

    /** The context of one object's secret, or of the one that objects of a bucket share. */
    public static WrapContext of(ObjectBinding binding, WrapScope scope) {
        Map<String, String> entries = new HashMap<>();
        entries.put("sealward:org_id", binding.organizationId());
        entries.put("sealward:project_id", binding.projectId());
        entries.put("sealward:bucket", binding.bucket());
        if (scope == WrapScope.OBJECT) {
            entries.put("sealward:object", sha256(binding.key())); // the tenant's log need not hold names in clear
        }
        return WrapContext.of(entries);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }
}
