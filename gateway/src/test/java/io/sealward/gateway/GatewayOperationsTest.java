package io.sealward.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.config.AuditConfig;
import io.sealward.gateway.config.CloudsConfig;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.KeyCacheConfig;
import io.sealward.gateway.config.ManagementConfig;
import io.sealward.gateway.config.MultipartConfig;
import io.sealward.gateway.config.NoticesConfig;
import io.sealward.gateway.config.ProjectConfig;
import io.sealward.gateway.config.S3Listener;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.gateway.config.StsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A gateway with the projects of its file, and no registry. */
class GatewayOperationsTest {
    private static final String TOKEN = "a token for metrics";

    @Test
    void healthAndMetricsAreServedWithoutARegistryAndTheApiIsNot() throws Exception {
        try (Gateway gateway = Gateway.start(config(0, 0, Optional.empty()))) {
            assertThat(get(gateway, "/healthz", "").body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(get(gateway, "/readyz", "").body())
                    .isEqualTo("{\"status\":\"ready\",\"checks\":{\"serving\":\"ok\"}}");
            assertThat(get(gateway, "/metrics", "").body()).contains("sealward_exchanges");
            for (String path : List.of("/v1/organization/projects", "/v1/openapi.json")) {
                HttpResponse<String> none = get(gateway, path, "");
                assertThat(none.statusCode()).isEqualTo(404);
                assertThat(none.body()).contains("\"code\":\"unknown_url\"");
            }
        }
    }

    @Test
    void withATokenTheMetricsAreForThoseWhoHaveIt() throws Exception {
        try (Gateway gateway = Gateway.start(config(0, 0, Optional.of(new Secret(TOKEN))))) {
            assertThat(get(gateway, "/metrics", "").statusCode()).isEqualTo(401);
            HttpResponse<String> wrong = get(gateway, "/metrics", TOKEN + "x");
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.body()).contains("\"error\"").doesNotContain("sealward_exchanges", TOKEN);
            assertThat(get(gateway, "/metrics", TOKEN).body()).contains("sealward_exchanges");
            assertThat(get(gateway, "/healthz", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aManagementPortThatIsTakenStopsTheStartAndLetsTheS3PortGo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int s3Port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                s3Port = free.getLocalPort();
            }
            assertThatThrownBy(() -> Gateway.start(config(s3Port, taken.getLocalPort(), Optional.empty())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot listen on")
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
            Gateway.start(config(s3Port, 0, Optional.empty())).close();
        }
    }

    @Test
    void aRegistryThatIsSilentIsShown() {
        assertThat(Management.fresh(() -> Duration.ofSeconds(29)).obstacle().get())
                .isEmpty();
        assertThat(Management.fresh(() -> Duration.ofSeconds(30)).obstacle().get())
                .contains("the database has not answered for 30 s");
        assertThat(Management.fresh(() -> Duration.ofSeconds(30)).required()).isFalse();
        assertThat(Management.lease(() -> false).obstacle().get()).isEmpty();
        assertThat(Management.lease(() -> true).obstacle().get()).isPresent();
        assertThat(Management.lease(() -> true).required()).isTrue();
    }

    private static GatewayConfig config(int s3Port, int managementPort, Optional<Secret> token) {
        return new GatewayConfig(
                S3Listener.loopback(s3Port),
                StoreConfig.of(URI.create("http://127.0.0.1:9"), "store-user", "store-secret"),
                Optional.empty(),
                List.of(ProjectConfig.of("org-main", "proj_main", "sealward", "client-secret")),
                KeyCacheConfig.DEFAULT,
                MultipartConfig.DEFAULT,
                Duration.ZERO,
                Duration.ofSeconds(1),
                Optional.of(new ManagementConfig("127.0.0.1", managementPort, Optional.empty(), 100, token)),
                Optional.empty(),
                NoticesConfig.NONE,
                AuditConfig.NONE,
                CloudsConfig.NONE,
                StsConfig.NONE);
    }

    private static HttpResponse<String> get(Gateway gateway, String path, String token)
            throws IOException, InterruptedException {
        int port = gateway.managementAddress().orElseThrow().getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(2));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
