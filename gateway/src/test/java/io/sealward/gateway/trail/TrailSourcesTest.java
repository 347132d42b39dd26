package io.sealward.gateway.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.audit.AuditLog;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.TrailConfig;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.key.KekCalled;
import io.sealward.gateway.key.WrapContexts;
import io.sealward.gateway.loopback.CountingKek;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailSourcesTest {
    private static final ObjectBinding PLACE = new ObjectBinding("org-1", "proj_1", "photos", "holidays/2026.jpg");

    @TempDir
    private Path folder;

    private final Events events = new Events();

    private List<String> told(TrailConfig.Objects objects, KekCalled called) throws IOException {
        TrailConfig config = new TrailConfig(
                folder.resolve(objects.name()),
                new Secret("0123456789abcdef0123456789abcdef"),
                objects,
                64 << 20,
                Duration.ZERO,
                Duration.ofSeconds(1));
        try (AuditLog audit = new AuditLog(entries -> {}, Clock.systemUTC(), 10);
                Trail trail = Trail.start(config, Anchors.NONE, Clock.systemUTC())) {
            TrailSources.watch(trail, events, audit);
            events.tell(called);
            audit.record("org-1", new Actor.AdminKey("key_1"), AuditEvent.externalKeyRemoved("key-1"));
        }
        TrailCheck.run(config, Optional.empty());
        return Files.readAllLines(new TrailFolder(config.folder()).file(1));
    }

    private static KekCalled called(WrapScope scope, Optional<KmsException> failure) {
        return new KekCalled(
                KekCalled.Call.UNWRAP,
                new Project("org-1", "proj_1", Optional.of("key-1"), KeyMode.PER_OBJECT, Optional.empty()),
                new Keks.Registered("key-1", new CountingKek()),
                new KekCalled.Subject(
                        WrapContexts.of(PLACE, scope),
                        scope == WrapScope.OBJECT ? Optional.of(PLACE.key()) : Optional.empty(),
                        Optional.of("AKIAASKER")),
                failure,
                1_234_567);
    }

    @Test
    void aCallOfAKmsIsToldWithWhoAndWhatAndHowLong() throws IOException {
        List<String> lines = told(TrailConfig.Objects.NAME, called(WrapScope.OBJECT, Optional.empty()));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .contains("\"type\":\"kms.unwrap\",\"organization\":\"org-1\",\"project\":\"proj_1\","
                                + "\"access_key_id\":\"AKIAASKER\",\"external_key\":\"key-1\",\"bucket\":\"photos\",\"outcome\":\"granted\","
                                + "\"micros\":1234,\"object\":\"holidays/2026.jpg\",\"chain\":"))
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"type\":\"external_key.removed\"", "\"actor\":\"key_1\"", "\"resource\":\"key-1\""));
    }

    @Test
    void aDenialIsToldByItsKind() throws IOException {
        KekCalled denied =
                called(WrapScope.OBJECT, Optional.of(new KmsException(KmsError.REVOKED, "the cloud's words")));
        assertThat(told(TrailConfig.Objects.NONE, denied))
                .anySatisfy(line -> assertThat(line).contains("\"outcome\":\"revoked\""))
                .noneMatch(line -> line.contains("\"object\""));
    }

    @Test
    void anObjectCanBeToldByAHashThatIsTheSameEachTime() throws IOException {
        List<String> lines = told(TrailConfig.Objects.HASH, called(WrapScope.OBJECT, Optional.empty()));
        assertThat(lines).noneMatch(line -> line.contains("holidays"));
        String object = lines.stream()
                .filter(line -> line.contains("\"object\":\""))
                .map(line -> line.replaceAll(".*\"object\":\"([0-9a-f]{64})\".*", "$1"))
                .findFirst()
                .orElseThrow();
        assertThat(object)
                .isEqualTo(new TrailKey("0123456789abcdef0123456789abcdef")
                        .standIn(
                                "photos",
                                WrapContexts.of(PLACE, WrapScope.OBJECT)
                                        .entries()
                                        .get(WrapContexts.OBJECT)));
    }

    @Test
    void aCallForABucketNamesNoObject() throws IOException {
        assertThat(told(TrailConfig.Objects.NAME, called(WrapScope.BUCKET, Optional.empty())))
                .anyMatch(line -> line.contains("kms.unwrap"))
                .noneMatch(line -> line.contains("\"object\""));
    }
}
