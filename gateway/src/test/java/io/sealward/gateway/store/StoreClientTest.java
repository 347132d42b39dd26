package io.sealward.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.gateway.store.StoreSettings.Timeouts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to a store that behaves, and to one that does not. */
class StoreClientTest {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final byte[] NONE = {};
    private static final byte[] HELLO = "hello".getBytes(UTF_8);

    private final LoopbackSockets sockets = sockets();
    private final LoopbackStore store = new LoopbackStore(call -> {
        call.body();
        call.respond(200, Map.of(), HELLO);
    });
    private final EventLoop loop = (EventLoop) sockets.loops().iterator().next();
    private final StoreClient client = client(store.port(), PATIENCE);

    LoopbackSockets sockets() {
        return LoopbackSockets.counted();
    }

    @AfterEach
    void nothingIsHeld() {
        sockets.close();
        store.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private StoreClient client(int port, Duration responseTimeout) {
        return client(settings(port, responseTimeout));
    }

    private StoreSettings settings(int port, Duration responseTimeout) {
        return new StoreSettings(
                "127.0.0.1", port, Optional.empty(), true, new Timeouts(PATIENCE, responseTimeout, PATIENCE));
    }

    private StoreClient client(StoreSettings settings) {
        return StoreClient.of(
                settings, loop, sockets.store(), new RequestSigner("access", "secret", "us-east-1", Clock.systemUTC()));
    }

    private <T> T on(Callable<CompletionStage<T>> call) throws Exception {
        return loop.submit(call).get().toCompletableFuture().get();
    }

    private StoreClient.Collected get(StoreClient client) throws Exception {
        return on(() -> client.exchange(StoreRequest.of(HttpMethod.GET, "bkt", "k"), NONE, 100));
    }

    private StoreClient.Collected post(StoreClient client, byte[] body) throws Exception {
        return on(() -> client.exchange(StoreRequest.of(HttpMethod.POST, "bkt", "k"), body, 100));
    }

    private void fails(Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aConnectionServesOneCallAfterTheOther() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(get(client).body()).isEqualTo(HELLO);
            assertThat(post(client, HELLO).body()).isEqualTo(HELLO);
        }
        assertThat(store.openConnections()).isEqualTo(1);
    }

    @Test
    void aPooledConnectionTheStoreHasJustClosedIsReplacedForARequestThatMayBeRepeated() throws Exception {
        get(client);
        store.next(LoopbackStore.Call::hangUp);
        assertThat(get(client).body()).isEqualTo(HELLO);
        assertThat(store.requests()).hasSize(3);
    }

    @Test
    void aRequestThatMayHaveMadeSomethingIsNotSentTwice() throws Exception {
        get(client);
        store.next(LoopbackStore.Call::hangUp);
        fails(() -> post(client, NONE));
        assertThat(store.requests()).hasSize(2);
    }

    @Test
    void aPutOfAnObjectIsSentTwiceUnlessItIsConditional() throws Exception {
        StoreRequest put = StoreRequest.of(HttpMethod.PUT, "bkt", "k");
        get(client);
        store.next(LoopbackStore.Call::hangUp);
        assertThat(on(() -> client.exchange(put, HELLO, 100)).body()).isEqualTo(HELLO);
        store.next(LoopbackStore.Call::hangUp);
        fails(() -> on(() -> client.exchange(put.header("if-none-match", "*"), HELLO, 100)));
        assertThat(store.requests()).hasSize(4);
    }

    @Test
    void anUploadIsNotBegunBeforeItsFirstBytesAndGoesOnWhereTheyWaited() throws Exception {
        StoreClient.Collected collected = on(() -> {
            StoreUpload upload =
                    client.upload(StoreRequest.of(HttpMethod.PUT, "bkt", "k").contentLength(3L * HELLO.length));
            assertThat(upload.writable()).isTrue();
            upload.write(Unpooled.wrappedBuffer(HELLO));
            assertThat(upload.writable()).isFalse(); // until there is a connection
            upload.onWritable(() -> upload.write(Unpooled.wrappedBuffer(HELLO)));
            upload.end(Unpooled.wrappedBuffer(HELLO));
            upload.onWritable(() -> {
                upload.write(Unpooled.wrappedBuffer(HELLO));
                upload.finish();
            });
            return upload.answered().thenCompose(answered -> client.collect(answered, 100));
        });
        assertThat(collected.body()).isEqualTo(HELLO);
        assertThat(store.openConnections()).isEqualTo(1);
    }

