package io.sealward.it.cloud.aws;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who and what exists: the gateway's own principal, roles, keys and sessions. Thread-safe. */
final class Account {
    private final SigningKey gateway;
    private final Map<String, FakeRole> roles = new ConcurrentHashMap<>();
    private final Map<String, FakeKey> keys = new ConcurrentHashMap<>();
    private final Map<String, AssumedRole> sessions = new ConcurrentHashMap<>();
    private final Map<String, AssumedRole> latest = new ConcurrentHashMap<>();

    Account(SigningKey gateway) {
        this.gateway = gateway;
    }

    SigningKey gateway() {
        return gateway;
    }

    FakeRole add(FakeRole role) {
        roles.put(role.arn(), role);
        return role;
    }

    FakeKey add(FakeKey key) {
        keys.put(key.arn(), key);
        return key;
    }

    void add(AssumedRole session) {
        sessions.put(session.key().accessKeyId(), session);
        latest.put(session.role().arn(), session);
    }

    Optional<FakeRole> role(String arn) {
        return Optional.ofNullable(roles.get(arn));
    }

    Optional<FakeKey> key(String arn) {
        return Optional.ofNullable(keys.get(arn));
    }

    Optional<AssumedRole> session(String accessKeyId) {
        return Optional.ofNullable(sessions.get(accessKeyId));
    }

    Optional<AssumedRole> lastSession(FakeRole role) {
        return Optional.ofNullable(latest.get(role.arn()));
    }

    void endSessions() {
        sessions.replaceAll((id, session) -> new AssumedRole(
                session.key(), session.token(), session.role(), session.name(), session.policy(), Instant.EPOCH));
    }

    void forgetSessions() {
        sessions.clear();
    }
}
