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

    /** Whether the key is outside its {@code nbf} and {@code exp}. */
    boolean lifetimeOver() {
        return LIFETIME.contains(code);
    }

    /** Whether the vault turned the caller away, and not what it asked for. */
    boolean doubtsToken() {
        return status == 401 || code.equals("ForbiddenByRbac");
    }

    private static Map<?, ?> child(Object parent, String name) {
        return parent instanceof Map<?, ?> map && map.get(name) instanceof Map<?, ?> child ? child : Map.of();
    }

    private static String text(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof String text ? text : "";
    }
}
