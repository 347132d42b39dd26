package io.sealward.it.cloud.azure;

import io.sealward.it.cloud.HttpsEndpoint.Answer;
import java.util.Map;

/**
 * Key Vault's refusals, as status and body.
 *
 * @see <a href="https://learn.microsoft.com/azure/key-vault/general/rest-error-codes">Key Vault REST API error codes</a>
 */
final class VaultRefusal {
    private VaultRefusal() {}

    /** The challenge that tells the client where to get a token, and for what. */
    static Answer unauthorized(String tenantId, String resource, String message) {
        return error(401, "Unauthorized", message)
                .with(
                        "WWW-Authenticate",
                        "Bearer authorization=\"https://" + FakeEntra.HOST + "/" + tenantId + "\", resource=\""
                                + resource + "\"");
    }

    static Answer forbidden(String innerCode, String message) {
        return Answer.json(
                403,
                Map.of(
                        "error",
                        Map.of("code", "Forbidden", "message", message, "innererror", Map.of("code", innerCode))));
    }

    static Answer notAuthorized() {
        return forbidden(
                "ForbiddenByRbac",
                "Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role"
                        + " definitions were changed recently, please observe propagation time.");
    }

    /** A managed HSM has roles of its own, and no inner code for them. */
    static Answer noLocalRole() {
        return error(403, "Forbidden", "Not authorized.");
    }

    static Answer notFound(String name) {
        return error(404, "KeyNotFound", "A key with (name/id) " + name + " was not found in this key vault.");
    }

    static Answer badParameter(String message) {
        return error(400, "BadParameter", message);
    }

    static Answer throttled() {
        return error(429, "Throttled", "Request was not processed because too many requests were received.")
                .with("Retry-After", "10");
    }

    static Answer error(int status, String code, String message) {
        return Answer.json(status, Map.of("error", Map.of("code", code, "message", message)));
    }
}
