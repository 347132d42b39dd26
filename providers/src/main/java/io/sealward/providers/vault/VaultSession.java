package io.sealward.providers.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The gateway as one role of the tenant: a token for all calls, replaced before it ends, and when Vault turns it away. A role
 * that is taken away leaves its tokens alive, so none is used for longer than a quarter of an hour. Blocking; thread-safe.
 */
final class VaultSession {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int FORBIDDEN = 403;

    /** What fits into a header. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");

    private final VaultClient client;
    private final VaultKeySpec spec;
    private final Credentials credentials;
    private final Lock loggingIn = new ReentrantLock();
    private volatile Token token = new Token("", System.nanoTime());

    private record Token(String value, long endsAtNanos) {
        boolean over() {
            return value.isEmpty() || System.nanoTime() - endsAtNanos >= 0;
        }
    }

    VaultSession(VaultClient client, VaultKeySpec spec, Credentials credentials) {
        this.client = client;
        this.spec = spec;
        this.credentials = credentials;
    }

    /**
     * Makes a call as the role, and once more under a new token if Vault forbids it: the token may have been revoked before its
     * time, while the role is well.
     */
    JsonNode post(String path, Map<String, ?> document) throws InterruptedException {
        Token used = token;
        boolean fresh = used.over();
        if (fresh) {
            used = insteadOf(used);
        }
        try {
            return client.post(path, Optional.of(used.value()), document);
        } catch (VaultAnswerException refused) {
            if (fresh || refused.status() != FORBIDDEN || !refused.ofVault()) {
                throw refused;
            }
            return client.post(path, Optional.of(insteadOf(used).value()), document);
        }
    }

    /** Logs in anew, and uses what comes of it. */
    void renew() throws InterruptedException {
        insteadOf(token);
    }

    /** Shows the role what it must refuse; the session goes on with the token that it has. */
    void tryWith(String wrong) throws InterruptedException {
        logIn(wrong);
    }

    /** However many calls saw a token refused, one login follows. */
    private Token insteadOf(Token refused) throws InterruptedException {
        loggingIn.lockInterruptibly();
        try {
            if (token.equals(refused)) {
                token = logIn(
                        spec.role().method() == VaultKeySpec.Method.APPROLE
                                ? credentials.secretId(spec.audience())
                                : credentials.token(spec.audience()));
            }
            return token;
        } finally {
            loggingIn.unlock();
        }
    }

    /** @param shown a secret id or an identity token */
    private Token logIn(String shown) throws InterruptedException {
        VaultKeySpec.Role role = spec.role();
        Map<String, String> document = role.method() == VaultKeySpec.Method.APPROLE
                ? Map.of("role_id", role.name(), "secret_id", shown)
                : Map.of("role", role.name(), "jwt", shown);
        long now = System.nanoTime();
        JsonNode auth;
        try {
            auth = client.post("auth/" + role.mount() + "/login", Optional.empty(), document)
                    .path("auth");
        } catch (VaultAnswerException refused) {
            throw VaultFaults.ofLogin(refused);
        }
        JsonNode value = auth.path("client_token");
        if (!value.isTextual() || !TOKEN.matcher(value.textValue()).matches()) {
            throw new KmsException(KmsError.UNREACHABLE, "Vault answered a login without a token.");
        }
        Duration lease = Duration.ofSeconds(auth.path("lease_duration").asLong());
        Duration used = lease.isZero() || lease.compareTo(LONGEST) > 0 ? LONGEST : lease;
        return new Token(
                value.textValue(), now + used.multipliedBy(9).dividedBy(10).toNanos());
    }
}
