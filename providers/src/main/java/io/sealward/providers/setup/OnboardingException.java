package io.sealward.providers.setup;

import static java.util.Objects.requireNonNull;

/** Material that this gateway cannot generate. The message says what its operator would have to configure. */
public final class OnboardingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String param;

    /**
     * Names what cannot be had.
     *
     * @param param the parameter that asked for it
     */
    public OnboardingException(String param, String message) {
        super(message);
        this.param = requireNonNull(param, "param");
    }

    /** The parameter that asked for it. */
    public String param() {
        return param;
    }
}
