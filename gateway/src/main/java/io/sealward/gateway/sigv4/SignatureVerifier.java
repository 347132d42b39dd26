package io.sealward.gateway.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Credentials;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.Sessions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells who sent a request: from its {@code Authorization} header or, for a presigned URL, its query. Any region is
 * accepted as the client states it. Thread-safe; never blocks.
 */
public final class SignatureVerifier {
    static final Duration MAX_SKEW = Duration.ofMinutes(15);

    /** Parameters of presigned URLs, of both versions of signatures. */
    private static final Set<String> OF_SIGNATURES = Set.of(
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-signature",
            "x-amz-security-token",
            "awsaccesskeyid",
            "signature");

    /** Keyed by the secret too: one that is replaced is of no more use. */
    private record KeyOfDay(String accessKeyId, String secretAccessKey, CredentialScope scope) {}

    private final Credentials credentials;
    private final Sessions sessions;
    private final Clock clock;
    private final Cache<KeyOfDay, SigningKey> keys = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** Where no temporary credentials are given. */
    public SignatureVerifier(Credentials credentials, Clock clock) {
        this(credentials, Sessions.NONE, clock);
    }

    public SignatureVerifier(Credentials credentials, Sessions sessions, Clock clock) {
        this.credentials = requireNonNull(credentials, "credentials");
        this.sessions = requireNonNull(sessions, "sessions");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Verifies the signature over method, target and headers as they came, before any header is added or removed.
     * {@code Host} and every {@code x-amz-*} header must be under the signature.
     *
     * @throws S3Exception with the error S3 gives: AccessDenied, SignatureDoesNotMatch, RequestTimeTooSkewed, ...
     */
    public Verified verify(HttpMethod method, RequestTarget target, HttpHeaders headers) {
        return verify(method, target, headers, claim(target, headers, Purpose.S3));
    }

    /**
     * Verifies the signature of a request to STS, which is over all of its body.
     *
     * @throws S3Exception as {@link #verify} does
     */
    public S3Credential verifySts(HttpMethod method, RequestTarget target, HttpHeaders headers, byte[] body) {
        Claim claim = claim(target, headers, Purpose.sts(body));
        return verify(method, target, headers, claim).credential();
    }

    private Verified verify(HttpMethod method, RequestTarget target, HttpHeaders headers, Claim claim) {
        S3Credential credential = sender(claim.accessKeyId(), SecurityToken.of(target, headers));
        refuseUnsignedHeaders(claim, headers);

        KeyOfDay keyOfDay = new KeyOfDay(credential.accessKeyId(), credential.secretAccessKey(), claim.scope());
        Optional<SigningKey> known = Optional.ofNullable(keys.getIfPresent(keyOfDay));
        SigningKey key = known.orElseGet(() -> SigningKey.derive(credential.secretAccessKey(), claim.scope()));
        CanonicalRequest canonical = CanonicalRequest.of(
                method.name(),
                target.canonicalPath(),
                claim.canonicalQuery(),
                headers,
                claim.signedHeaders(),
                claim.contentSha256());
        String expected = key.sign(canonical.stringToSign(claim.time(), claim.scope()));
        if (!MessageDigest.isEqual(
                expected.getBytes(US_ASCII), claim.signature().getBytes(ISO_8859_1))) {
            throw new S3Exception(S3Error.SIGNATURE_DOES_NOT_MATCH);
        }
        if (known.isEmpty()) { // and not before: day and region are the client's to choose
            keys.put(keyOfDay, key);
        }
        return new Verified(
                credential,
                PayloadPolicy.of(claim.contentSha256(), new ChunkSeed(key, claim.time(), claim.scope(), expected)));
    }

    /**
     * Verifies the signature of a form's policy, which says itself how long it holds.
     *
     * @throws S3Exception as {@link #verify} does
     */
    public S3Credential verifyPolicy(PolicySignature form) {
        CredentialScope scope = form.scope();
        S3Credential credential = sender(form.accessKeyId(), form.securityToken());
        String expected = SigningKey.derive(credential.secretAccessKey(), scope).sign(form.policy());
        if (!MessageDigest.isEqual(expected.getBytes(US_ASCII), form.signature().getBytes(UTF_8))) {
            throw new S3Exception(S3Error.SIGNATURE_DOES_NOT_MATCH);
        }
        return credential;
    }

    /** By the clock that signatures are held against. */
    public Instant now() {
        return clock.instant();
    }

    /** Whether nothing of a request claims to be a signature. */
    public static boolean isUnsigned(RequestTarget target, HttpHeaders headers) {
        return !headers.contains(HttpHeaderNames.AUTHORIZATION)
                && target.parameters().stream()
                        .noneMatch(parameter ->
                                OF_SIGNATURES.contains(parameter.name().toLowerCase(Locale.ROOT)));
    }

    private Claim claim(RequestTarget target, HttpHeaders headers, Purpose purpose) {
        Instant now = clock.instant();
        Optional<String> authorization = SingleHeader.of(headers, HttpHeaderNames.AUTHORIZATION.toString());
        boolean presigned = target.hasParameter(QueryClaim.ALGORITHM)
                || target.hasParameter(QueryClaim.SIGNATURE)
                || target.hasParameter(QueryClaim.CREDENTIAL);
        boolean presignedV2 = target.hasParameter("AWSAccessKeyId") && target.hasParameter("Signature");
        if (authorization.isPresent() && (presigned || presignedV2)) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT,
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query"
                            + " string parameter or the Authorization header should be specified");
        }
        if (presigned) {
            return QueryClaim.parse(target, headers, now, purpose);
        }
        if (presignedV2) {
            throw unsupportedMechanism();
        }
        return HeaderClaim.parse(
                authorization.orElseThrow(() -> new S3Exception(S3Error.ACCESS_DENIED)), target, headers, now, purpose);
    }

    /** A token goes with one access key, and to one that lasts none belongs. */
    private S3Credential sender(String accessKeyId, Optional<String> token) {
        if (token.isEmpty()) {
            return credentials.find(accessKeyId).orElseThrow(() -> new S3Exception(S3Error.INVALID_ACCESS_KEY_ID));
        }
        S3Credential credential = sessions.open(token.get());
        if (!credential.accessKeyId().equals(accessKeyId)) {
            throw new S3Exception(S3Error.INVALID_TOKEN);
        }
        return credential;
    }

    private static void refuseUnsignedHeaders(Claim claim, HttpHeaders headers) {
        Set<String> unsigned = new TreeSet<>();
        unsigned.add("host");
        for (String name : headers.names()) {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (lowerCase.startsWith("x-amz-")) {
                unsigned.add(lowerCase);
            }
        }
        claim.signedHeaders().forEach(unsigned::remove);
        if (!unsigned.isEmpty()) {
            throw new S3Exception(
                    S3Error.ACCESS_DENIED,
                    "There were headers present in the request which were not signed: " + String.join(", ", unsigned));
        }
    }

    static S3Exception unsupportedMechanism() {
        return new S3Exception(
                S3Error.INVALID_REQUEST,
                "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
    }
}
