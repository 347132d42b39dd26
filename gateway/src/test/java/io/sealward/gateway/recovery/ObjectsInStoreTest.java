package io.sealward.gateway.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sealward.gateway.recovery.StoredObjects.Fetched;
import io.sealward.gateway.recovery.StoredObjects.Listed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A store that answers as none should. */
class ObjectsInStoreTest {
    private HttpServer store;
    private ObjectsInStore objects;
    private String answer = "";

    @BeforeEach
    void start() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        store.start();
        S3Client client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .region(Region.US_EAST_1)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + store.getAddress().getPort()))
                .forcePathStyle(true)
                .build();
        objects = new ObjectsInStore(client, "bucket", "");
    }

    @AfterEach
    void stop() {
        objects.close();
        store.stop(0);
    }

    @Test
    void whatTheStoreLeavesOutIsNotMissed() throws IOException {
        answer = list("<Contents/><Contents><Key>a</Key></Contents>");

        assertThat(objects.list()).containsExactly(new Listed("", Instant.EPOCH), new Listed("a", Instant.EPOCH));
        try (Fetched object = objects.fetch("a")) {
            assertThat(object.modified()).isEqualTo(Instant.EPOCH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<NextContinuationToken>here</NextContinuationToken>"})
    void aListThatHasMoreAndDoesNotGoOnIsToldOf(String next) {
        answer = list("<IsTruncated>true</IsTruncated><Contents><Key>a</Key></Contents>" + next);

        assertThatThrownBy(() -> objects.list().limit(5).toList())
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("does not go on");
    }

    private static String list(String content) {
        return "<ListBucketResult>" + content + "</ListBucketResult>";
    }
}
