package io.sealward.gateway.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.HeldStore;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.OwnBuckets;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.gateway.policy.Authority;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreSettings.AtOnce;
import io.sealward.gateway.store.StoreSettings.Timeouts;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import io.sealward.providers.KmsError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one project has under way at the store keeps no other waiting, and everything that takes a place gives it back. */
class StorePlacesTest {
    private static final int PART = 5 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>(.+)</UploadId>");
    private static final Pattern ETAG = Pattern.compile("<ETag>(.+?)</ETag>");

    private volatile Optional<LoopbackStore.Script> fault = Optional.empty();
    private final MemoryObjects objects = new MemoryObjects();
    private final HeldStore held = new HeldStore(call -> {
        if (fault.isPresent()) {
            fault.get().answer(call);
        } else if (call.target().startsWith("/bkt?delete")) {
            call.body();
            call.respond(200, Map.of(), "<DeleteResult/>".getBytes(US_ASCII));
        } else {
            objects.answer(call);
        }
    });
    private final LoopbackStore store = new LoopbackStore(held);
    private final List<RawClient> clients = new ArrayList<>();
    private volatile String project = "proj_1";
    private volatile boolean withdrawn;

    private LoopbackSockets sockets = LoopbackSockets.counted();
    private LoopbackGateway gateway = gateway(4);

    private record Switched(S3Credential sender, StorePlacesTest test) implements Admission {
        @Override
        public Project project() {
            return sender.project();
        }

        @Override
        public Authority authority() {
            return Admission.lasting(sender).authority();
        }

        @Override
        public void requireHolding() {
            if (test.withdrawn) {
                throw new S3Exception(S3Error.NO_SUCH_BUCKET);
            }
        }
    }

    private static S3Credential credential(String project) {
        return new S3Credential(
                "access",
                "secret",
                new Project("org-1", project, Optional.empty(), KeyMode.PER_OBJECT, Optional.empty()));
    }

    /** A project alone has half of the places, or one. */
    private LoopbackGateway gateway(int places) {
        return new LoopbackGateway(
                store,
                LoopbackGateway.Options.usual().atOnce(places),
                sockets,
                OwnBuckets.admitting(sender -> new Switched(credential(project), this)));
    }

    private void again(LoopbackSockets other, int places) {
        gateway.close();
        sockets = other;
        gateway = gateway(places);
    }

    @BeforeEach
    void begin() {
        objects.put("/bkt", new MemoryObjects.Stored(Map.of(), "<ListBucketResult/>".getBytes(US_ASCII)));
        assertThat(send("PUT", "/bkt/k", "content").answer().status()).isEqualTo(200);
    }

    @AfterEach
    void nothingIsHeld() {
        held.release();
        Eventually.holds(() -> assertThat(gateway.store().underWay()).isZero());
        assertThat(gateway.store().waiting()).isZero();
        clients.forEach(RawClient::close);
        gateway.close();
        store.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private RawClient send(String method, String target, String body) {
        RawClient client = gateway.connect();
        clients.add(client);
        return client.send(head(method, target, body.length(), body) + body);
    }

    private static String head(String method, String target, int length, String body) {
        return method + " " + target + " HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + length + "\r\n"
                + (method.equals("POST") ? "Content-MD5: " + md5(body) + "\r\n" : "") + "\r\n";
    }

    private static String md5(String body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(body.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has MD5
        }
    }

    private void waitFor(int waiting) {
        Eventually.holds(() -> assertThat(gateway.store().waiting()).isEqualTo(waiting));
    }

    private void arrived(String... requests) {
        Eventually.holds(() -> assertThat(held.waiting()).containsExactlyInAnyOrder(requests));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET,    /bkt,           -",
                "POST,   /bkt?delete,    <Delete><Object><Key>k</Key></Object></Delete>",
                "GET,    /bkt/k,         -",
                "HEAD,   /bkt/k,         -",
                "PUT,    /bkt/k,         content",
                "DELETE, /bkt/other,     -",
                "POST,   /bkt/k?uploads, -"
            })
    void aFloodWaitsBehindItselfAndAnothersRequestGoesOutAtOnce(String method, String target, String content) {
        String body = content == null ? "" : content;
        held.hold(request -> request.contains("/bkt"));
        List<RawClient> flood =
                IntStream.range(0, 10).mapToObj(i -> send(method, target, body)).toList();
        waitFor(8);
        Eventually.holds(() -> assertThat(held.waiting()).hasSize(2));

        project = "proj_2";
        RawClient other = send(method, target, body);
        Eventually.holds(() -> assertThat(held.waiting()).hasSize(3));
        assertThat(gateway.store().waiting()).isEqualTo(8);

        held.release();
        assertThat(other.head().status()).isNotEqualTo(503); // if it is the other's object, it does not open
        flood.forEach(client -> assertThat(client.head().status()).isLessThan(300));
    }

