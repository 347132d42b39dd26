package io.sealward.it.tenant;

import io.sealward.gateway.cloud.GcpKeks;
import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.KeyType;
import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.gcp.FakeCryptoKey;
import io.sealward.it.cloud.gcp.FakeGcp;
import io.sealward.it.cloud.gcp.FakePool;
import io.sealward.providers.gcp.GcpCloud;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

final class GcpTestCloud implements TestCloud {
    private static final String SUBJECT = "105900137572174660365";
    private static final String PROJECT_NUMBER = "123456789";
    private static final String PROVIDER = "sealward";
    private static final CallLimits LIMITS = new CallLimits(16, 256, 2, Duration.ofSeconds(20), Duration.ofMillis(1));

    private final FakeGcp gcp = FakeGcp.start();
    private final GcpCloud cloud = gcp.connect(gcp.subjectTokens(SUBJECT), LIMITS);

    @Override
    public KeyType type() {
        return KeyType.GCP;
    }

    @Override
    public KekOpener opener() {
        return new GcpKeks(cloud);
    }

    @Override
    public TenantKey createKey(String organizationId) {
        return key(organizationId, organizationId);
    }

    /** A pool that was told to expect another audience. */
    @Override
    public Refusal refusal(String organizationId) {
        return new Refusal(
                key(organizationId, "org-other"),
                List.of(
                        "does not match the expected audience",
                        "list '" + organizationId + "' among its allowed audiences"));
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public void close() {
        cloud.close();
        gcp.close();
    }

    private Key key(String organizationId, String audience) {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        FakePool pool = gcp.createPool(PROJECT_NUMBER, "pool-" + unique, PROVIDER)
                .allowAudience(audience)
                .admitSubject(SUBJECT);
        FakeCryptoKey key =
                gcp.createKey("projects/tenant-kms/locations/us-east1/keyRings/ring/cryptoKeys/kek-" + unique);
        Key made = new Key(gcp, organizationId, pool, key);
        made.allow();
        return made;
    }

    private record Key(FakeGcp gcp, String organizationId, FakePool pool, FakeCryptoKey key) implements TenantKey {
        @Override
        public Map<String, String> registration() {
            return Map.of(
                    "workload_identity_project_number",
                    PROJECT_NUMBER,
                    "workload_identity_pool_id",
                    pool.poolId(),
                    "workload_identity_provider_id",
                    PROVIDER,
                    "audience",
                    organizationId,
                    "kms_project_id",
                    "tenant-kms",
                    "kms_key_location",
                    "us-east1",
                    "kms_key_ring_name",
                    "ring",
                    "kms_key_name",
                    key.name().substring(key.name().lastIndexOf('/') + 1));
        }

        @Override
        public String keyId() {
            return key.name();
        }

        @Override
        public void disable() {
            key.disable();
        }

        @Override
        public void enable() {
            key.enable();
        }

        @Override
        public void deny() {
            key.revokeBindings();
        }

        @Override
        public void allow() {
            key.bind(pool.principal(SUBJECT));
        }

        @Override
        public void throttle() {
            gcp.kmsFaults().set(Faults.Kind.THROTTLE);
        }

        @Override
        public void cutOff() {
            gcp.kmsFaults().set(Faults.Kind.OUTAGE);
        }

        @Override
        public void recover() {
            gcp.kmsFaults().set(Faults.Kind.NONE);
        }

        @Override
        public long calls() {
            return gcp.kmsFaults().calls();
        }
    }
}
