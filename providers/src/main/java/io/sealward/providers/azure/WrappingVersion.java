package io.sealward.providers.azure;

import java.time.Duration;

/**
 * The version that new secrets are wrapped under: the registered one, or the vault's current one, which is looked up again
 * when it is older than a given age. So a rotation in the vault is followed within that time. Thread-safe.
 */
final class WrappingVersion {
    private final AzureKeySpec key;
    private final VaultKey vault;
    private final long maxAgeNanos;
    private volatile Seen seen = new Seen("", 0);

    private record Seen(String version, long atNanos) {}

    WrappingVersion(AzureKeySpec key, VaultKey vault, Duration maxAge) {
        this.key = key;
        this.vault = vault;
        this.maxAgeNanos = maxAge.toNanos();
    }

    String get() {
        Seen last = seen;
        if (key.keyVersion().isPresent()) {
            return key.keyVersion().get();
        }
        if (last.version().isEmpty() || System.nanoTime() - last.atNanos() >= maxAgeNanos) {
            return lookUp();
        }
        return last.version();
    }

    /** The current version after one was refused, which may be the same. */
    String insteadOf(String refused) {
        return key.keyVersion().isPresent() ? refused : lookUp();
    }

    private String lookUp() {
        long now = System.nanoTime();
        String version = key.versionOf(vault.read().getId());
        seen = new Seen(version, now);
        return version;
    }
}
