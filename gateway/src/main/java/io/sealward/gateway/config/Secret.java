package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

/** A secret from the configuration. Printing it shows that there is one, and nothing of it. */
public record Secret(String value) {
    public Secret {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
