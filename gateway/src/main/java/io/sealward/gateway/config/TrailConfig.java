package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The audit trail in files.
 *
 * @param folder of this gateway alone
 * @param key signs the trail's end and hides names of objects
 * @param objects how objects are told
 * @param fileSize bytes of a file, about; then another is begun
 * @param keep how long a file is kept after its last line; zero is for ever
 * @param headInterval between signatures
 */
public record TrailConfig(
        Path folder, Secret key, Objects objects, long fileSize, Duration keep, Duration headInterval) {
    public TrailConfig {
        requireNonNull(folder, "folder");
        requireNonNull(key, "key");
        requireNonNull(objects, "objects");
        requireNonNull(keep, "keep");
        requireNonNull(headInterval, "headInterval");
    }

    /** How an object is told. */
    public enum Objects {
        /** By its key. */
        NAME,
        /** By a hash under the trail's secret. */
        HASH,
        /** Not at all. */
        NONE
    }
}
