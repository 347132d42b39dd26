package io.sealward.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.sealward.gateway.config.CloudsConfig;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.loopback.KeytoolCertificate;
import io.sealward.gateway.management.externalkey.KeyControl;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.registry.KeystoreOpener;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.TestDatabase;
import io.sealward.providers.KmsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @Test
    void overTlsTheApiSpeaksTlsOnly(@TempDir Path directory) throws Exception {
        SslContext serving = serverContext(directory);
        try (KeystoreOpener opener = new KeystoreOpener(directory.resolve("k.bcfks"));
                Registry registry = Registry.open(
                        TestDatabase.h2Shared("tls" + UUID.randomUUID()).settings(), opener, Clock.systemUTC());
                Metrics metrics = new Metrics();
                ManagementServer server = ManagementServer.start(
                        new ManagementSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Optional.of(() -> serving),
                                List.of(),
                                Optional.empty()),
                        Optional.of(new Api(registry, opener, new NoKeys(), new Onboarding(CloudsConfig.NONE))),
                        metrics)) {
            SSLContext trusting = SSLContext.getInstance("TLS");
            trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
            HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
            int port = server.address().getPort();
            assertThat(client.send(request("https", port), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("{\"status\":\"ok\"}");
            assertThatThrownBy(() -> client.send(request("http", port), HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    private static HttpRequest request(String scheme, int port) {
        return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + "/healthz"))
                .timeout(Duration.ofMinutes(2))
                .build();
    }

    private static SslContext serverContext(Path directory) throws Exception {
        KeyStore store = KeytoolCertificate.in(directory, "-ext", "san=dns:localhost");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, KeytoolCertificate.password());
        return SslContextBuilder.forServer(keys).build();
    }

    private static final class NoKeys implements KeyControl {
        @Override
        public Optional<KeyState> state(String externalKeyId) {
            return Optional.empty();
        }

        @Override
        public void proved(KeyStands.Key key, Optional<KmsException> failure) {}
    }
}
