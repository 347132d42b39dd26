package io.sealward.gateway.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.flow.AskedReads;
import io.sealward.gateway.flow.NoOutlet;
import io.sealward.gateway.flow.Pump;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client connection does between, across and amid requests. */
class ClientConnectionTest {
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final LoopbackSockets sockets = sockets();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final Queue<Exchange> kept = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Integer> handledInATurn = new CompletableFuture<>();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final List<Long> sentBytes = new CopyOnWriteArrayList<>();
    private FrontServer front;
    private RawClient client;

    LoopbackSockets sockets() {
        return LoopbackSockets.counted();
    }

    @BeforeEach
    void start() {
        front = LoopbackGateway.start(sockets, IDLE, this::handle, observer());
        client = new RawClient(front.address());
    }

    @AfterEach
    void nothingIsHeld() {
        client.close();
        sockets.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private Events observer() {
        Events events = new Events();
        events.when(ExchangeEnded.class, ended -> sentBytes.add(ended.sentBytes()));
        return events;
    }

    private CompletionStage<Void> handled(Exchange exchange) {
        handle(exchange);
        return CompletableFuture.completedStage(null);
    }

    /** The path says what to do. */
    private void handle(Exchange exchange) {
        String path = exchange.request().uri();
        handled.add(path);
        switch (path) {
            case "/read" -> {
                Gathered gathered = new Gathered();
                exchange.receive(gathered, NoOutlet.INSTANCE).whenComplete((done, failure) -> {
                    if (failure == null) {
                        exchange.respond(new Response(
                                200, new DefaultHttpHeaders(), gathered.text().getBytes(UTF_8)));
                    } else {
                        ((ClientExchange) exchange).fail(failure);
                    }
                });
            }
            case "/turn" -> {
                exchange.respond(Response.empty(200));
                exchange.eventLoop().execute(() -> handledInATurn.complete(handled.size()));
            }
            case "/refuse" -> throw new S3Exception(S3Error.ACCESS_DENIED);
            case "/keep" -> kept.add(exchange);
            case "/broken" -> throw new IllegalStateException("unforeseen");
            case "/unchanged" -> exchange.respond(Response.empty(304));
            default -> exchange.respond(new Response(200, new DefaultHttpHeaders(), path.getBytes(UTF_8)));
        }
    }

    private static final class Gathered implements ByteSink {
        private final StringBuilder text = new StringBuilder();
        private final AtomicInteger finishes = new AtomicInteger();
        private final AtomicInteger closes = new AtomicInteger();

        String text() {
            return text.toString();
        }

        @Override
        public void write(ByteBuf data) {
            text.append(data.toString(UTF_8));
            data.release();
        }

        @Override
        public void finish() {
            finishes.incrementAndGet();
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }

    /** Receives the body of the exchange that was kept. */
    private static CompletableFuture<Void> receive(Exchange exchange, Gathered gathered) {
        CompletableFuture<Void> received = new CompletableFuture<>();
        exchange.eventLoop()
                .execute(() -> exchange.receive(gathered, NoOutlet.INSTANCE).whenComplete((done, failure) -> {
                    if (failure == null) {
                        received.complete(null);
                    } else {
                        received.completeExceptionally(failure);
                    }
                }));
        return received;
    }

    private Exchange kept() {
        Eventually.holds(() -> assertThat(kept).isNotEmpty());
        return kept.remove();
    }

    private static void assertIncomplete(CompletableFuture<Void> received) {
        assertThatThrownBy(received::get).cause().isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.error())
                .isEqualTo(S3Error.INCOMPLETE_BODY));
    }

    private static String request(String method, String path, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: gateway\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        client.send(request("GET", "/a") + request("PUT", "/read", "Content-Length: 3") + "abc" + request("HEAD", "/h")
                + request("GET", "/b"));
        assertThat(client.answer().text()).isEqualTo("/a");
        assertThat(client.answer().text()).isEqualTo("abc");
        assertThat(client.head().header("content-length")).isEqualTo("2");
        assertThat(client.answer().text()).isEqualTo("/b");
    }

