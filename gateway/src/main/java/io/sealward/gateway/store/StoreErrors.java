package io.sealward.gateway.store;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlException;
import io.sealward.gateway.xml.XmlParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an error of the store means to the client. What concerns the client's request is relayed; what concerns the
 * gateway's own dealings with the store (the credential there, its clock, the store's health) is logged, and the client is
 * told that the store cannot serve.
 */
public final class StoreErrors {
    private static final Logger LOG = LoggerFactory.getLogger(StoreErrors.class);
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,80}");
    private static final String DELETE_MARKER = "x-amz-delete-marker";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int LIMIT_BYTES = 16 << 10;
    private static final Set<String> OURS = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "RequestTimeTooSkewed",
            "AuthorizationHeaderMalformed",
            "InvalidToken",
            "ExpiredToken",
            "TokenRefreshRequired",
            "InvalidSecurity",
            "NotSignedUp",
            "AccountProblem");

    /** No request is made with the client's credential: the store's reasons name another, and what it may do. */
    private static final Set<String> DENIALS = Set.of("AccessDenied", "AllAccessDisabled");

    private StoreErrors() {}

    /** Reads the error of an answer that is not successful; the stage always fails. */
    public static <T> CompletionStage<T> relay(StoreClient client, StoreClient.Answered answered) {
        return client.collect(answered, LIMIT_BYTES).thenApply(collected -> {
            throw of(collected);
        });
    }

    /** The exception for a whole answer that is not successful. */
    public static RuntimeException of(StoreClient.Collected collected) {
        RuntimeException error = of(collected.response().status(), collected.body(), collected.accessKeyId());
        return error instanceof RelayedError relayed
                ? relayed.with(ofDeleteMarker(collected.response().headers()))
                : error;
    }

    /** What S3 says of the delete marker that is found in an object's place. */
    private static Map<String, String> ofDeleteMarker(HttpHeaders headers) {
        Map<String, String> told = new TreeMap<>();
        if (headers.contains(DELETE_MARKER)) {
            for (String name : List.of(DELETE_MARKER, "x-amz-version-id", "last-modified", "allow")) {
                Optional.ofNullable(headers.get(name)).ifPresent(value -> told.put(name, value));
            }
        }
        return told;
    }

    /** The exception for an error that stands where a document was due; its code says which status it should have had. */
    public static RuntimeException of(int status, XmlElement error, String accessKeyId) {
        return of(status, read(codeByStatus(status), error), accessKeyId);
    }

    static RuntimeException of(int status, byte[] body, String accessKeyId) {
        return of(status, read(status, body), accessKeyId);
    }

    private static RuntimeException of(int status, Told told, String accessKeyId) {
        String code = told.code();
        int meant = status >= 200 && status < 300
                ? S3Error.ofCode(code).map(S3Error::status).orElse(503)
                : status;
        if (OURS.contains(code) || !clients(meant)) {
            LOG.warn("the store answered {} {} to {}: {}", status, code, accessKeyId, told.message());
            return told(status, code);
        }
        if (DENIALS.contains(code)) {
            LOG.warn("the store answered {} {} to {}: {}", status, code, accessKeyId, told.message());
            return new RelayedError(meant, S3Error.ACCESS_DENIED.code(), S3Error.ACCESS_DENIED.message());
        }
        return new RelayedError(meant, code, told.message());
    }

    private static S3Exception told(int status, String code) {
        if (status == TOO_MANY_REQUESTS || code.startsWith(S3Error.SLOW_DOWN.code())) { // SlowDownRead, SlowDownWrite
            return new S3Exception(S3Error.SLOW_DOWN);
        }
        return new S3Exception(
                S3Error.SERVICE_UNAVAILABLE,
                OURS.contains(code)
                        ? "The store does not serve this gateway."
                        : "The store answered " + status + ' ' + code + '.');
    }

    private record Told(String code, String message) {}

    private static Told read(int status, byte[] body) {
        String code = codeByStatus(status);
        if (body.length == 0) {
            return new Told(code, words(code));
        }
        try {
            return read(code, XmlParser.parse(body));
        } catch (XmlException e) {
            return new Told(code, "The store refused the request without saying why.");
        }
    }

    private static Told read(String code, XmlElement error) {
        String named =
                error.value("Code").filter(c -> CODE.matcher(c).matches()).orElse(code);
        // Ceph 16 has an empty one
        Optional<String> message = error.value("Message").filter(m -> !m.isEmpty());
        return new Told(named, message.orElseGet(() -> words(named)));
    }

    /** S3's own, where the store has none. */
    private static String words(String code) {
        return S3Error.ofCode(code).map(S3Error::message).orElse("The store refused the request.");
    }

    /** A redirect is a matter of this gateway's configuration, and most that the store could not do is its own. */
    private static boolean clients(int status) {
        return status == 304 || (status >= 400 && status < 500 && status != TOO_MANY_REQUESTS) || status == 501;
    }

    private static String codeByStatus(int status) {
        return switch (status) {
            case 304 -> "NotModified";
            case 403 -> "AccessDenied";
            case 404 -> "NoSuchKey";
            case 405 -> "MethodNotAllowed";
            case 409 -> "OperationAborted";
            case 411 -> "MissingContentLength";
            case 412 -> "PreconditionFailed";
            case 416 -> "InvalidRange";
            case TOO_MANY_REQUESTS -> "SlowDown";
            case 500 -> "InternalError";
            case 501 -> "NotImplemented";
            case 503 -> "ServiceUnavailable";
            default -> "InvalidRequest";
        };
    }
}
