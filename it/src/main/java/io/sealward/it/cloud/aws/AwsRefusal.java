package io.sealward.it.cloud.aws;

/** An error answer of AWS: its code, its words and the HTTP status that carries them. */
final class AwsRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    AwsRefusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