    @Test
    void requestsThatWaitInOneReadTakeTurnsWithOtherClients() throws Exception {
        client.send(request("GET", "/turn") + request("GET", "/a").repeat(50));
        assertThat(handledInATurn.get()).isEqualTo(1);
        for (int i = 0; i <= 50; i++) {
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void continueIsSaidOnlyToARequestWhoseBodyIsWanted() {
        client.send(request("PUT", "/read", "Content-Length: 3", "Expect: 100-continue"));
        assertThat(client.head().status()).isEqualTo(100);
        assertThat(client.send("abc").answer().text()).isEqualTo("abc");
        client.send(request("PUT", "/refuse", "Content-Length: 3", "Expect: 100-continue"));
        RawClient.Answer refused = client.answer();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("connection")).isEqualTo("close");
        client.close();
    }

    @Test
    void anInterimAnswerDoesNotConfuseThePipeline() {
        client.send(request("PUT", "/read", "Content-Length: 3", "Expect: 100-continue") + "abc"
                + request("HEAD", "/refuse") + request("GET", "/a"));
        assertThat(client.head().status()).isEqualTo(100);
        assertThat(client.answer().text()).isEqualTo("abc");
        assertThat(client.head().status()).isEqualTo(403);
        assertThat(client.answer().text()).isEqualTo("/a");
    }

    @Test
    void aSmallBodyNobodyWantedIsReadPast() {
        client.send(request("PUT", "/refuse", "Content-Length: 200000"))
                .send("x".repeat(200_000))
                .send(request("GET", "/a"));
        assertThat(client.answer().status()).isEqualTo(403);
        assertThat(client.answer().text()).isEqualTo("/a");
    }

    @Test
    void aLargeBodyNobodyWantedEndsTheConnectionAfterTheAnswer() {
        client.send(request("PUT", "/refuse", "Content-Length: 4000000")).send("x".repeat(2_000_000));
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("connection")).isEqualTo("close");
        client.send("x".repeat(2_000_000));
        assertThat(client.closed()).isTrue();
    }

    @Test
    void anAnswerInTheMidstOfABodyKeepsTheConnectionUsable() throws Exception {
        client.send(request("PUT", "/keep", "Content-Length: 100000")).send("x".repeat(50_000));
        Exchange exchange = kept();
        CompletableFuture<Void> received = receive(exchange, new Gathered());
        exchange.eventLoop().execute(() -> ((ClientExchange) exchange).fail(new S3Exception(S3Error.SLOW_DOWN)));
        assertThat(client.answer().status()).isEqualTo(503);
        assertIncomplete(received);
        client.send("x".repeat(50_000)).send(request("GET", "/a"));
        assertThat(client.answer().text()).isEqualTo("/a");
    }

    @Test
    void chunkedBodiesAreReadAndGarbledOnesEndTheConnection() {
        client.send(request("PUT", "/read", "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\n\r\n");
        assertThat(client.answer().text()).isEqualTo("abc");
        client.send(request("PUT", "/read", "Transfer-Encoding: chunked") + "3\r\nabc\r\nzz\r\nabc");
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("connection")).isEqualTo("close");
    }

    @Test
    void aTransferCodingNobodyKnowsIsRefusedAndWhatFollowsIsNoRequest() {
        Map<String, RawClient> clients = new TreeMap<>();
        for (String coding : List.of(
                "gzip", "identity", "gzip, chunked", "chunked, gzip", "chunked, chunked", "xchunked", "chunked;a=b")) {
            RawClient sender = new RawClient(front.address());
            clients.put(coding, sender);
            sender.send(request("PUT", "/a", "Transfer-Encoding: " + coding) + request("GET", "/smuggled"));
        }
        clients.forEach((coding, sender) -> {
            RawClient.Answer answer = sender.answer();
            assertThat(answer.status()).as(coding).isIn(400, 501);
            assertThat(answer.header("connection")).as(coding).isEqualTo("close");
            assertThat(sender.closed()).as(coding).isTrue();
            sender.close();
        });
        assertThat(handled).isEmpty();
    }