    @Test
    void anUploadThatIsGivenUpBeforeItIsBegunLeavesNothing() throws Exception {
        fails(() -> on(() -> {
            StoreUpload upload =
                    client.upload(StoreRequest.of(HttpMethod.PUT, "bkt", "k").contentLength(2L * HELLO.length));
            upload.end(sockets.store().allocator().directBuffer(HELLO.length).writeBytes(HELLO));
            upload.write(sockets.store().allocator().directBuffer(HELLO.length).writeBytes(HELLO));
            upload.abort();
            upload.finish();
            return upload.answered();
        }));
        get(client); // on the connection that was made for it
        assertThat(store.requests()).containsExactly("GET /bkt/k");
    }

    @Test
    void aRequestWithABodyIsNotSentTwice() throws Exception {
        get(client);
        store.next(LoopbackStore.Call::hangUp);
        fails(() -> post(client, HELLO));
        assertThat(store.requests()).hasSize(2);
    }

    @Test
    void whatCannotBeSentTwiceTakesNoConnectionThatHasRested() throws Exception {
        AtomicLong now = new AtomicLong();
        StoreSettings settings = settings(store.port(), PATIENCE);
        Events unheard = new Events();
        StoreClient resting = new StoreClient(
                settings,
                new RequestSigner("access", "secret", "us-east-1", Clock.systemUTC()),
                new ConnectionPool(settings, loop, sockets.store(), unheard, now::get),
                () -> {},
                new Turns(StorePlaces.of(settings), "", Asker.staying(loop), unheard));
        List<Callable<?>> once = List.of(
                () -> post(resting, NONE),
                () -> post(resting, HELLO),
                () -> on(() -> {
                    StoreUpload upload = resting.upload(
                            StoreRequest.of(HttpMethod.PUT, "bkt", "k").contentLength(2L * HELLO.length));
                    upload.write(Unpooled.wrappedBuffer(HELLO));
                    upload.end(Unpooled.wrappedBuffer(HELLO));
                    upload.finish();
                    return upload.answered().thenCompose(answered -> resting.collect(answered, 100));
                }));
        get(resting);
        for (Callable<?> call : once) {
            int before = store.openConnections();
            call.call();
            assertThat(store.openConnections()).isEqualTo(before);
            now.addAndGet(TimeUnit.SECONDS.toNanos(2));
            call.call();
            assertThat(store.openConnections()).isEqualTo(before + 1);
        }
        int open = store.openConnections();
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
        get(resting);
        on(() -> resting.exchange(StoreRequest.of(HttpMethod.PUT, "bkt", "k"), HELLO, 100));
        assertThat(store.openConnections()).as("the others go on").isEqualTo(open);
    }

    @Test
    void aReadIsSentOnceMoreAndNotTwice() throws Exception {
        store.next(LoopbackStore.Call::hangUp);
        assertThat(get(client).body()).isEqualTo(HELLO);
        assertThat(store.requests()).hasSize(2);
        store.next(LoopbackStore.Call::hangUp).next(LoopbackStore.Call::hangUp);
        fails(() -> get(client));
        assertThat(store.requests()).hasSize(4);
    }

