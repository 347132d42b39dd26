package io.sealward.providers;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Why a service did not answer, in words. What the exceptions themselves say may be nothing, the name of a class, or a piece of
 * what was read.
 */
public final class NoAnswer {
    private NoAnswer() {}

    /** Told by the innermost cause that says anything; empty if none of them is about the network. */
    public static Optional<String> reason(Throwable failure) {
        Optional<String> reason = Optional.empty();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            Optional<String> closer = ofOne(at);
            if (closer.isPresent()) {
                reason = closer;
            }
        }
        return reason;
    }

    private static Optional<String> ofOne(Throwable failure) {
        if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
            return Optional.of("its address cannot be resolved");
        }
        if (failure instanceof SocketTimeoutException
                || failure instanceof HttpTimeoutException
                || failure instanceof TimeoutException) {
            return Optional.of("the call timed out");
        }
        if (failure instanceof CertificateException || failure instanceof CertPathBuilderException) {
            return Optional.of("its certificate is not trusted");
        }
        if (failure instanceof SSLException) {
            return Optional.of("TLS failed");
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return Optional.of("no connection is made");
        }
        boolean plain =
                failure instanceof IOException && failure.getClass().getName().startsWith("java");
        return plain ? Optional.of("the connection broke") : Optional.empty();
    }
}
