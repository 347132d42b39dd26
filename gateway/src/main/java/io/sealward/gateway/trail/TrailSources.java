package io.sealward.gateway.trail;

import io.sealward.gateway.audit.AuditEntry;
import io.sealward.gateway.audit.AuditLog;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.key.KekCalled;
import io.sealward.gateway.key.WrapContexts;
import io.sealward.gateway.trail.TrailEvent.ObjectName;
import io.sealward.providers.KmsException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a trail tells: each call of a KMS, and all that the audit log tells. */
public final class TrailSources {
    private TrailSources() {}

    /** Has the trail tell of what happens from now on. */
    public static void watch(Trail trail, Events events, AuditLog audit) {
        events.when(
                KekCalled.class,
                called -> trail.record(event(called, trail.clock().instant())));
        audit.whenRecorded(entry -> trail.record(event(entry, trail.clock().instant())));
    }

    private static TrailEvent event(KekCalled called, Instant now) {
        Map<String, String> context = called.subject().context().entries();
        Optional<String> bucket = Optional.ofNullable(context.get(WrapContexts.BUCKET));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("organization", called.project().organizationId());
        fields.put("project", called.project().id());
        called.subject().accessKeyId().ifPresent(id -> fields.put("access_key_id", id));
        fields.put("external_key", called.kek().externalKeyId());
        bucket.ifPresent(name -> fields.put("bucket", name));
        fields.put("outcome", called.failure().map(TrailSources::outcome).orElse("granted"));
        fields.put("micros", called.nanos() / 1000);
        Optional<ObjectName> object = Optional.ofNullable(context.get(WrapContexts.OBJECT))
                .map(digest -> new ObjectName(
                        bucket.orElse(""), digest, called.subject().object()));
        return new TrailEvent(now, "kms." + lower(called.call()), fields, object);
    }

    private static TrailEvent event(AuditEntry entry, Instant now) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", entry.id());
        fields.put("organization", entry.organizationId());
        entry.event().projectId().ifPresent(id -> fields.put("project", id));
        fields.put("actor", entry.actor().id());
        fields.put("resource", entry.event().resourceId());
        if (!entry.event().details().isEmpty()) {
            fields.put("details", entry.event().details());
        }
        return TrailEvent.of(now, entry.event().type(), fields);
    }

    private static String outcome(KmsException failure) {
        return lower(failure.error());
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
