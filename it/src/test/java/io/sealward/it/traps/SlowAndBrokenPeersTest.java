package io.sealward.it.traps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sealward.gateway.Gateway;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.LimitsConfig;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.it.cloud.LoggedText;
import io.sealward.it.stack.Eventually;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Reading;
import io.sealward.it.stack.Stack;
import io.sealward.it.store.S3Target;
import io.sealward.it.wire.Answer;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.Relay;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A store or a client that breaks off or stands still: an error in time, no half object, and the next request works. */
class SlowAndBrokenPeersTest {
    private static final byte[] CONTENT = Multipart.random(24 << 20, 13);
    private static final Duration HURRY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static Relay relay;

    @RegisterExtension
    static final Stack STACK = Stack.http(SlowAndBrokenPeersTest::behindTheRelay);

    private String bucket;

    private static GatewayConfig behindTheRelay(GatewayConfig config) {
        relay = new Relay(config.store().endpoint());
        return waiting(config, PATIENCE, PATIENCE);
    }

    private static GatewayConfig waiting(GatewayConfig config, Duration forTheStore, Duration forTheClient) {
        StoreConfig store = config.store();
        return config.withS3(config.s3().withLimits(LimitsConfig.DEFAULT.withIdleTimeout(forTheClient)))
                .withStore(new StoreConfig(
                        relay.endpoint(),
                        store.region(),
                        store.accessKey(),
                        store.secretKey(),
                        store.addressing(),
                        store.trustedCertificates(),
                        store.connectTimeout(),
                        forTheStore,
                        store.folderKeys(),
                        store.atOnce()));
    }

    @FunctionalInterface
    private interface Attempt {
        void at(S3Target gateway) throws Exception;
    }

    /** At a gateway that soon gives up a store that is silent. */
    private static void hurriedWithTheStore(Attempt attempt) throws Exception {
        atAGatewayWaiting(HURRY, PATIENCE, attempt);
    }

    /** At a gateway that soon gives up a client that is silent. */
    private static void hurriedWithTheClient(Attempt attempt) throws Exception {
        atAGatewayWaiting(PATIENCE, HURRY, attempt);
    }

    private static void atAGatewayWaiting(Duration forTheStore, Duration forTheClient, Attempt attempt)
            throws Exception {
        try (Gateway hurried = Gateway.start(waiting(STACK.config(), forTheStore, forTheClient))) {
            attempt.at(STACK.mainProjectAt(hurried));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        relay.close();
    }

    @BeforeEach
    void store() {
        relay.forget();
        bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            client.putObject(r -> r.bucket(bucket).key("stored"), RequestBody.fromBytes(CONTENT));
        }
    }

    @AfterEach
    void theGatewayServesAsBefore() {
        relay.forget();
        Reading read = Reading.of(STACK.gateway(), bucket, "stored");
        assertThat(read.complete()).isTrue();
        assertThat(read.body()).isEqualTo(CONTENT);
        try (S3Client behind = STACK.behind()) {
            assertThat(behind.listObjectsV2(r -> r.bucket(bucket)).contents()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 100_000, 10 << 20})
    void aStoreThatResetsDuringAnUpload(long bytes) throws IOException {
        relay.resetAfterSent(bytes);

        assertThat(upload(STACK.gateway()).outcome()).isEqualTo("503 ServiceUnavailable");
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 10 << 20})
    void aStoreThatStopsTakingAnUpload(long bytes) throws Exception {
        relay.stallAfterSent(bytes);

        hurriedWithTheStore(gateway -> assertThat(upload(gateway).outcome()).isEqualTo("503 ServiceUnavailable"));
    }

    @Test
    void aStoreThatTakesAnUploadAndSaysNothing() throws Exception {
        relay.stallAfterReceived(0);
        byte[] small = "small".getBytes(UTF_8);
        hurriedWithTheStore(gateway -> {
            try (RawHttp http = RawHttp.connect(gateway)) {
                http.send(request(gateway, "PUT", "new").body(small).bytes());
                assertThat(http.answer().outcome()).isEqualTo("503 ServiceUnavailable");
            }
        });
        try (S3Client behind = STACK.behind()) { // the store has it: what failed is only the word of it
            behind.deleteObject(r -> r.bucket(bucket).key("new"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 100_000, 10 << 20})
    void aStoreThatResetsDuringADownload(long bytes) {
        relay.resetAfterReceived(bytes);

        Reading.of(STACK.gateway(), bucket, "stored").assertRefused(CONTENT, "ServiceUnavailable");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 10 << 20})
    void aStoreThatStopsDuringADownload(long bytes) throws Exception {
        relay.stallAfterReceived(bytes);

        hurriedWithTheStore(
                gateway -> Reading.of(gateway, bucket, "stored").assertRefused(CONTENT, "ServiceUnavailable"));
    }

    @Test
    void aClientThatStopsSending() throws Exception {
        hurriedWithTheClient(gateway -> {
            byte[] request = request(gateway, "PUT", "new").body(CONTENT).bytes();
            try (RawHttp http = RawHttp.connect(gateway)) {
                http.send(Arrays.copyOf(request, request.length - (1 << 20)));
                assertThat(http.answer().outcome()).isEqualTo("400 RequestTimeout");
                assertThat(http.closes()).isTrue();
            }
        });
    }

    @Test
    void aClientThatStopsBetweenRequestsOrWithinAHead() throws Exception {
        hurriedWithTheClient(gateway -> {
            try (RawHttp idle = RawHttp.connect(gateway);
                    RawHttp half = RawHttp.connect(gateway)) {
                half.send("GET / HTTP/1.1\r\nHos".getBytes(UTF_8));
                assertThat(idle.closes()).isTrue();
                assertThat(half.closes()).isTrue();
            }
        });
    }

    @Test
    void aClientThatStopsReadingIsCutOff() throws Exception {
        Logger access = (Logger) LoggerFactory.getLogger("sealward.access");
        Level level = access.getLevel();
        access.setLevel(Level.INFO);
        try {
            hurriedWithTheClient(this::stopReading);
        } finally {
            access.setLevel(level);
        }
    }

    private void stopReading(S3Target gateway) throws Exception {
        try (RawHttp http = RawHttp.connect(gateway);
                LoggedText log = new LoggedText()) {
            http.send(request(gateway, "GET", "stored").bytes());
            assertThat(http.status()).isEqualTo(200);
            Eventually.holds("it is cut", () -> log.text().contains("outcome=cut:IdleTimeout"));
            byte[] read = http.rest();
            assertThat(read.length).isLessThan(CONTENT.length);
            assertThat(read).isEqualTo(Arrays.copyOf(CONTENT, read.length));
        }
    }

    private Answer upload(S3Target gateway) throws IOException {
        try (RawHttp http = RawHttp.connect(gateway)) {
            http.send(request(gateway, "PUT", "new").body(CONTENT).bytes());
            return http.answer();
        }
    }

    private SignedRequest request(S3Target gateway, String method, String key) {
        return SignedRequest.of(gateway, method, "/" + bucket + '/' + key);
    }
}
