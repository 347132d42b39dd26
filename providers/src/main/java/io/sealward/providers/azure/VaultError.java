package io.sealward.providers.azure;

import com.azure.core.exception.HttpResponseException;
import java.util.Map;
import java.util.Set;

/**
 * The body of Key Vault's error answers, {@code {"error": {"code", "message", "innererror": {"code"}}}}.
 *
 * @param status 0 if there was no answer at all
 * @param code the innermost code there is, which is the most exact; empty if the body is none of Key Vault's
 */
record VaultError(int status, String code, String message) {
    /** The SDK throws the same exception for what it found out before it asked. */
    private static final int NO_ANSWER = 0;

    /** What to change, where the code alone tells. */
    private static final Map<String, String> CURES = Map.of(
            "KeyDisabled", "Enable the key.",
            "KeyExpired", "Move the key's expiry date, or give it a new version.",
            "KeyNotYetValid", "Move the key's activation date.",
            "KeyNotFound", "See that the key exists in this vault.",
            "ForbiddenByFirewall", "Let the gateway's address through the vault's firewall.",
            "ForbiddenByConnection", "Let the gateway's network reach the vault.");

    /** In the message of a 401, where the token is of another directory than the vault. */
    private static final String OTHER_DIRECTORY = "AKV10032";

    /** Of a vault that asks Azure's roles, and of a managed HSM, which has roles of its own. */
    private static final Set<String> NO_ROLE = Set.of("ForbiddenByRbac", "Forbidden", "AccessDenied");

    private static final Set<String> LIFETIME = Set.of("KeyExpired", "KeyNotYetValid");

    static VaultError of(HttpResponseException answer) {
        int status =
                answer.getResponse() == null ? NO_ANSWER : answer.getResponse().getStatusCode();
        Map<?, ?> error = child(answer.getValue(), "error");
        Map<?, ?> inner = child(error, "innererror");
        String code = inner.isEmpty() ? text(error, "code") : text(inner, "code");
        return new VaultError(status, code, text(error, "message"));
    }

    String text() {
        return "HTTP " + status + (code.isEmpty() ? "" : " (" + code + ")") + (message.isEmpty() ? "" : ": " + message);
    }

    /** What to change; empty where the code alone does not tell. */
    String cure() {
        return CURES.getOrDefault(code, "");
    }

    /** Whether a text says already what to change. */
    static boolean advises(String text) {
        return CURES.values().stream().anyMatch(text::endsWith);
    }

    /** Whether the key is outside its {@code nbf} and {@code exp}. */
    boolean lifetimeOver() {
        return LIFETIME.contains(code);
    }

    /** Whether the vault does not take a token of the directory that it belongs to itself. */
    boolean refusesToken() {
        return status == 401 && !code.isEmpty() && !message.contains(OTHER_DIRECTORY);
    }

    /** Whether the vault turned the caller away, and not what it asked for. */
    boolean doubtsToken() {
        return status == 401 || NO_ROLE.contains(code);
    }

    private static Map<?, ?> child(Object parent, String name) {
        return parent instanceof Map<?, ?> map && map.get(name) instanceof Map<?, ?> child ? child : Map.of();
    }

    private static String text(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof String text ? text : "";
    }
}