    @Test
    void aClientThatHalfClosesGetsTheAnswersToWhatItSent() throws Exception {
        client.send(request("GET", "/keep") + request("PUT", "/read", "Content-Length: 3") + "abc")
                .halfClose();
        Exchange exchange = kept();
        assertThat(another("/b")).isEqualTo("/b"); // in the meantime the end was there to be seen
        exchange.eventLoop().execute(() -> exchange.respond(Response.empty(200)));
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(client.answer().text()).isEqualTo("abc");
        assertThat(client.closed()).isTrue();
    }

    @Test
    void aClientThatHalfClosesGetsAnAnswerThatNoKernelHoldsAtOnce() throws Exception {
        byte[] piece = new byte[64 << 10];
        int pieces = 500;
        client.send(request("GET", "/keep")).halfClose();
        Exchange exchange = kept();
        assertThat(another("/b")).isEqualTo("/b"); // in the meantime the end was there to be seen
        CountDownLatch full = new CountDownLatch(1);
        exchange.eventLoop().execute(() -> {
            HttpHeaders headers = new DefaultHttpHeaders().set("content-length", pieces * piece.length);
            Exchange.ResponseBody body = exchange.open(200, headers, abandoned::incrementAndGet);
            Pump.move(
                    Collections.nCopies(pieces, piece).stream()
                            .map(Unpooled::wrappedBuffer)
                            .iterator(),
                    body,
                    body::end);
            full.countDown();
        });
        full.await();
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).hasSize(pieces * piece.length);
        assertThat(client.closed()).isTrue();
    }

    @Test
    void aBodyBeforeAHalfCloseIsReadAsItIsAskedFor() throws Exception {
        int length = 100_000;
        client.send(request("PUT", "/keep", "Content-Length: " + length) + "x".repeat(1_000));
        Exchange exchange = kept();
        exchange.eventLoop().submit(() -> exchange.reserve(length)).get();
        client.send("x".repeat(length - 1_000)).halfClose();
        assertThat(another("/b")).isEqualTo("/b");
        Gathered gathered = new Gathered();
        receive(exchange, gathered).get();
        assertThat(gathered.text()).hasSize(length);
        exchange.eventLoop().execute(() -> exchange.respond(Response.empty(200)));
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(client.closed()).isTrue();
    }

    @Test
    void aClientThatSentMuchAheadOfItsEndIsHeldToLittle() throws Exception {
        client.send(request("GET", "/keep")).send(request("GET", "/a").repeat(20_000));
        client.halfClose();
        kept();
        assertThat(another("/b")).isEqualTo("/b");
        assertThat(LoopbackSockets.bytesHeld()).isLessThan(64 << 10);
    }

    @Test
    void whatIsSentAheadIsNotRead() throws Exception {
        client.send(request("GET", "/keep")).send(request("GET", "/a").repeat(20_000));
        Exchange exchange = kept();
        assertThat(another("/b")).isEqualTo("/b");
        assertThat(LoopbackSockets.bytesHeld()).isLessThan(64 << 10);
        exchange.eventLoop().execute(() -> exchange.respond(Response.empty(200)));
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(client.answer().text()).isEqualTo("/a");
    }

    @Test
    void aResetAmidAnExchangeIsNoticed() throws Exception {
        client.send(request("GET", "/keep"));
        Exchange exchange = kept();
        client.reset();
        exchange.eventLoop().execute(() -> exchange.respond(Response.empty(200)));
        Eventually.holds(() -> assertThat(front.exchangesUnderWay()).isZero());
    }

    private String another(String path) {
        try (RawClient other = new RawClient(front.address())) {
            return other.send(request("GET", path)).answer().text();
        }
    }

    @Test
    void aRequestLineHasOneSpaceBetweenItsParts() {
        for (String line : List.of(
                "GET  /a HTTP/1.1",
                "GET /a  HTTP/1.1",
                "GET\t/a HTTP/1.1",
                "GET /a\tHTTP/1.1",
                "GET \t/a HTTP/1.1",
                "GET /a \tHTTP/1.1",
                "GET\u000b/a HTTP/1.1",
                "GET /a HTTP/1.1 ",
                "GET /a /b HTTP/1.1")) {
            try (RawClient sender = new RawClient(front.address())) {
                RawClient.Answer answer =
                        sender.send(line + "\r\nHost: gateway\r\n\r\n").answer();
                assertThat(answer.status()).as(line).isEqualTo(400);
                assertThat(answer.header("connection")).as(line).isEqualTo("close");
            }
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void aHeadHasNotMoreFieldsThanAnyClientSends() {
        client.send("GET /a HTTP/1.1\r\n" + "a:\r\n".repeat(RequestCodec.MAX_FIELDS) + "\r\n");
        assertThat(client.answer().text()).isEqualTo("/a");
        client.send("GET /a HTTP/1.1\r\n" + "a:\r\n".repeat(RequestCodec.MAX_FIELDS + 1) + "\r\n");
        assertThat(client.answer().text()).contains("<Code>RequestHeaderSectionTooLarge</Code>");
    }

    @Test
    void anErrorEchoesNoMoreThanTheBeginningOfAPath() {
        client.send("GET /" + "&".repeat(15_000) + " HTTP/3.0\r\n\r\n");
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("<Resource>/&amp;&amp;");
        assertThat(answer.body()).hasSizeLessThan(6_000);
    }

    @Test
    void garbageIsAnsweredAndTheConnectionEnds() {
        client.send("nonsense\r\n\r\n");
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("<Code>");
        assertThat(handled).isEmpty();
    }

    @Test
    void aHeadThatIsTooLargeIsAnsweredWhileItStillComes() {
        client.send("GET /a HTTP/1.1\r\nX: ").send("x".repeat(2_000_000)).send("\r\n\r\n");
        assertThat(client.answer().text()).contains("<Code>RequestHeaderSectionTooLarge</Code>");
    }

    @Test
    void aRequestLineThatIsTooLongIsAnswered() {
        client.send("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.answer().text()).contains("<Code>InvalidURI</Code>");
    }

    @Test
    void differingLengthsAreRefused() {
        client.send(request("PUT", "/read", "Content-Length: 3", "Content-Length: 4") + "abc");
        assertThat(client.answer().status()).isEqualTo(400);
        assertThat(handled).isEmpty();
    }

    @Test
    void http10IsKeptAliveOnlyWhereItAsks() {
        client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        RawClient.Answer kept = client.answer();
        assertThat(kept.header("connection")).isEqualTo("keep-alive");
        client.send("GET /a HTTP/1.0\r\n\r\n");
        assertThat(client.answer().header("connection")).isEqualTo("close");
        assertThat(client.closed()).isTrue();
    }

    @Test
    void whatIsUnforeseenIsToldWithoutDetail() {
        client.send(request("GET", "/broken"));
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains("<Code>InternalError</Code>").doesNotContain("unforeseen");
        assertThat(client.send(request("GET", "/a")).answer().text()).isEqualTo("/a");
    }

    @Test
    void notModifiedSaysNoLength() {
        RawClient.Answer answer = client.send(request("GET", "/unchanged")).answer();
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.headers()).doesNotContainKey("content-length");
        assertThat(client.send(request("GET", "/a")).answer().text()).isEqualTo("/a");
    }

    @Test
    void aBodyThatIsCutNeverFinishes() throws Exception {
        client.send(request("PUT", "/keep", "Content-Length: 10")).send("abc");
        Gathered gathered = new Gathered();
        CompletableFuture<Void> received = receive(kept(), gathered);
        client.close();
        assertIncomplete(received);
        assertThat(gathered.finishes).hasValue(0);
        assertThat(gathered.closes).hasValue(1);
        Eventually.holds(() -> assertThat(front.exchangesUnderWay()).isZero());
    }

    @Test
    void anAnswerOpenedForAClientThatLeftIsAbandoned() throws Exception {
        client.send(request("PUT", "/keep", "Content-Length: 10"));
        Exchange exchange = kept();
        receive(exchange, new Gathered()); // who reads notices that the client leaves
        client.reset();
        Eventually.holds(() -> assertThat(front.exchangesUnderWay()).isZero());
        HttpHeaders headers = new DefaultHttpHeaders().set("content-length", 5);
        exchange.eventLoop().execute(() -> {
            Exchange.ResponseBody body = exchange.open(200, headers, abandoned::incrementAndGet);
            body.write(exchange.allocator().heapBuffer().writeZero(5));
            body.end();
        });
        Eventually.holds(() -> assertThat(abandoned.get()).isEqualTo(1));
    }

    @Test
    void anAnswerThatFailsMidwayIsCutShort() throws Exception {
        client.send(request("GET", "/keep"));
        Exchange exchange = kept();
        HttpHeaders headers = new DefaultHttpHeaders().set("content-length", 500);
        exchange.eventLoop().execute(() -> {
            Exchange.ResponseBody body = exchange.open(200, headers, abandoned::incrementAndGet);
            body.write(exchange.allocator().heapBuffer().writeZero(5));
            ((ClientExchange) exchange).fail(new S3Exception(S3Error.KMS_DISABLED));
            body.write(exchange.allocator().heapBuffer().writeZero(5));
            body.end();
        });
        assertThat(client.bytesUntilReset()).isLessThan(500);
        assertThat(abandoned).hasValue(0);
    }

    @Test
    void aDrainWaitsForTheExchangeUnderWayAndClosesTheIdle() throws Exception {
        try (RawClient idle = new RawClient(front.address())) {
            assertThat(idle.send(request("GET", "/a")).answer().text()).isEqualTo("/a");
            client.send(request("GET", "/keep"));
            Eventually.holds(() -> assertThat(kept).isNotEmpty());
            var drained = front.drain().toCompletableFuture();
            assertThat(idle.closed()).isTrue();
            assertThat(drained).isNotDone();
            Exchange exchange = kept.remove();
            exchange.eventLoop().execute(() -> exchange.respond(Response.empty(200)));
            assertThat(client.answer().header("connection")).isEqualTo("close");
            drained.get();
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aDrainLetsAClientFinishTheBodyThatWasRefused() throws Exception {
        client.send(request("PUT", "/refuse", "Content-Length: 4000000")).send("x".repeat(2_000_000));
        assertThat(client.answer().status()).isEqualTo(403);
        front.drain();
        sockets.loops().next().submit(() -> {}).sync();
        client.send("x".repeat(1_000_000)).send("x".repeat(1_000_000));
        assertThat(client.closed()).isTrue();
    }

    @Test
    void aConnectionThatADrainMissedIsClosedWhenItOpens() {
        Drain drain = new Drain();
        drain.start();
        EmbeddedChannel late = new EmbeddedChannel(new ClientConnection(
                new Front(LoopbackGateway.limits(IDLE), this::handled, observer(), drain), new AskedReads(1, 1)));
        late.runPendingTasks();
        assertThat(late.isOpen()).isFalse();
    }

    @Test
    void whatAHeadDoesNotCarryIsNotCountedAsSent() throws Exception {
        client.send(request("HEAD", "/refuse"));
        RawClient.Answer head = client.head();
        assertThat(head.status()).isEqualTo(403);
        assertThat(Integer.parseInt(head.header("content-length"))).isPositive();
        assertThat(client.send(request("GET", "/a")).answer().text()).isEqualTo("/a");
        Eventually.holds(() -> assertThat(sentBytes.size()).isEqualTo(2));
        assertThat(sentBytes).containsExactly(0L, 2L);
    }
}
