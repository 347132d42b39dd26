package io.sealward.gateway.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.crypto.algorithm.AesGcm;
import io.sealward.crypto.algorithm.Hkdf;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.AssumedRole;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.Roles;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.Sessions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes session tokens and opens them: a version byte, a nonce of 12 random bytes and {@link SessionToken} under AES-256-GCM, in
 * base64url. The keys are derived (HKDF-SHA256, RFC 5869) from secrets that all nodes share, and from nothing else, so that a
 * token which opens is one that some node has made. Thread-safe.
 */
public final class SessionTokens implements Sessions {
    private static final byte[] NO_SALT = {};
    private static final byte[] INFO = "sealward session tokens v1".getBytes(UTF_8);
    private static final byte VERSION = 1;
    private static final int MAX_CHARS = 8 << 10;
    private static final int SECRET_BYTES = 30;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<SecretKey> keys;
    private final Roles roles;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * A credential at the one moment its secret is shown.
     *
     * @param expires from then on it is refused
     */
    record Issued(S3Credential credential, String token, Instant expires) {}

    /** @param secrets the one that tokens are sealed under, and behind it others that still open; none if there is no STS */
    public SessionTokens(List<byte[]> secrets, Roles roles, Clock clock) {
        this.keys = secrets.stream().map(SessionTokens::key).toList();
        this.roles = requireNonNull(roles, "roles");
        this.clock = requireNonNull(clock, "clock");
    }

    private static SecretKey key(byte[] secret) {
        byte[] bytes = Hkdf.sha256(secret, NO_SALT, INFO);
        try {
            return new SecretKeySpec(bytes, "AES");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Makes a temporary credential.
     *
     * @param policy by which the session is narrowed, in JSON
     * @throws io.sealward.gateway.policy.MalformedPolicyException if the policy is none
     */
    Issued issue(Role role, String session, Optional<String> policy, Duration lifetime) {
        long now = clock.instant().getEpochSecond();
        long expires = now + lifetime.toSeconds();
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        SessionToken token = new SessionToken(
                accessKeyId(),
                Base64.getEncoder().encodeToString(secret),
                role.project().id(),
                role.name(),
                role.generation(),
                session,
                policy.orElse(""),
                now,
                expires);
        return new Issued(credential(token, role), seal(token), Instant.ofEpochSecond(expires));
    }

    @Override
    public S3Credential open(String text) {
        SessionToken token = unseal(text).orElseThrow(() -> new S3Exception(S3Error.INVALID_TOKEN));
        long now = clock.instant().getEpochSecond();
        if (now >= token.expiresAt()) {
            throw new S3Exception(S3Error.EXPIRED_TOKEN);
        }
        Role role = roles.find(token.projectId(), token.role())
                .filter(known -> known.generation().equals(token.generation()))
                .orElseThrow(() -> new S3Exception(S3Error.INVALID_ACCESS_KEY_ID));
        if (now - token.issuedAt() >= role.longest().toSeconds()) { // which may be shorter by now
            throw new S3Exception(S3Error.EXPIRED_TOKEN);
        }
        return credential(token, role);
    }

    private static S3Credential credential(SessionToken token, Role role) {
        Optional<Policy> narrowing = Optional.of(token.policy())
                .filter(json -> !json.isEmpty())
                .map(json -> Policy.parse(json, Role.username(role.name())));
        return S3Credential.of(
                token.accessKeyId(),
                token.secretAccessKey(),
                new AssumedRole(token.role(), token.generation(), token.session(), narrowing),
                role);
    }

    private String seal(SessionToken token) {
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed;
        try {
            sealed = AesGcm.seal(keys.get(0), nonce, JSON.writeValueAsBytes(token), new byte[] {VERSION});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a token that is not JSON", e);
        }
        byte[] whole = ByteBuffer.allocate(1 + nonce.length + sealed.length)
                .put(VERSION)
                .put(nonce)
                .put(sealed)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    private Optional<SessionToken> unseal(String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int head = 1 + AesGcm.NONCE_BYTES;
        if (whole.length < head + AesGcm.TAG_BYTES || whole[0] != VERSION) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOfRange(whole, 1, head);
        return keys.stream()
                .flatMap(key -> unseal(key, nonce, whole, head).stream())
                .findFirst();
    }

    private static Optional<SessionToken> unseal(SecretKey key, byte[] nonce, byte[] whole, int offset) {
        try {
            return Optional.of(
                    JSON.readValue(AesGcm.open(key, nonce, whole, offset, new byte[] {VERSION}), SessionToken.class));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (IOException e) { // of another version of the gateway
            return Optional.empty();
        }
    }

    private String accessKeyId() {
        StringBuilder id = new StringBuilder("ASIA");
        for (int i = 0; i < 16; i++) {
            id.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return id.toString();
    }
}
