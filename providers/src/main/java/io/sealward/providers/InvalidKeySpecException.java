package io.sealward.providers;

import static java.util.Objects.requireNonNull;

/** An external key described in a way that no provider could use. The message is for the administrator who wrote it. */
public final class InvalidKeySpecException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the field's name as the management API spells it, such as {@code kms_arn}
     * @param message what is wrong with it and what would be right
     */
    public InvalidKeySpecException(String field, String message) {
        super(message);
        this.field = requireNonNull(field, "field");
    }

    public String field() {
        return field;
    }
}