    @Test
    void aFreshConnectionThatIsClosedIsNotTriedAgainForAnythingButARead() {
        StoreRequest delete = StoreRequest.of(HttpMethod.DELETE, "bkt", "k");
        store.next(LoopbackStore.Call::hangUp).next(LoopbackStore.Call::hangUp);
        fails(() -> on(() -> client.exchange(delete, NONE, 100)));
        assertThat(store.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void aReadThatTheStoreCannotAnswerNowIsSentOnceMore(String method) throws Exception {
        StoreRequest read = StoreRequest.of(HttpMethod.valueOf(method), "bkt", "k");
        for (int status : new int[] {429, 500, 502, 503, 504}) {
            store.next(failing(status, Map.of())).next(failing(204, Map.of()));
            assertThat(on(() -> client.exchange(read, NONE, 100)).response().status())
                    .isEqualTo(204);
        }
        assertThat(store.requests()).hasSize(10);
        store.next(failing(503, Map.of())).next(failing(500, Map.of()));
        assertThat(on(() -> client.exchange(read, NONE, 100)).response().status())
                .isEqualTo(500);
        assertThat(store.requests()).hasSize(12);
    }

    @Test
    void whatTheStoreRefusesAndWhatChangesSomethingIsSentOnce() throws Exception {
        for (int status : new int[] {403, 404, 416, 501}) {
            store.next(failing(status, Map.of()));
            assertThat(get(client).response().status()).isEqualTo(status);
        }
        store.next(failing(503, Map.of()));
        StoreRequest delete = StoreRequest.of(HttpMethod.DELETE, "bkt", "k");
        assertThat(on(() -> client.exchange(delete, NONE, 100)).response().status())
                .isEqualTo(503);
        assertThat(store.requests()).hasSize(5);
    }

    @Test
    void aRetryAfterIsKeptAndALongOneIsTheClients() throws Exception {
        store.next(failing(503, Map.of("Retry-After", "1")));
        long start = System.nanoTime();
        assertThat(get(client).response().status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(990));
        for (String late : new String[] {"4", "60", "Wed, 21 Oct 2026 07:28:00 GMT", "-1"}) {
            store.next(failing(503, Map.of("Retry-After", late)));
            assertThat(get(client).response().status()).isEqualTo(503);
        }
        assertThat(store.requests()).hasSize(6);
    }

    private static LoopbackStore.Script failing(int status, Map<String, String> headers) {
        return call -> {
            call.body();
            call.respond(status, headers, NONE);
        };
    }

    @Test
    void anAnswerThatIsCutIsAFailure() {
        store.next(call -> {
            call.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel");
            call.hangUp();
        });
        fails(() -> get(client));
    }

    @Test
    void garbageIsAFailureAndItsConnectionIsNotUsedAgain() throws Exception {
        store.next(call -> call.raw("nonsense\r\n\r\n"));
        fails(() -> get(client));
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
        store.next(call -> call.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
        fails(() -> get(client));
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
        assertThat(get(client).body()).isEqualTo(HELLO);
    }

    @Test
    void bytesBehindAnAnswerEndTheConnection() throws Exception {
        store.next(call -> call.raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n"));
        assertThat(get(client).body()).isEqualTo("ok".getBytes(UTF_8));
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
        assertThat(get(client).body()).isEqualTo(HELLO);
    }

    @Test
    void interimAnswersArePassedOver() throws Exception {
        store.next(call -> {
            call.raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
            call.respond(200, Map.of(), HELLO);
        });
        assertThat(get(client).body()).isEqualTo(HELLO);
        assertThat(get(client).body()).isEqualTo(HELLO);
        assertThat(store.openConnections()).isEqualTo(1);
    }

    @Test
    void anAnswerLargerThanExpectedIsAFailure() throws Exception {
        store.next(call -> call.respond(200, Map.of(), new byte[101]));
        fails(() -> get(client));
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
    }

    @Test
    void silenceIsAFailure() throws Exception {
        StoreClient impatient = client(store.port(), Duration.ofMillis(200));
        store.next(call -> call.in().read());
        fails(() -> get(impatient));
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
        store.next(call -> {
            call.raw("HTTP/1.1 100 Continue\r\n\r\n");
            call.in().read();
        });
        fails(() -> get(impatient));
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
        store.next(call -> {
            call.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel");
            call.in().read();
        });
        fails(() -> get(impatient));
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
    }

    @Test
    void aStoreThatTakesNoMoreOfABodyIsAFailure() throws Exception {
        StoreClient impatient = client(store.port(), Duration.ofMillis(200));
        int length = 32 << 20;
        CountDownLatch over = new CountDownLatch(1);
        store.next(call -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        fails(() -> on(() -> impatient
                .send(StoreRequest.of(HttpMethod.PUT, "bkt", "k").contentLength(length + 1L))
                .thenCompose(call -> {
                    call.write(Unpooled.wrappedBuffer(new byte[length]));
                    return call.response();
                })));
        over.countDown();
    }

    @Test
    void anAnswerBeforeTheEndOfTheRequestIsHeardAndTheConnectionUsedAgain() throws Exception {
        store.next(call -> {
            call.respond(200, Map.of(), HELLO);
            call.body();
        });
        StoreClient.Collected collected =
                on(() -> client.send(StoreRequest.of(HttpMethod.PUT, "bkt", "k").contentLength(5))
                        .thenCompose(call -> call.response()
                                .thenCompose(response -> client.collect(new StoreClient.Answered(call, response), 100))
                                .thenApply(answer -> {
                                    call.write(Unpooled.wrappedBuffer(HELLO));
                                    call.finish();
                                    return answer;
                                })));
        assertThat(collected.body()).isEqualTo(HELLO);
        assertThat(get(client).body()).isEqualTo(HELLO);
        assertThat(store.openConnections()).isEqualTo(1);
    }

    /** What is written meets a connection that was reset, behind an answer that nobody has read yet. */
    private StoreClient.Collected putAsTheStoreLeaves(int bytes, LoopbackStore.Script answer) throws Exception {
        CompletableFuture<Void> loopRests = new CompletableFuture<>();
        CompletableFuture<Void> storeLeft = new CompletableFuture<>();
        store.next(call -> {
            loopRests.join();
            answer.answer(call);
            call.socket().setSoLinger(true, 0);
            call.hangUp();
            storeLeft.complete(null);
        });
        StoreCall call =
                on(() -> client.send(StoreRequest.of(HttpMethod.PUT, "bkt", "k").contentLength(bytes + 1L)));
        return on(() -> {
            loopRests.complete(null);
            storeLeft.join();
            call.write(sockets.store().allocator().directBuffer(bytes).writeZero(bytes));
            return call.response()
                    .thenCompose(response -> client.collect(new StoreClient.Answered(call, response), 100));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32 << 20})
    void aRefusalIsHeardThoughNoMoreCanBeWritten(int bytes) throws Exception {
        StoreClient.Collected refused = putAsTheStoreLeaves(bytes, call -> call.respond(403, Map.of(), HELLO));
        assertThat(refused.response().status()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo(HELLO);
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
        assertThat(get(client).body()).isEqualTo(HELLO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 403 No\r\nContent-Le", "HTTP/1.1 403 No\r\nContent-Length: 10\r\n\r\nhel"})
    void aConnectionThatTakesNoMoreIsAFailureWhereNoWholeAnswerLies(String answer) throws Exception {
        fails(() -> putAsTheStoreLeaves(1, call -> call.raw(answer)));
        assertThat(get(client).body()).isEqualTo(HELLO);
    }

    /** It speaks of what it has not got. */
    @Test
    void aSuccessBeforeAConnectionThatTakesNoMoreIsAFailure() throws Exception {
        fails(() -> putAsTheStoreLeaves(1, call -> call.respond(200, Map.of(), HELLO)));
        assertThat(get(client).body()).isEqualTo(HELLO);
    }

    /** Its client may be the one who pauses, and that is no silence of the store. */
    @Test
    void anAnswerThatNobodyReadsForLongIsStillThere() throws Exception {
        try (LoopbackSockets standing = LoopbackSockets.standing()) {
            EventLoop still = (EventLoop) standing.loops().iterator().next();
            StoreClient paused = StoreClient.of(
                    settings(store.port(), Duration.ofMinutes(1)),
                    still,
                    standing.store(),
                    new RequestSigner("access", "secret", "us-east-1", Clock.systemUTC()));
            StoreClient.Answered answered = still.submit(() -> paused.send(StoreRequest.of(HttpMethod.GET, "bkt", "k"))
                            .thenCompose(call -> {
                                call.finish();
                                return call.response().thenApply(head -> new StoreClient.Answered(call, head));
                            }))
                    .get()
                    .toCompletableFuture()
                    .get();
            standing.pass(Duration.ofHours(1));
            assertThat(still.submit(() -> paused.collect(answered, 100))
                            .get()
                            .toCompletableFuture()
                            .get()
                            .body())
                    .isEqualTo(HELLO);
        }
    }

    @Test
    void aStoreThatIsNotThereIsAFailure() {
        store.close();
        fails(() -> get(client));
    }

    @Test
    void aStoreThatNeverFinishesTheTlsHandshakeIsAFailureWithinTheConnectTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            SslContext tls = SslContextBuilder.forClient().build();
            StoreClient https = client(new StoreSettings(
                    "127.0.0.1",
                    silent.getLocalPort(),
                    Optional.of(tls),
                    true,
                    new Timeouts(Duration.ofMillis(300), PATIENCE, PATIENCE)));
            fails(() -> get(https));
        }
    }
}
