package io.sealward.it.cloud.gcp;

import static io.sealward.it.cloud.KekCalls.ONE_ATTEMPT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.providers.gcp.GcpCloud;
import io.sealward.providers.gcp.GcpKek;
import io.sealward.providers.gcp.GcpKeySpec;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tenant of Google Cloud that has set everything up well, and its KEK. */
abstract class GcpTenant {
    static final String SUBJECT = "105900137572174660365";
    static final byte[] SECRET = "planted-secret-planted-secret-32".getBytes(UTF_8);

    final FakeGcp gcp = FakeGcp.start();
    final FakePool pool = gcp.createPool("123456789", "sealward-pool", "sealward")
            .allowAudience("org-a")
            .admitSubject(SUBJECT);
    final FakeCryptoKey key = gcp.createKey("projects/tenant-kms/locations/us-east1/keyRings/ring/cryptoKeys/kek")
            .bind(pool.principal(SUBJECT));
    GcpCloud cloud;
    GcpKek kek;

    @BeforeEach
    void open() {
        cloud = gcp.connect(gcp.subjectTokens(SUBJECT), ONE_ATTEMPT);
        kek = cloud.open(spec(Optional.empty()));
    }

    @AfterEach
    void close() {
        kek.close();
        cloud.close();
        gcp.close();
    }

    static GcpKeySpec spec(Optional<String> version) {
        return new GcpKeySpec(
                "123456789", "sealward-pool", "sealward", "org-a", "tenant-kms", "us-east1", "ring", "kek", version);
    }
}
