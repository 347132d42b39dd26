package io.sealward.providers.vault;

import java.util.List;
import java.util.Optional;

/** An answer that is no success. Its errors are Vault's own words; empty if it was not Vault that answered. */
final class VaultAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean ofVault;
    private final String words;

    /** @param errors the list of that name in the body; empty if the body has none */
    VaultAnswerException(int status, Optional<List<String>> errors) {
        super("HTTP " + status, null, false, false);
        this.status = status;
        this.ofVault = errors.isPresent();
        this.words = errors.map(VaultAnswerException::line).orElse("");
    }

    /** Of several lines, as "1 error occurred:" and a list below, one is made. */
    private static String line(List<String> errors) {
        return String.join("; ", errors).strip().replaceAll("\\s+", " ");
    }

    int status() {
        return status;
    }

    /** Whether the body has Vault's form: something between us and it may have answered. */
    boolean ofVault() {
        return ofVault;
    }

    String words() {
        return words;
    }

    String text() {
        return "HTTP " + status + (words.isEmpty() ? "" : ": " + words);
    }
}
