package io.sealward.providers.gcp;

import java.io.IOException;

/** The gateway could not show who it is: a fault of the gateway's, never the tenant's refusal. */
final class SubjectTokenException extends IOException {
    private static final long serialVersionUID = 1L;

    SubjectTokenException(Throwable cause) {
        super("The gateway has no identity token to show.", cause);
    }
}