    @Test
    void whatNobodyHasSignedKeepsNoRequestOfTheBucketsOwnerWaiting() {
        held.hold(request -> request.contains("/bkt"));
        List<RawClient> strangers = IntStream.range(0, 10)
                .mapToObj(i -> {
                    RawClient client = gateway.connect();
                    clients.add(client);
                    return client.send("""
                                    OPTIONS /bkt/k HTTP/1.1\r
                                    Host: gateway\r
                                    Origin: https://app\r
                                    Access-Control-Request-Method: GET\r
                                    \r
                                    """);
                })
                .toList();
        waitFor(8);

        RawClient owner = send("GET", "/bkt/k", "");
        Eventually.holds(() -> assertThat(held.waiting()).contains("GET /bkt/k"));
        held.release();
        assertThat(owner.answer().text()).isEqualTo("content");
        strangers.forEach(client -> assertThat(client.head().status()).isEqualTo(403));
    }

    @Test
    void listingsAndOtherRequestsHavePlacesOfTheirOwn() {
        held.hold(request -> request.startsWith("GET /bkt?"));
        List<RawClient> listings =
                IntStream.range(0, 5).mapToObj(i -> send("GET", "/bkt", "")).toList();
        waitFor(3);

        assertThat(send("GET", "/bkt/k", "").answer().text()).isEqualTo("content");
        held.release();
        listings.forEach(client -> assertThat(client.answer().status()).isEqualTo(200));
    }

    @Test
    void aReaderWhoTakesNothingHasNoPlace() {
        again(LoopbackSockets.counted(), 2);
        send("PUT", "/bkt/large", "x".repeat(8 << 20)).answer();
        List<RawClient> slow = IntStream.range(0, 3)
                .mapToObj(i -> send("GET", "/bkt/large", ""))
                .toList();
        slow.forEach(client -> assertThat(client.head().status()).isEqualTo(200));

        assertThat(send("GET", "/bkt/k", "").answer().text()).isEqualTo("content");
    }

    @Test
    void anUploadHasNoPlaceWhileItsClientSendsAndTakesItsTurnForTheEnd() {
        again(LoopbackSockets.counted(), 2);
        String body = "x".repeat(1 << 20);
        List<RawClient> slow = IntStream.range(0, 3)
                .mapToObj(i -> {
                    RawClient client = gateway.connect();
                    clients.add(client);
                    return client.send(head("PUT", "/bkt/slow" + i, body.length(), body) + body.substring(1));
                })
                .toList();
        Eventually.holds(
                () -> assertThat(store.requests()).contains("PUT /bkt/slow0", "PUT /bkt/slow1", "PUT /bkt/slow2"));
        assertThat(send("GET", "/bkt/k", "").answer().text()).isEqualTo("content");

        held.hold("GET /bkt/k"::equals);
        RawClient first = send("GET", "/bkt/k", "");
        arrived("GET /bkt/k");
        slow.forEach(client -> client.send("x"));
        waitFor(3);
        assertThat(objects.get("/bkt/slow0")).isNull();
        held.release();
        slow.forEach(client -> assertThat(client.answer().status()).isEqualTo(200));
        assertThat(first.answer().status()).isEqualTo(200);
    }

