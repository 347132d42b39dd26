package io.sealward.providers.local;

import java.io.IOException;

/** A keystore that cannot be read, changed or asked for what it was asked for. The message says why and names the file. */
public final class LocalKeystoreException extends IOException {
    private static final long serialVersionUID = 1L;

    LocalKeystoreException(String message) {
        super(message);
    }

    LocalKeystoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
