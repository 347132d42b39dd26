package io.sealward.providers.setup;

/** In which form a tenant gets its material. */
public enum OnboardingFormat {
    /** Policies and the body of the registration. */
    JSON("application/json", "json"),
    /** A POSIX shell script for the cloud's own command line. */
    SHELL("text/x-shellscript; charset=utf-8", "sh"),
    TERRAFORM("text/plain; charset=utf-8", "tf");

    private final String contentType;
    private final String suffix;

    OnboardingFormat(String contentType, String suffix) {
        this.contentType = contentType;
        this.suffix = suffix;
    }

    public String contentType() {
        return contentType;
    }

    /** Of the template's file, without the dot. */
    public String suffix() {
        return suffix;
    }
}
