package io.sealward.it.cloud.gcp;

import io.sealward.it.cloud.CertificateAuthority;
import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.StandIn;
import io.sealward.it.cloud.TenantKey;
import io.sealward.providers.gcp.SubjectTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Google Cloud, at private endpoints, to which the gateway shows tokens of files. */
public final class GcpStandIn implements StandIn {
    /** The gateway in Google's eyes. */
    public static final String SUBJECT = "105900137572174660365";

    private static final String PROJECT_NUMBER = "123456789";
    private static final String PROVIDER = "sealward";
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);

    private final FakeGcp gcp = FakeGcp.start();
    private final Path folder;

    /**
     * Starts it.
     *
     * @param folder gets the gateway's tokens and the authority's certificate
     */
    public GcpStandIn(Path folder) {
        this.folder = folder;
        gcp.authority().writeTo(folder);
    }

    public FakeGcp gcp() {
        return gcp;
    }

    @Override
    public String configuration() {
        return """
                clouds:
                  gcp:
                    issuer: %s
                    subject: "%s"
                    subject-token-file: %s
                    token-endpoint: %s
                    kms-endpoint: %s
                    trusted-certificates: %s
                """.formatted(
                        gcp.issuer().url(),
                        SUBJECT,
                        folder.resolve("token-{audience}"),
                        gcp.tokenEndpoint(),
                        gcp.kmsEndpoint(),
                        folder.resolve(CertificateAuthority.PEM));
    }

    @Override
    public Key createKey(String organizationId) {
        return createKey(organizationId, organizationId);
    }

    /** A key whose pool expects the gateway's tokens to be made out to another audience. */
    public Key createKey(String organizationId, String audience) {
        writeToken(organizationId);
        writeToken(SubjectTokens.CHECK_AUDIENCE);
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

    /** By the way of the gateway itself, which the library that comes with the cloud knows, too. */
    @Override
    public Map<String, String> ownAccess(Map<String, String> registration) {
        String pool = registration.get("workload_identity_pool_id");
        String file = "account-" + pool + ".json";
        write(file, """
                {"type": "external_account", "audience": "//iam.googleapis.com/projects/%s/locations/global/workloadIdentityPools/%s/providers/%s",
                 "token_url": "%s/v1/token", "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
                 "credential_source": {"file": "%s"}}
                """.formatted(
                        PROJECT_NUMBER,
                        pool,
                        PROVIDER,
                        gcp.tokenEndpoint(),
                        folder.resolve("token-" + registration.get("audience"))));
        Map<String, String> environment = new HashMap<>(CertificateAuthority.trustIn(folder));
        environment.put("GOOGLE_APPLICATION_CREDENTIALS", folder.resolve(file).toString());
        environment.put(
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS", gcp.kmsEndpoint().toString());
        return environment;
    }

    @Override
    public void close() {
        gcp.close();
    }

    private void writeToken(String audience) {
        write("token-" + audience, gcp.issuer().token(SUBJECT, audience, TOKEN_LIFETIME));
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key, and the pool that leads to it. */
    public record Key(FakeGcp gcp, String organizationId, FakePool pool, FakeCryptoKey key) implements TenantKey {
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
        public void destroy() {
            key.setState(VersionState.DESTROY_SCHEDULED);
        }

        @Override
        public void restore() {
            key.enable();
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
