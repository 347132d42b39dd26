package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A KEK in a local BCFKS keystore.
 *
 * @param keystore the file, as {@code sealward keystore create} makes it
 * @param password opens the file
 * @param key the name of the key inside it
 */
public record LocalKekConfig(Path keystore, Secret password, String key) {
    public static final String DEFAULT_KEY = "default";

    public LocalKekConfig {
        requireNonNull(keystore, "keystore");
        requireNonNull(password, "password");
        requireNonNull(key, "key");
    }
}
