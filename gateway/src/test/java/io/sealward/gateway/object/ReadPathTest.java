package io.sealward.gateway.object;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a read answers: ranges, conditions, overrides, and objects without a seal. */
class ReadPathTest extends DataPath {
    @Test
    void anAnswerOverrideThatIsNoHeaderIsRefused() throws Exception {
        stored("/bkt/k", content(4 << 20));
        RawClient.Answer answer =
                client.send(get("/bkt/k?response-content-type=a%0D%0Ab:c")).answer();
        assertThat(answer.text()).contains("<Code>InvalidArgument</Code>");
        assertThat(answer.status()).isEqualTo(400);
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
    }

    @Test
    void anAnswerOverrideKeepsItsBytes() {
        stored("/bkt/k", content(3));
        RawClient.Answer answer = client.send(get("/bkt/k?response-content-disposition=%C3%BC%E2%82%AC"))
                .answer();
        assertThat(answer.header("content-disposition")).isEqualTo(new String("ü€".getBytes(UTF_8), ISO_8859_1));
    }

    @Test
    void aRangeUnderIfRangeIsTheWholeObject() {
        byte[] content = content(100);
        stored("/bkt/k", content);
        RawClient.Answer answer = client.send(get("/bkt/k", "Range: bytes=50-", "If-Range: \"of-another-object\""))
                .answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({
        "if-none-match, if-modified-since, false",
        "if-match, if-unmodified-since, false",
        "if-none-match, if-unmodified-since, true",
        "if-match, if-modified-since, true",
        "x-other, if-modified-since, true",
        "x-other, if-unmodified-since, true"
    })
    void aDateThatETagsOverrideIsNotTheStoresToDecide(String etags, String date, boolean asked) {
        stored("/bkt/k", content(10));
        String etag = objects.get("/bkt/k").etag();
        String list = etags.equals("if-match") ? "\"other\", " + etag : "\"other\", \"another\"";
        Map<String, String> sent = new ConcurrentHashMap<>();
        store.next(call -> {
            sent.putAll(call.headers());
            objects.answer(call);
        });
        RawClient.Answer answer = client.send(
                        get("/bkt/k", etags + ": " + list, date + ": Fri, 24 May 2013 00:00:00 GMT"))
                .answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(sent.containsKey(date)).isEqualTo(asked);
        assertThat(sent).doesNotContainKey(etags);
    }

    @ParameterizedTest
    @CsvSource({"if-match, 200", "if-none-match, 304"})
    void aConditionForAnyObjectIsDecidedHere(String condition, int status) {
        stored("/bkt/k", content(10));
        Map<String, String> sent = new ConcurrentHashMap<>();
        store.next(call -> {
            sent.putAll(call.headers());
            objects.answer(call);
        });
        assertThat(client.send(get("/bkt/k", condition + ": *")).answer().status())
                .isEqualTo(status);
        assertThat(sent).doesNotContainKey(condition);
    }

    @Test
    void aStoreThatIgnoresTheRangeIsReadPast() {
        byte[] content = content(300_000);
        stored("/bkt/k", content);
        MemoryObjects.Stored sealed = objects.get("/bkt/k");
        store.next(call -> {
            Map<String, String> headers = new TreeMap<>(sealed.headers());
            headers.put("etag", sealed.etag());
            call.respond(200, headers, sealed.bytes());
        });
        RawClient.Answer answer =
                client.send(get("/bkt/k", "Range: bytes=70000-140000")).answer();
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, 70_000, 140_001));
    }

    @Test
    void aStoreThatAnswersAnotherRangeIsAnError() {
        stored("/bkt/k", content(300_000));
        MemoryObjects.Stored sealed = objects.get("/bkt/k");
        LoopbackStore.Script elsewhere = call -> {
            Map<String, String> headers = new TreeMap<>(sealed.headers());
            headers.put("etag", sealed.etag());
            headers.put("content-range", "bytes 200000-299999/" + sealed.bytes().length);
            call.respond(206, headers, Arrays.copyOfRange(sealed.bytes(), 200_000, 300_000));
        };
        store.next(elsewhere).next(elsewhere).next(elsewhere).next(elsewhere); // both ends, the range, and again
        RawClient.Answer answer =
                client.send(get("/bkt/k", "Range: bytes=70000-140000")).answer();
        assertThat(answer.status()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({"false,100", "false,20000", "false,900000", "true,100", "true,20000", "true,900000"})
    void aStoreThatClosesBehindAnAnswerLosesNoneOfIt(boolean epoll, int length) throws Exception {
        assumeTrue(!epoll || Epoll.isAvailable());
        try (LoopbackGateway other = new LoopbackGateway(
                        store,
                        LoopbackGateway.Options.usual(),
                        epoll ? LoopbackSockets.epoll() : LoopbackSockets.counted());
                RawClient reader = other.connect()) {
            closesBehindAnAnswer(other, reader, content(length));
        }
    }

    private void closesBehindAnAnswer(LoopbackGateway gateway, RawClient client, byte[] content) throws Exception {
        stored("/bkt/k", content);
        MemoryObjects.Stored sealed = objects.get("/bkt/k");
        store.next(call -> {
            Map<String, String> headers = new TreeMap<>(sealed.headers());
            headers.put("etag", sealed.etag());
            headers.put("connection", "close");
            call.respond(200, headers, sealed.bytes());
            call.hangUp();
        });
        gateway.keys().withdraw("extkey_1", "told to");
        gateway.kek().hold();
        client.send(get("/bkt/k"));
        Eventually.holds(() -> assertThat(gateway.kek().unwraps()).isEqualTo(1));
        Eventually.holds(() -> assertThat(objects.get("/bkt/k")).isNotNull());
        Eventually.holds(() -> assertThat(store.openConnections()).isEqualTo(1)); // the upload's, idle
        gateway.kek().release();
        assertThat(client.answer().body()).isEqualTo(content);
    }

    @Test
    void aRangePastTheEndIsRefusedInAMixedBucketToo() {
        try (LoopbackGateway mixed = new LoopbackGateway(
                        store, LoopbackGateway.Options.usual().mixed("bkt"));
                RawClient reader = mixed.connect()) {
            int length = 6_553_600
                    - 1_000; // where the range that is asked of the store passes the end, and the client's does not
            byte[] content = content(length);
            reader.send(put("/bkt/k", length)).send(content);
            assertThat(reader.answer().status()).isEqualTo(200);
            assertThat(reader.send(get("/bkt/k", "Range: bytes=6553600-"))
                            .answer()
                            .status())
                    .isEqualTo(416);
        }
    }

    @Test
    void anObjectThatWasNeverSealedIsServedOnlyInAMixedBucket() {
        objects.put("/bkt/k", new MemoryObjects.Stored(Map.of("content-type", "text/plain"), content(300_000)));
        assertThat(client.send(get("/bkt/k")).answer().text()).contains("<Code>InvalidObjectState</Code>");
        try (LoopbackGateway mixed = new LoopbackGateway(
                        store, LoopbackGateway.Options.usual().mixed("bkt"));
                RawClient reader = mixed.connect()) {
            assertThat(reader.send(get("/bkt/k")).answer().body()).isEqualTo(content(300_000));
            RawClient.Answer range =
                    reader.send(get("/bkt/k", "Range: bytes=5-9")).answer();
            assertThat(range.status()).isEqualTo(206);
            assertThat(range.body()).isEqualTo(Arrays.copyOfRange(content(300_000), 5, 10));
        }
    }

    @Test
    void anObjectThatWasNeverSealedIsAskedForOnceAndUnderTheClientsConditions() {
        byte[] content = content(2_000_000);
        MemoryObjects.Stored unsealed = new MemoryObjects.Stored(Map.of(), content);
        objects.put("/bkt/k", unsealed);
        String late = "Range: bytes=1999999-"; // sealed, it would begin beyond the end
        try (LoopbackGateway mixed = new LoopbackGateway(
                        store, LoopbackGateway.Options.usual().mixed("bkt"));
                RawClient reader = mixed.connect()) {
            assertThat(reader.send(get("/bkt/k")).answer().body()).isEqualTo(content);
            assertThat(store.requests()).hasSize(1);
            assertThat(reader.send(get("/bkt/k", late)).answer().body()).hasSize(1);
            assertThat(reader.send(get("/bkt/k", late, "If-Match: \"a\", \"b\""))
                            .answer()
                            .status())
                    .isEqualTo(412);
            RawClient.Answer unchanged = reader.send(get("/bkt/k", late, "If-None-Match: \"a\", " + unsealed.etag()))
                    .answer();
            assertThat(unchanged.status()).isEqualTo(304);
            assertThat(unchanged.header("etag")).isNotEmpty();
            assertThat(reader.send(get("/bkt/k", "Range: bytes=5-9", "If-Range: \"of-another\""))
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-4,10-14", "bytes=-5, 0-0", "bytes=5-2,-"})
    void ofSeveralRangesAtOnceTheAnswerIsTheWholeObject(String ranges) {
        byte[] content = content(100);
        stored("/bkt/k", content);
        RawClient.Answer answer = client.send(get("/bkt/k", "Range: " + ranges)).answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
    }

    @Test
    void theSearchForAPartReadsNoMoreThanAFrame() {
        stored("/bkt/k", content(1 << 20));
        Queue<String> ranges = new ConcurrentLinkedQueue<>();
        LoopbackStore.Script told = call -> {
            ranges.add(call.headers().getOrDefault("range", "all of it"));
            objects.answer(call);
        };
        store.next(told).next(told); // the object's end is read beside its begin, and either may come first
        RawClient.Answer answer = client.send(get("/bkt/k?partNumber=9999")).answer();
        assertThat(answer.text()).contains("<Code>InvalidPartNumber</Code>");
        assertThat(ranges).isNotEmpty().isSubsetOf("bytes=0-65583", "bytes=-48");
        client.send(put("/bkt/empty/", 0));
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(client.send(get("/bkt/empty/?partNumber=2")).answer().text())
                .contains("<Code>InvalidPartNumber</Code>");
    }
}
