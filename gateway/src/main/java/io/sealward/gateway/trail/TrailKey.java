package io.sealward.gateway.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.algorithm.Hkdf;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the ends of a trail, and stands for names of objects. Both keys are derived from the operator's secret by HKDF. */
final class TrailKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String HEAD = "sealward trail head 1";

    private final SecretKeySpec heads;
    private final SecretKeySpec objects;

    TrailKey(String secret) {
        this.heads = derived(secret, HEAD);
        this.objects = derived(secret, "sealward trail object 1");
    }

    private static SecretKeySpec derived(String secret, String use) {
        return new SecretKeySpec(Hkdf.sha256(secret.getBytes(UTF_8), new byte[0], use.getBytes(UTF_8)), ALGORITHM);
    }

    /** Of the end of a trail. */
    String signature(String trailId, Link end) {
        Mac mac = mac(heads);
        mac.update((HEAD + '\0' + trailId + '\0').getBytes(UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(HexFormat.of().parseHex(end.hash())));
    }

    /**
     * What stands for an object: the same for the same key of the same bucket, and nothing without the secret.
     *
     * @param digest SHA-256 of the key, in hex
     */
    String standIn(String bucket, String digest) {
        return HexFormat.of().formatHex(mac(objects).doFinal((bucket + '\0' + digest).getBytes(UTF_8)));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java runtime has it
        }
    }
}
