package io.sealward.gateway.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sealward.gateway.config.NoticesConfig;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.key.KeyChanged;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.KeyState;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private static final String SECRET = "planted-webhook-secret";
    private static final Duration HOUR = Duration.ofHours(1);

    private final Events events = new Events();
    private final BlockingQueue<NoticeEnded.Outcome> outcomes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> signatures = new LinkedBlockingQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private HttpServer server;
    private Notices notices;

    @BeforeEach
    void start() throws IOException {
        events.when(NoticeEnded.class, ended -> outcomes.add(ended.outcome()));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "hook");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    @AfterEach
    void stop() {
        notices.close();
        stopped.countDown();
        server.stop(0);
    }

    /** 0 is no answer at all. */
    private void answer(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        signatures.add(exchange.getRequestHeaders().getFirst("Sealward-Signature"));
        Integer status = answers.poll();
        try {
            if (status != null && status == 0) {
                stopped.await();
            }
            exchange.getResponseHeaders().add("Location", "/hook");
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Notices notices(Duration timeout, Duration giveUpAfter) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        NoticesConfig.Webhook webhook =
                new NoticesConfig.Webhook(url, new Secret(SECRET), timeout, giveUpAfter, Optional.empty());
        return new Notices(new NoticesConfig("gateway-1", List.of(webhook)), events, Clock.systemUTC());
    }

    private void revoked() {
        KeyState now = KeyState.first(
                Optional.of(new KmsException(KmsError.REVOKED, "the key \"a\" is disabled")), Instant.now());
        events.tell(new KeyChanged(
                new KeyStands.Key("org-1", "extkey_1", "aws"), Optional.of(KeyState.Status.ACTIVE), now));
    }

    @Test
    void aChangeIsPostedAsASignedCloudEvent() throws Exception {
        notices = notices(HOUR, HOUR);
        revoked();
        assertThat(outcomes.take()).isEqualTo(NoticeEnded.Outcome.DELIVERED);
        String body = bodies.take();
        JsonNode event = new ObjectMapper().readTree(body);
        assertThat(event.get("specversion").textValue()).isEqualTo("1.0");
        assertThat(event.get("source").textValue()).isEqualTo("gateway-1");
        assertThat(event.get("type").textValue()).isEqualTo("io.sealward.external_key.state_changed");
        assertThat(event.get("subject").textValue()).isEqualTo("extkey_1");
        assertThat(Instant.parse(event.get("time").textValue())).isBeforeOrEqualTo(Instant.now());
        assertThat(event.at("/data/state").textValue()).isEqualTo("revoked");
        assertThat(event.at("/data/before").textValue()).isEqualTo("active");
        assertThat(event.at("/data/reason").textValue()).isEqualTo("the key \"a\" is disabled");
        String signature = signatures.take();
        assertThat(signature).matches("t=[0-9]+,v1=[0-9a-f]{64}");
        String seconds = signature.substring(2, signature.indexOf(','));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        assertThat(signature).endsWith(HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(UTF_8))));
    }

    @Test
    void whatIsNotTakenIsPostedAgainAsTheSameEvent() throws Exception {
        answers.addAll(List.of(503, 302));
        notices = notices(HOUR, HOUR);
        revoked();
        assertThat(outcomes.take()).isEqualTo(NoticeEnded.Outcome.DELIVERED);
        assertThat(bodies).hasSize(3);
        assertThat(List.copyOf(bodies).stream().distinct()).hasSize(1);
    }

    @Test
    void whatIsNeverTakenIsGivenUpInTheEnd() throws Exception {
        answers.addAll(List.of(500, 500, 500, 500));
        notices = notices(HOUR, Duration.ofMillis(1));
        revoked();
        assertThat(outcomes.take()).isEqualTo(NoticeEnded.Outcome.GIVEN_UP);
    }

    @Test
    void anAddressThatHangsHoldsUpNobodyAndNoMoreWaitThanABound() throws Exception {
        answers.add(0);
        notices = notices(HOUR, HOUR);
        revoked();
        bodies.take();
        for (int i = 0; i < Webhook.MOST_WAITING + 5; i++) {
            revoked();
        }
        assertThat(outcomes).hasSize(5).containsOnly(NoticeEnded.Outcome.NO_ROOM);
        notices.close();
        for (int i = 0; i < 5; i++) {
            outcomes.take();
        }
        for (int i = 0; i < Webhook.MOST_WAITING + 1; i++) {
            assertThat(outcomes.take()).isEqualTo(NoticeEnded.Outcome.GIVEN_UP);
        }
    }

    @Test
    void anAddressThatHangsIsLeftAfterItsTime() throws Exception {
        answers.add(0);
        notices = notices(Duration.ofMillis(200), HOUR);
        revoked();
        assertThat(outcomes.take()).isEqualTo(NoticeEnded.Outcome.DELIVERED);
        assertThat(bodies).hasSize(2);
    }
}
