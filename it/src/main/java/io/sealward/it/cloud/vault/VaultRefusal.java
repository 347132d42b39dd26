package io.sealward.it.cloud.vault;

import io.sealward.it.cloud.HttpsEndpoint.Answer;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An error answer, {@code {"errors": [...]}}. */
final class VaultRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    VaultRefusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static VaultRefusal forbidden() {
        return new VaultRefusal(403, "1 error occurred:\n\t* permission denied\n\n");
    }

    Answer answer() {
        return Answer.json(status, Map.of("errors", List.of(getMessage())));
    }

    static byte[] decode(String base64, String complaint) throws VaultRefusal {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new VaultRefusal(400, complaint);
        }
    }
}
