package io.sealward.gateway.object;

import static io.sealward.crypto.format.Format.V1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ranged reads from a store that serves genuine frames where they do not belong, and how many requests they take. */
class RangedForgeryTest {
    private static final int PART = 5 << 20;
    private static final int SEALED_PART = PART / 65_536 * V1.geometry().frameSealed();
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>(.+)</UploadId>");

    private final MemoryObjects objects = new MemoryObjects();
    /** Requests that may be answered now. */
    private final Semaphore answers = new Semaphore(1_000_000);

    private final Semaphore asked = new Semaphore(0);
    private final LoopbackStore store = new LoopbackStore(call -> {
        asked.release();
        answers.acquireUninterruptibly();
        objects.answer(call);
    });
    private final List<LoopbackGateway> gateways = new ArrayList<>();

    @AfterEach
    void nothingIsHeld() {
        gateways.forEach(LoopbackGateway::close);
        store.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private RawClient node(Layout layout) {
        LoopbackGateway gateway =
                new LoopbackGateway(store, LoopbackGateway.Options.usual().layout(layout));
        gateways.add(gateway);
        return gateway.connect();
    }

    private static byte[] content(int number, int length) {
        byte[] content = new byte[length];
        new Random(number).nextBytes(content);
        return content;
    }

    private static RawClient.Answer ask(
            RawClient client, String method, String target, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: gateway\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return client.send(head + "Content-Length: " + body.length + "\r\n\r\n")
                .send(body)
                .answer();
    }

    private static RawClient.Answer range(RawClient client, String range) {
        return ask(client, "GET", "/bkt/k", new byte[0], "Range: bytes=" + range);
    }

    private void upload(Layout layout, int... lengths) {
        RawClient client = node(layout);
        Matcher id = UPLOAD_ID.matcher(
                ask(client, "POST", "/bkt/k?uploads", new byte[0]).text());
        assertThat(id.find()).isTrue();
        StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 1; i <= lengths.length; i++) {
            String etag = ask(
                            client,
                            "PUT",
                            "/bkt/k?partNumber=" + i + "&uploadId=" + id.group(1),
                            content(i, lengths[i - 1]))
                    .header("etag");
            list.append("<Part><PartNumber>" + i + "</PartNumber><ETag>" + etag + "</ETag></Part>");
        }
        RawClient.Answer done = ask(
                client,
                "POST",
                "/bkt/k?uploadId=" + id.group(1),
                list.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8));
        assertThat(done.status()).isEqualTo(200);
    }

    private void serve(UnaryOperator<byte[]> change) {
        objects.change(
                "/bkt/k",
                stored -> new MemoryObjects.Stored(
                        stored.headers(), change.apply(stored.bytes().clone())));
    }

    private static void refused(RawClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains("InternalError");
    }

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"PARTS", "ALIGNED_PARTS"})
    void framesOfAnotherPartAreRefusedAlsoAsASuffix(Layout layout) {
        upload(layout, PART, PART, PART, PART, PART);
        // part 3 in the place of part 5
        serve(raw -> {
            System.arraycopy(raw, 2 * SEALED_PART, raw, 4 * SEALED_PART, SEALED_PART);
            return raw;
        });
        refused(range(node(layout), 4 * PART + "-" + (4 * PART + 9)));
        refused(range(node(layout), "-100"));
        refused(ask(node(layout), "GET", "/bkt/k?partNumber=5", new byte[0]));
        assertThat(range(node(layout), "0-9").body()).isEqualTo(Arrays.copyOf(content(1, PART), 10));
    }

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"PARTS", "ALIGNED_PARTS"})
    void anObjectCutAtAPartIsNoCompleteRange(Layout layout) {
        upload(layout, PART, PART, PART, PART, PART, 1_000);
        byte[] whole = objects.get("/bkt/k").bytes();
        List<byte[]> ends = List.of(
                new byte[48],
                Arrays.copyOfRange(whole, whole.length - 48, whole.length),
                forgedSeal(Arrays.copyOfRange(whole, whole.length - 48, whole.length)));
        for (byte[] end : ends) {
            serve(raw -> {
                byte[] cut = Arrays.copyOf(whole, 3 * SEALED_PART + 48);
                System.arraycopy(end, 0, cut, 3 * SEALED_PART, 48);
                return cut;
            });
            for (String range : new String[] {"-100", "0-9", "0-", (3 * PART - 10) + "-", "5-" + (3 * PART + 100)}) {
                refused(range(node(layout), range));
            }
            refused(ask(node(layout), "GET", "/bkt/k?partNumber=1", new byte[0]));
        }
    }

    /** A header that says: three parts. */
    private static byte[] forgedSeal(byte[] end) {
        byte[] seal = end.clone();
        seal[2] = 3;
        seal[7] = 4;
        Arrays.fill(seal, 8, 20, (byte) 0);
        int total = 3 * PART;
        for (int i = 0; i < 4; i++) {
            seal[19 - i] = (byte) (total >> (8 * i));
        }
        return seal;
    }

    @Test
    void anObjectOfOnePutThatIsCutTellsNoTotal() {
        RawClient client = node(Layout.PARTS);
        assertThat(ask(client, "PUT", "/bkt/k", content(1, 300_000)).status()).isEqualTo(200);
        serve(raw -> {
            byte[] cut = Arrays.copyOf(raw, 3 * V1.geometry().frameSealed() + 48);
            System.arraycopy(raw, raw.length - 48, cut, cut.length - 48, 48);
            return cut;
        });
        for (String range : new String[] {"0-", "0-9", "-100", "5-"}) {
            refused(range(node(Layout.PARTS), range));
        }
    }

    @Test
    void aRangeFromTheFirstByteOnTellsTheTotalOfAProvenEndAndReadsAllOfIt() {
        upload(Layout.PARTS, PART, PART, 1_000);
        RawClient.Answer all = range(node(Layout.PARTS), "0-");
        assertThat(all.status()).isEqualTo(206);
        assertThat(all.header("content-range")).isEqualTo("bytes 0-" + (2 * PART + 999) + "/" + (2 * PART + 1_000));
        assertThat(Arrays.copyOfRange(all.body(), 2 * PART, 2 * PART + 1_000)).isEqualTo(content(3, 1_000));
    }

    @Test
    void aRangeFromTheFirstByteOnEndsWithTheObject() {
        RawClient client = node(Layout.PARTS);
        assertThat(ask(client, "PUT", "/bkt/k", content(1, 1_000)).status()).isEqualTo(200);
        serve(raw -> {
            raw[raw.length - 1] ^= 1; // of the END
            return raw;
        });
        assertThat(range(node(Layout.PARTS), "0-9").status()).isEqualTo(206);
        refused(range(node(Layout.PARTS), "0-"));
    }

    @Test
    void unequalPartsThatAreServedLikeEqualOnesAreRefused() {
        upload(Layout.PARTS, PART + 65_536, PART, PART + 65_536, 1_000);
        byte[] whole = objects.get("/bkt/k").bytes();
        int longer = SEALED_PART + V1.geometry().frameSealed();
        // part 2 gets a frame more: parts 3 and 4 stand as if all before were equal
        serve(raw -> {
            byte[] equal = new byte[whole.length + V1.geometry().frameSealed()];
            System.arraycopy(whole, 0, equal, 0, longer + SEALED_PART);
            System.arraycopy(whole, longer + SEALED_PART, equal, 2 * longer, whole.length - longer - SEALED_PART);
            return equal;
        });
        refused(range(node(Layout.PARTS), 2 * (PART + 65_536) + "-" + (2 * (PART + 65_536) + 9)));
        refused(range(node(Layout.PARTS), "-10"));
    }

    @Test
    void aProofTakesRoomForItsFramesAndGivesItBack() {
        upload(Layout.PARTS, PART, PART, PART, PART, 1_000);
        RawClient client = node(Layout.PARTS);
        Budget memory = gateways.get(gateways.size() - 1).requestMemory();
        List<Budget.Lease> others = new ArrayList<>();
        for (int i = 0; i < 6; i++) { // each takes half of what is left
            others.add(memory.lease("other-" + i));
            assertThat(others.get(i).take((32 << 20) >> i)).isTrue();
        }
        RawClient.Answer noRoom = range(client, (2 * PART) + "-" + (2 * PART + 9));
        assertThat(noRoom.status()).isEqualTo(503);
        assertThat(noRoom.text()).contains("<Code>SlowDown</Code>");
        others.forEach(Budget.Lease::close);
        assertThat(range(client, (2 * PART) + "-" + (2 * PART + 9)).status()).isEqualTo(206);
        Eventually.holds(() -> assertThat(memory.taken()).isZero());
    }

    /** Asks, and lets the store answer only in rounds of exactly so many requests. */
    private RawClient.Answer inRounds(RawClient client, String range, int... rounds) throws Exception {
        asked.drainPermits();
        answers.drainPermits();
        int before = store.requests().size();
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<RawClient.Answer> answer = CompletableFuture.supplyAsync(() -> {
            started.countDown();
            return range(client, range);
        });
        started.await();
        int all = 0;
        for (int round : rounds) {
            assertThat(asked.tryAcquire(round, 3, TimeUnit.MINUTES))
                    .as("requests %s to %s of %s are made before one is answered", all + 1, all + round, range)
                    .isTrue();
            answers.release(round);
            all += round;
        }
        RawClient.Answer done = answer.get();
        assertThat(done.status()).isEqualTo(206);
        assertThat(store.requests()).hasSize(before + all);
        answers.release(1_000_000);
        return done;
    }

    @Test
    void onePutObjectTakesARoundAndThenARequest() throws Exception {
        RawClient client = node(Layout.PARTS);
        assertThat(ask(client, "PUT", "/bkt/k", content(1, 200_000)).status()).isEqualTo(200);
        RawClient reader = node(Layout.PARTS);
        assertThat(inRounds(reader, "70000-70009", 3).body())
                .isEqualTo(Arrays.copyOfRange(content(1, 200_000), 70_000, 70_010));
        inRounds(reader, "70000-70009", 1);
        inRounds(reader, "-9", 1);
        inRounds(node(Layout.PARTS), "0-", 3);
        inRounds(reader, "0-", 1);
    }

    @Test
    void alignedPartsTakeARoundAndThenARequest() throws Exception {
        upload(Layout.ALIGNED_PARTS, PART, PART, PART, 1_000);
        RawClient reader = node(Layout.PARTS);
        assertThat(inRounds(reader, 2 * PART + "-" + (2 * PART + 9), 3).body())
                .isEqualTo(Arrays.copyOf(content(3, PART), 10));
        inRounds(reader, "-9", 1);
        inRounds(node(Layout.PARTS), "-9", 3);
    }

    @Test
    void equalPartsUnderASealTakeARoundAndThenARequest() throws Exception {
        upload(Layout.PARTS, PART, PART, PART);
        RawClient reader = node(Layout.PARTS);
        inRounds(reader, 2 * PART + "-" + (2 * PART + 9), 3);
        inRounds(reader, "5-9", 1);
    }

    @Test
    void equalPartsUnderAnEndTakeOneMoreRoundForTheFramesBetween() throws Exception {
        upload(Layout.PARTS, PART, PART, PART, PART, 1_000);
        RawClient reader = node(Layout.PARTS);
        inRounds(reader, 2 * PART + "-" + (2 * PART + 9), 3, 3);
        inRounds(reader, "-9", 1);
        // who completed the upload has receipts for it
        inRounds(gateways.get(0).connect(), "-9", 1);
    }

    @Test
    void unequalPartsTakeARoundForEachAndThenARequest() throws Exception {
        upload(Layout.PARTS, PART + 1, PART + 2, PART + 3, 1_000);
        RawClient reader = node(Layout.PARTS);
        int third = 2 * PART + 3;
        assertThat(inRounds(reader, third + "-" + (third + 9), 3, 1, 1, 1, 1).body())
                .isEqualTo(Arrays.copyOf(content(3, PART + 3), 10));
        inRounds(reader, third + "-" + (third + 9), 1);
    }
}
