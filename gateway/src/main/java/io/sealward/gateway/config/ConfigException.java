package io.sealward.gateway.config;

/** A configuration that cannot be used. The message is one line: {@code file:line: key: what is wrong and what is allowed}. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message, null, false, false);
    }
}
