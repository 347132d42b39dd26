package io.sealward.providers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.resilience.CallLimits;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GcpCloudTest {
    @Test
    void opensAKeyWithoutAskingAnything() throws IOException {
        SubjectTokens none = audience -> {
            throw new AssertionError("asked for " + audience);
        };
        GcpKeySpec spec = new GcpKeySpec(
                "1", "pool", "provider", "org-a", "tenant-kms", "global", "ring", "kek", Optional.empty());

        try (GcpCloud cloud = GcpCloud.live(none, GcpEndpoints.PUBLIC, CallLimits.DEFAULT);
                GcpKek kek = cloud.open(spec)) {
            assertThat(kek.provider()).isEqualTo("gcp");
            assertThat(kek.keyId()).isEqualTo(spec.keyName());
        }
    }
}
