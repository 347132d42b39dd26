package io.sealward.gateway.sigv4;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Signs requests to the store with one credential. Thread-safe. */
public final class RequestSigner {
    private record ScopedKey(CredentialScope scope, SigningKey key) {}

    private final String accessKeyId;
    private final String secretAccessKey;
    private final String region;
    private final Clock clock;
    // A race makes the same twice.
    private volatile ScopedKey today;
    private volatile SigningTime thisSecond;

    public RequestSigner(String accessKeyId, String secretAccessKey, String region, Clock clock) {
        this.accessKeyId = requireNonNull(accessKeyId, "accessKeyId");
        this.secretAccessKey = requireNonNull(secretAccessKey, "secretAccessKey");
        this.region = requireNonNull(region, "region");
        this.clock = requireNonNull(clock, "clock");
        this.thisSecond = SigningTime.of(clock.instant());
        this.today = derive(thisSecond.date());
    }

    public String accessKeyId() {
        return accessKeyId;
    }

    /**
     * Sets {@code x-amz-date}, {@code x-amz-content-sha256} and {@code Authorization}. {@code Host} must be set, and
     * neither the target nor a signed header (host, content-type, content-md5, x-amz-*) may change afterwards.
     *
     * @param target as it goes on the wire, percent-encoded
     * @param payloadHash the SHA-256 of the body in lower-case hex or {@link PayloadPolicy#UNSIGNED_PAYLOAD}
     */
    public void sign(HttpMethod method, String target, HttpHeaders headers, String payloadHash) {
        RequestTarget parsed = RequestTarget.parse(target);
        sign(method, parsed.canonicalPath(), parsed.canonicalQuery(name -> true), headers, payloadHash);
    }

    /**
     * Signs a request whose target goes on the wire in its canonical form.
     *
     * @param path percent-encoded as {@link io.sealward.gateway.s3.UriEncoding} does
     * @param query encoded likewise, {@code name=value} in the order of the names; empty for none
     */
    public void sign(HttpMethod method, String path, String query, HttpHeaders headers, String payloadHash) {
        SigningTime time = now();
        headers.set("x-amz-date", time.text());
        headers.set("x-amz-content-sha256", payloadHash);
        List<String> signedHeaders = headers.names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(RequestSigner::isSigned)
                .distinct()
                .sorted()
                .toList();
        CanonicalRequest canonical =
                CanonicalRequest.of(method.name(), path, query, headers, signedHeaders, payloadHash);
        ScopedKey scoped = keyOf(time.date());
        headers.set(
                HttpHeaderNames.AUTHORIZATION,
                CanonicalRequest.ALGORITHM + " Credential=" + accessKeyId + '/' + scoped.scope() + ",SignedHeaders="
                        + String.join(";", signedHeaders) + ",Signature="
                        + scoped.key().sign(canonical.stringToSign(time, scoped.scope())));
    }

    private SigningTime now() {
        Instant now = clock.instant();
        SigningTime time = thisSecond;
        if (time.instant().getEpochSecond() != now.getEpochSecond()) {
            time = SigningTime.of(now);
            thisSecond = time;
        }
        return time;
    }

    private ScopedKey keyOf(String date) {
        ScopedKey scoped = today;
        if (!scoped.scope().date().equals(date)) {
            scoped = derive(date);
            today = scoped;
        }
        return scoped;
    }

    private ScopedKey derive(String date) {
        CredentialScope scope = new CredentialScope(date, region);
        return new ScopedKey(scope, SigningKey.derive(secretAccessKey, scope));
    }

    private static boolean isSigned(String name) {
        return name.equals("host")
                || name.equals("content-type")
                || name.equals("content-md5")
                || name.startsWith("x-amz-");
    }
}