    @Test
    void anUploadThatTheStoreAnswersBeforeItsEndNeedsNoTurn() {
        again(LoopbackSockets.counted(), 2);
        String body = "x".repeat(1 << 20);
        held.hold("GET /bkt/k"::equals);
        RawClient first = send("GET", "/bkt/k", "");
        arrived("GET /bkt/k");
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        store.next(call -> {
            call.in().readNBytes(900_000); // not all that was announced
            goOn.join();
            call.error(507, "NoRoom");
        });
        RawClient upload = gateway.connect();
        clients.add(upload);
        upload.send(head("PUT", "/bkt/early", body.length(), body) + body);
        waitFor(1);
        goOn.complete(null);

        assertThat(upload.answer().status()).isEqualTo(503);
        waitFor(0);
        held.release();
        assertThat(first.answer().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /bkt/k", "PUT /bkt/k", "GET /bkt"})
    void aClientThatGoesAwayWhileItWaitsLeavesTheLine(String request) {
        again(LoopbackSockets.epoll(), 2);
        String[] words = request.split(" ");
        held.hold(any -> true);
        RawClient first = send(words[0], words[1], "");
        Eventually.holds(() -> assertThat(held.waiting()).hasSize(1));
        int requests = store.requests().size();
        RawClient second = send(words[0], words[1], words[0].equals("PUT") ? "x".repeat(64 << 10) : "");
        waitFor(1);
        second.reset();
        waitFor(0);

        held.release();
        assertThat(first.answer().status()).isEqualTo(200);
        assertThat(store.requests()).hasSize(requests);
    }

    @Test
    void whoHasWaitedTooLongIsToldToSlowDown() {
        again(LoopbackSockets.standing(), 2);
        held.hold(any -> true);
        RawClient first = send("GET", "/bkt/k", "");
        arrived("GET /bkt/k");
        RawClient second = send("GET", "/bkt/k", "");
        waitFor(1);
        sockets.pass(PATIENCE.plusSeconds(1));

        RawClient.Answer answer = second.answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("<Code>SlowDown</Code>");
        assertThat(answer.header("retry-after")).isEqualTo("1");
        held.release();
        assertThat(first.answer().text()).isEqualTo("content");
    }

    @Test
    void whoWaitsIsAdmittedAnewWhenHisTurnHasCome() {
        again(LoopbackSockets.counted(), 2);
        held.hold(any -> true);
        send("DELETE", "/bkt/other", "");
        arrived("DELETE /bkt/other");
        RawClient second = send("DELETE", "/bkt/k", "");
        waitFor(1);
        withdrawn = true;
        held.release();

        assertThat(second.answer().text()).contains("<Code>NoSuchBucket</Code>");
        assertThat(objects.get("/bkt/k")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 1 << 20})
    void anUploadWhoseKekIsWithdrawnWhileItWaitsLeavesTheLine(int length) {
        again(LoopbackSockets.counted(), 2);
        held.hold("DELETE /bkt/other"::equals);
        RawClient first = send("DELETE", "/bkt/other", "");
        arrived("DELETE /bkt/other");
        RawClient upload = send("PUT", "/bkt/new", "x".repeat(length));
        waitFor(1);
        gateway.kek().refuse(KmsError.REVOKED);
        gateway.keys().tryKeksInUse(0, 1);

        assertThat(upload.answer().text()).contains("<Code>KMS.DisabledException</Code>");
        assertThat(gateway.store().waiting()).isZero();
        held.release();
        assertThat(first.answer().status()).isEqualTo(204);
        assertThat(objects.get("/bkt/new")).isNull();
    }

    @Test
    void aDrainWaitsForThoseWhoWait() {
        again(LoopbackSockets.counted(), 2);
        held.hold(any -> true);
        RawClient first = send("GET", "/bkt/k", "");
        arrived("GET /bkt/k");
        RawClient second = send("GET", "/bkt/k", "");
        waitFor(1);
        CompletableFuture<Void> drained = gateway.front().drain().toCompletableFuture();
        assertThat(drained).isNotDone();
        held.release();

        assertThat(first.answer().text()).isEqualTo("content");
        assertThat(second.answer().text()).isEqualTo("content");
        drained.join();
    }

    @Test
    void aGatewayThatStopsLetsGoOfThoseWhoWait() {
        again(LoopbackSockets.counted(), 2);
        held.hold(any -> true);
        send("GET", "/bkt/k", "");
        arrived("GET /bkt/k");
        send("PUT", "/bkt/k", "x".repeat(64 << 10));
        waitFor(1);
        gateway.close();

        assertThat(gateway.store().waiting()).isZero();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    @Test
    void whateverGoesWrongGivesThePlaceBack() {
        List<LoopbackStore.Script> faults = List.of(
                LoopbackStore.Call::hangUp,
                call -> call.error(500, "InternalError"),
                call -> call.error(403, "AccessDenied"),
                call -> call.raw("nothing of the kind\r\n\r\n"),
                call -> {
                    call.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
                    call.hangUp();
                });
        List<String> requests = List.of(
                "GET /bkt", "GET /bkt/k", "HEAD /bkt/k", "PUT /bkt/k", "DELETE /bkt/other", "POST /bkt/k?uploads");
        for (String request : requests) {
            for (LoopbackStore.Script each : faults) {
                fault = Optional.of(each);
                String[] words = request.split(" ");
                RawClient client = send(words[0], words[1], "");
                client.head();
                client.close();
                Eventually.holds(
                        () -> assertThat(gateway.store().underWay()).as(request).isZero());
            }
        }
        store.close();
        assertThat(send("GET", "/bkt/k", "").answer().status()).isEqualTo(503);
        assertThat(gateway.store().underWay()).isZero();
    }

    @Test
    void rangesThatWantProofComeThroughOnePlace() throws Exception {
        again(LoopbackSockets.counted(), 2);
        Matcher id = UPLOAD_ID.matcher(
                send("POST", "/bkt/parts?uploads", "").answer().text());
        assertThat(id.find()).isTrue();
        StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
        for (int part = 1; part <= 4; part++) {
            send(
                            "PUT",
                            "/bkt/parts?partNumber=" + part + "&uploadId=" + id.group(1),
                            "x".repeat(part < 4 ? PART + part : 1))
                    .answer();
        }
        Matcher etags = ETAG.matcher(
                send("GET", "/bkt/parts?uploadId=" + id.group(1), "").answer().text());
        for (int part = 1; etags.find(); part++) {
            list.append("<Part><PartNumber>" + part + "</PartNumber><ETag>" + etags.group(1) + "</ETag></Part>");
        }
        String body = list.append("</CompleteMultipartUpload>").toString();
        assertThat(send("POST", "/bkt/parts?uploadId=" + id.group(1), body)
                        .answer()
                        .status())
                .isEqualTo(200);

        List<RawClient> readers = IntStream.range(0, 8)
                .mapToObj(i -> {
                    RawClient client = gateway.connect();
                    clients.add(client);
                    return client.send(
                            "GET /bkt/parts HTTP/1.1\r\nHost: gateway\r\nRange: bytes=6000000-6000009\r\n\r\n");
                })
                .toList();
        readers.forEach(client -> assertThat(client.answer().text()).isEqualTo("x".repeat(10)));
    }

    @Test
    void loopsShareThePlaces() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(4, NioIoHandler.newFactory());
        try (LoopbackStore counting = new LoopbackStore(call -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            now.decrementAndGet();
            call.respond(200, Map.of(), new byte[0]);
        })) {
            StoreClients shared = new StoreClients(
                    new StoreSettings(
                                    "127.0.0.1",
                                    counting.port(),
                                    Optional.empty(),
                                    true,
                                    new Timeouts(PATIENCE, PATIENCE, PATIENCE))
                            .with(new AtOnce(6, 6)),
                    loops,
                    sockets.store(),
                    new StoreSigners(new StoreCredential("a", "s"), "us-east-1", Clock.systemUTC()),
                    new Events());
            List<CompletableFuture<?>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                EventLoop loop = (EventLoop) loops.next();
                Admission admission = Admission.lasting(credential("proj_" + i % 3));
                answers.add(CompletableFuture.supplyAsync(
                                () -> shared.on(Asker.staying(loop), admission)
                                        .exchange(StoreRequest.of(HttpMethod.HEAD, "bkt", "k"), new byte[0], 0),
                                loop)
                        .thenCompose(stage -> stage));
            }
            answers.forEach(CompletableFuture::join);
            assertThat(most.get()).isBetween(1, 6);
            assertThat(shared.waiting()).isZero();
            Eventually.holds(() -> assertThat(shared.underWay()).isZero());
        } finally {
            loops.shutdownGracefully(1, 5_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
        }
    }
}
