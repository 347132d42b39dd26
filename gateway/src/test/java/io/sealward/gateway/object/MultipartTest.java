package io.sealward.gateway.object;

import static io.sealward.crypto.format.Format.V1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.providers.KmsError;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multipart uploads from create to read, by one gateway and read by another. */
class MultipartTest {
    private static final int MIN = 5 << 20;
    private static final int D = (int) V1.geometry().twiceTerminatedLength();
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>(.+)</UploadId>");

    private final MemoryObjects objects = new MemoryObjects();
    private final LoopbackStore store = new LoopbackStore(objects);
    private final List<LoopbackGateway> gateways = new ArrayList<>();

    @AfterEach
    void nothingIsHeld() {
        gateways.forEach(LoopbackGateway::close);
        store.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private RawClient connect(Layout layout) {
        LoopbackGateway gateway =
                new LoopbackGateway(store, LoopbackGateway.Options.usual().layout(layout));
        gateways.add(gateway);
        return gateway.connect();
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

    private static String create(RawClient client, String key) {
        Matcher id = UPLOAD_ID.matcher(
                ask(client, "POST", "/bkt/" + key + "?uploads", new byte[0]).text());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    /** Uploads part 1 of {@code k}; its ETag. */
    private static String tenBytes(RawClient client, String id) {
        return ask(client, "PUT", "/bkt/k?partNumber=1&uploadId=" + id, content(10))
                .header("etag");
    }

    private static RawClient.Answer complete(RawClient client, String key, String id, List<String> etags) {
        StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < etags.size(); i++) {
            list.append("<Part><PartNumber>" + (i + 1) + "</PartNumber><ETag>" + etags.get(i) + "</ETag></Part>");
        }
        return ask(
                client,
                "POST",
                "/bkt/" + key + "?uploadId=" + id,
                list.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8));
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static RawClient.Answer upload(RawClient client, String key, int... lengths) {
        String id = create(client, key);
        List<String> etags = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            RawClient.Answer part = ask(
                    client, "PUT", "/bkt/" + key + "?partNumber=" + (i + 1) + "&uploadId=" + id, content(lengths[i]));
            assertThat(part.status()).isEqualTo(200);
            assertThat(part.header("etag")).matches("\"[0-9a-f]{32}-[A-Za-z0-9_-]{32}\"");
            etags.add(part.header("etag"));
        }
        return complete(client, key, id, etags);
    }

    private static byte[] whole(int... lengths) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int length : lengths) {
            whole.writeBytes(content(length));
        }
        return whole.toByteArray();
    }

    private void readsBack(Layout layout, int... lengths) {
        RawClient writer = connect(layout);
        assertThat(upload(writer, "k", lengths).status()).isEqualTo(200);
        byte[] whole = whole(lengths);
        for (RawClient reader : List.of(writer, connect(layout))) {
            assertThat(ask(reader, "GET", "/bkt/k", new byte[0]).body()).isEqualTo(whole);
            int first = lengths[0];
            for (int from : new int[] {0, 65_535, first - 1, first, whole.length - 1}) {
                if (from >= 0 && from < whole.length) {
                    int to = Math.min(whole.length - 1, from + 70_000);
                    RawClient.Answer range =
                            ask(reader, "GET", "/bkt/k", new byte[0], "Range: bytes=" + from + "-" + to);
                    assertThat(range.status()).isEqualTo(206);
                    assertThat(range.body()).isEqualTo(Arrays.copyOfRange(whole, from, to + 1));
                    assertThat(range.header("content-range"))
                            .isEqualTo("bytes " + from + "-" + to + "/" + whole.length);
                }
            }
            reader.send("HEAD /bkt/k HTTP/1.1\r\nHost: gateway\r\n\r\n");
            assertThat(reader.head().header("content-length")).isEqualTo(Integer.toString(whole.length));
            if (lengths[lengths.length - 1] == 0) {
                continue; // no range names an empty part
            }
            RawClient.Answer last = ask(reader, "GET", "/bkt/k?partNumber=" + lengths.length, new byte[0]);
            assertThat(last.header("x-amz-mp-parts-count")).isEqualTo(Integer.toString(lengths.length));
        }
    }

    /** Ceph encodes them without saying so. */
    @Test
    void theKeysOfUploadsAreEncodedForWhoAsksForThatAlone() {
        RawClient client = connect(Layout.PARTS);
        for (String target : List.of("/bkt?uploads", "/bkt?encoding-type=url&uploads")) {
            store.next(call -> call.respond(200, Map.of(), "<ListMultipartUploadsResult/>".getBytes(UTF_8)));
            assertThat(ask(client, "GET", target, new byte[0]).status()).isEqualTo(200);
        }
        assertThat(store.requests()).containsExactly("GET /bkt?uploads=", "GET /bkt?encoding-type=url&uploads=");
    }

    /** A store may write it otherwise: XML has no way to write a control character. */
    @Test
    void aListOfPartsHasTheKeyThatWasAskedFor() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k%01");
        store.next(call ->
                call.respond(200, Map.of(), "<ListPartsResult><Key>k\ufffd</Key></ListPartsResult>".getBytes(UTF_8)));
        assertThat(ask(client, "GET", "/bkt/k%01?uploadId=" + id, new byte[0]).text())
                .contains("<Key>k&#x1;</Key>");
    }

    @Test
    void alignedPartsReadBack() {
        readsBack(Layout.ALIGNED_PARTS, MIN, MIN, 100);
    }

    @Test
    void alignedPartsThatNeedASealPartReadBack() {
        readsBack(Layout.ALIGNED_PARTS, MIN, MIN);
    }

    @Test
    void equalRaggedPartsReadBack() {
        readsBack(Layout.PARTS, MIN + 7, MIN + 7, 3);
    }

    @Test
    void unequalPartsReadBack() {
        readsBack(Layout.PARTS, MIN + 1, MIN + 70_000, MIN + 2);
    }

    @Test
    void anEmptyLastPartReadsBack() {
        readsBack(Layout.PARTS, MIN, 0);
    }

    @Test
    void aLastPartWithTwoTerminatorsReadsBack() {
        readsBack(Layout.PARTS, MIN + 5, D);
    }

    @Test
    void aSingleEmptyPartReadsBackAsAnEmptyObject() {
        RawClient client = connect(Layout.PARTS);
        assertThat(upload(client, "k", 0).status()).isEqualTo(200);
        RawClient.Answer answer = ask(client, "GET", "/bkt/k", new byte[0]);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anAlignedUploadRefusesALastPartThatArithmeticCanNotFind() {
        RawClient client = connect(Layout.ALIGNED_PARTS);
        assertThat(upload(client, "k", D).text()).contains("<Code>InvalidRequest</Code>");
        assertThat(upload(client, "k", MIN + (1 << 20), D).text()).contains("<Code>InvalidRequest</Code>");
        assertThat(objects.get("/bkt/k")).isNull();
    }

    @Test
    void completeHoldsTheListAgainstTheStore() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        String etag = tenBytes(client, id);
        assertThat(complete(client, "k", id, List.of("\"00000000000000000000000000000000-0\""))
                        .text())
                .contains("<Code>InvalidPart</Code>");
        assertThat(complete(client, "k", id, List.of()).text()).contains("<Code>MalformedXML</Code>");
        assertThat(complete(client, "k", id, List.of(etag.replace("\"", ""))).status())
                .isEqualTo(200);
    }

    @Test
    void aPartThatWasNotUploadedIsInvalidAndAGapIsNotImplemented() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        String etag = tenBytes(client, id);
        String list = "<CompleteMultipartUpload><Part><PartNumber>9999</PartNumber><ETag>" + etag
                + "</ETag></Part></CompleteMultipartUpload>";
        assertThat(ask(client, "POST", "/bkt/k?uploadId=" + id, list.getBytes(UTF_8))
                        .text())
                .contains("<Code>InvalidPart</Code>");
        ask(client, "PUT", "/bkt/k?partNumber=9999&uploadId=" + id, content(10));
        assertThat(ask(client, "POST", "/bkt/k?uploadId=" + id, list.getBytes(UTF_8))
                        .text())
                .contains("<Code>NotImplemented</Code>");
        assertThat(objects.get("/bkt/k")).isNull();
    }

    @Test
    void anUploadIdOpensOnlyForItsOwnKey() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        RawClient.Answer part = ask(client, "PUT", "/bkt/other?partNumber=1&uploadId=" + id, content(10));
        assertThat(part.text()).contains("<Code>NoSuchUpload</Code>");
        assertThat(store.requests()).noneMatch(request -> request.startsWith("PUT /bkt/other"));
    }

    @Test
    void anEmptyUploadIdReachesNoStore() {
        RawClient client = connect(Layout.PARTS);
        RawClient.Answer answer = ask(client, "DELETE", "/bkt/k?uploadId=", new byte[0]);
        assertThat(answer.text()).contains("<Code>NoSuchUpload</Code>");
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void aPartWithoutAnUploadReplacesNoObject() {
        RawClient client = connect(Layout.PARTS);
        RawClient.Answer answer = ask(client, "PUT", "/bkt/k?partNumber=1", content(10));
        assertThat(answer.text()).contains("<Code>InvalidArgument</Code>");
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void aRepeatedCompleteIsToldWhatTheFirstDid() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        String etag = tenBytes(client, id);
        assertThat(complete(client, "k", id, List.of(etag)).status()).isEqualTo(200);
        assertThat(complete(client, "k", id, List.of(etag)).status()).isEqualTo(200);
    }

    @Test
    void aRepeatedCompleteDuringAnOutageIsNotToldThatTheUploadIsGone() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        String etag = tenBytes(client, id);
        assertThat(complete(client, "k", id, List.of(etag)).status()).isEqualTo(200);
        gateways.get(0).keys().withdraw("extkey_1", "told to");
        gateways.get(0).kek().refuse(KmsError.UNREACHABLE);
        assertThat(complete(client, "k", id, List.of(etag)).text()).contains("<Code>SlowDown</Code>");
    }

    private void overwrittenBehindAnAnswer(MemoryObjects.Stored now) {
        MemoryObjects.Stored before = objects.get("/bkt/k");
        store.next(call -> {
            objects.put("/bkt/k", now);
            Map<String, String> headers = new TreeMap<>(before.headers());
            headers.put("etag", before.etag());
            headers.put("content-range", "bytes 0-999/" + before.bytes().length);
            call.respond(206, headers, Arrays.copyOf(before.bytes(), 1_000));
        });
    }

    @Test
    void aRangeOfAnObjectThatIsOverwrittenMeanwhileIsOfTheNewOne() {
        RawClient client = connect(Layout.PARTS);
        assertThat(upload(client, "k", MIN + 9, 5).status()).isEqualTo(200);
        MemoryObjects.Stored next = objects.get("/bkt/k");
        assertThat(upload(client, "k", MIN + 7, 3).status()).isEqualTo(200);
        MemoryObjects.Stored first = objects.get("/bkt/k");
        String range = "Range: bytes=70000-140000"; // needs an exact request behind the first
        overwrittenBehindAnAnswer(next);
        RawClient.Answer answer = ask(client, "GET", "/bkt/k", new byte[0], range);
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(whole(MIN + 9, 5), 70_000, 140_001));

        objects.put("/bkt/k", first);
        overwrittenBehindAnAnswer(next);
        store.next(
                call -> { // by a store that does not know If-Match
                    Map<String, String> headers = new TreeMap<>(next.headers());
                    headers.put("etag", next.etag());
                    call.respond(200, headers, next.bytes());
                });
        assertThat(ask(client, "GET", "/bkt/k", new byte[0], range).body()).isEqualTo(answer.body());
    }

    @Test
    void aRangeOfAnObjectThatIsOverwrittenAllTheTimeIsRefused() {
        RawClient client = connect(Layout.PARTS);
        assertThat(upload(client, "k", MIN + 7, 3).status()).isEqualTo(200);
        MemoryObjects.Stored sealed = objects.get("/bkt/k");
        for (int attempt = 0; attempt < 3; attempt++) {
            store.next(call -> {
                Map<String, String> headers = new TreeMap<>(sealed.headers());
                headers.put("etag", sealed.etag());
                headers.put("content-range", "bytes 0-999/" + sealed.bytes().length);
                call.respond(206, headers, Arrays.copyOf(sealed.bytes(), 1_000));
            });
            store.next(call -> call.error(412, "PreconditionFailed"));
        }
        assertThat(ask(client, "GET", "/bkt/k", new byte[0], "Range: bytes=70000-140000")
                        .text())
                .contains("<Code>SlowDown</Code>");
    }

    @Test
    void aCompleteForAnotherUploadsObjectIsNoSuchUpload() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        String etag = tenBytes(client, id);
        ask(client, "DELETE", "/bkt/k?uploadId=" + id, new byte[0]);
        assertThat(upload(client, "k", 10).status()).isEqualTo(200);
        assertThat(complete(client, "k", id, List.of(etag)).text()).contains("<Code>NoSuchUpload</Code>");
    }

    @Test
    void anETagThatTheStoreDoesNotQuoteIsQuoted() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        String etag = tenBytes(client, id);
        store.next(objects).next(call -> {
            call.body();
            call.respond(
                    200,
                    Map.of(),
                    "<CompleteMultipartUploadResult><ETag>abc-1</ETag></CompleteMultipartUploadResult>"
                            .getBytes(UTF_8));
        });
        assertThat(complete(client, "k", id, List.of(etag)).text().replace("&quot;", "\""))
                .contains("<ETag>\"abc-1\"</ETag>");
    }

    @Test
    void aSealPartThatACompleteLeftBehindIsNotListed() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        String etag = ask(client, "PUT", "/bkt/k?partNumber=1&uploadId=" + id, content(MIN))
                .header("etag");
        store.next(objects).next(objects).next(call -> {
            call.body();
            call.error(412, "PreconditionFailed");
        });
        assertThat(complete(client, "k", id, List.of(etag)).status()).isEqualTo(412);
        String listed = ask(client, "GET", "/bkt/k?uploadId=" + id, new byte[0]).text();
        assertThat(listed)
                .contains("<PartNumber>1</PartNumber>", "<Size>" + MIN + "</Size>")
                .doesNotContain("<PartNumber>2</PartNumber>");
        assertThat(complete(client, "k", id, List.of(etag)).status()).isEqualTo(200);
        assertThat(ask(client, "GET", "/bkt/k", new byte[0]).body()).isEqualTo(content(MIN));
    }

    @Test
    void partsOfWhateverTheStoreSaysAreListedWithoutItsAccount() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        store.next(call -> call.respond(
                200,
                Map.of(),
                ("<ListPartsResult><Initiator><ID>canonical</ID></Initiator><Owner><ID>canonical</ID></Owner>"
                                + "<Part><PartNumber>1</PartNumber><Size>garbled</Size></Part></ListPartsResult>")
                        .getBytes(UTF_8)));
        RawClient.Answer listed = ask(client, "GET", "/bkt/k?uploadId=" + id, new byte[0]);
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.text())
                .contains("<Size>garbled</Size>", "<ID>proj_1</ID>")
                .doesNotContain("canonical");
    }

    @ParameterizedTest
    @CsvSource({"7, 3, 7", "9999, 10000, 10001"})
    void aListOfPartsWhoseMarkersLeadNowhereEnds(int first, int second, int third) {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        for (int marker : new int[] {first, second, third}) {
            store.next(call -> call.respond(
                    200,
                    Map.of(),
                    ("<ListPartsResult><IsTruncated>true</IsTruncated><NextPartNumberMarker>" + marker
                                    + "</NextPartNumberMarker></ListPartsResult>")
                            .getBytes(UTF_8)));
        }
        assertThat(complete(client, "k", id, List.of("\"x\"")).text()).contains("<Code>InvalidPart</Code>");
        assertThat(store.requests()).filteredOn(each -> each.startsWith("GET")).hasSize(2);
    }

    @Test
    void anObjectThatIsChangedUnderItsETagIsRefusedByTheNodeThatKnowsItsParts() {
        RawClient client = connect(Layout.PARTS);
        assertThat(upload(client, "k", MIN + 70_000, 100).status()).isEqualTo(200);
        MemoryObjects.Stored sealed = objects.get("/bkt/k");
        Map<String, String> headers = new TreeMap<>(sealed.headers());
        headers.put("etag", sealed.etag());
        byte[] whole = whole(MIN + 70_000, 100);
        int end = sealed.bytes().length;
        List<byte[]> changes = new ArrayList<>();
        for (int at : new int[] {0, 7, 20, 40, 65_584, end - 196, end - 48, end - 1}) {
            byte[] flipped = sealed.bytes().clone();
            flipped[at] ^= 1;
            changes.add(flipped);
        }
        for (int length : new int[] {0, 47, 48, end - 196, end - 148, end - 48, end - 1, end + 48}) {
            changes.add(Arrays.copyOf(sealed.bytes(), length));
        }
        byte[] swapped = sealed.bytes().clone();
        System.arraycopy(sealed.bytes(), 0, swapped, 65_584, 65_584);
        System.arraycopy(sealed.bytes(), 65_584, swapped, 0, 65_584);
        changes.add(swapped);
        for (byte[] changed : changes) {
            objects.put("/bkt/k", new MemoryObjects.Stored(headers, changed));
            try (RawClient reader = gateways.get(0).connect()) {
                reader.send("GET /bkt/k HTTP/1.1\r\nHost: gateway\r\n\r\n");
                RawClient.Answer head = reader.head();
                if (head.status() == 200) {
                    assertThat(head.header("content-length")).isEqualTo(Integer.toString(whole.length));
                    assertThatThrownBy(() -> reader.body(head)).isInstanceOf(UncheckedIOException.class);
                } else {
                    assertThat(new String(reader.body(head), UTF_8)).contains("<Code>InternalError</Code>");
                }
            }
        }
        objects.put("/bkt/k", sealed);
        assertThat(ask(client, "GET", "/bkt/k", new byte[0]).body()).isEqualTo(whole);
    }

    @Test
    void aStoreThatInventsAShorterLayoutCutsNoTailOff() {
        assertThat(upload(connect(Layout.PARTS), "k", 100).status()).isEqualTo(200);
        RawClient reader = connect(Layout.PARTS);
        Map<String, byte[]> invented = Map.of(
                "bytes=0-31", frameHeader(0, 1, 0, 26), // 26 + 26 bytes in 2 parts, sealed as long as 100 in one
                "bytes=148-179", frameHeader(1, 2, 1, 26));
        LoopbackStore.Script lying = call -> {
            String range = call.headers().getOrDefault("range", "");
            if (invented.containsKey(range)) {
                Map<String, String> headers =
                        new TreeMap<>(objects.get("/bkt/k").headers());
                headers.put("etag", objects.get("/bkt/k").etag());
                headers.put("content-range", range.replace('=', ' ') + "/196");
                call.respond(206, headers, invented.get(range));
            } else {
                objects.answer(call);
            }
        };
        store.next(lying).next(lying).next(lying);
        RawClient.Answer refused = ask(reader, "GET", "/bkt/k", new byte[0]);
        assertThat(store.requests()).hasSize(7); // 4 of the upload, the object, and two headers
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.text()).contains("<Code>InternalError</Code>");
        assertThat(ask(reader, "GET", "/bkt/k", new byte[0]).body())
                .as("what was invented is not remembered")
                .isEqualTo(content(100));
    }

    private static byte[] frameHeader(int flags, int part, int index, long length) {
        return ByteBuffer.allocate(FrameHeader.BYTES)
                .put(new byte[] {1, 1, (byte) flags, 0})
                .putInt(part)
                .putInt(index)
                .putLong(length)
                .array();
    }

    @Test
    void anOverwriteDuringTheSearchForPartsIsToldAsPassing() {
        RawClient client = connect(Layout.PARTS);
        assertThat(upload(client, "k", MIN + 7, 3).status()).isEqualTo(200);
        RawClient reader = connect(Layout.PARTS);
        MemoryObjects.Stored sealed = objects.get("/bkt/k");
        store.next(call -> {
            objects.put("/bkt/k", new MemoryObjects.Stored(sealed.headers(), new byte[1000]));
            Map<String, String> headers = new TreeMap<>(sealed.headers());
            headers.put("etag", sealed.etag());
            call.respond(200, headers, sealed.bytes());
        });
        assertThat(ask(reader, "GET", "/bkt/k", new byte[0]).text()).contains("<Code>SlowDown</Code>");
    }

    @Test
    void anUploadThatIsListedGoesOnUnderTheIdThatIsListed() {
        RawClient client = connect(Layout.PARTS);
        RawClient other = connect(Layout.PARTS);
        String id = create(client, "k");
        assertThat(listedId(client)).isEqualTo(id);
        assertThat(listedId(other)).isEqualTo("upload1"); // a node that has not seen it, until it has
        String etag = tenBytes(other, id);
        assertThat(listedId(other)).isEqualTo(id);
        assertThat(complete(other, "k", "upload1", List.of(etag)).status()).isEqualTo(200);
        assertThat(ask(client, "GET", "/bkt/k", new byte[0]).body()).isEqualTo(content(10));
    }

    private String listedId(RawClient client) {
        List<String> asked = new ArrayList<>();
        store.next(call -> {
            asked.add(call.target());
            call.respond(
                    200,
                    Map.of(),
                    ("<ListMultipartUploadsResult><NextUploadIdMarker>upload1</NextUploadIdMarker><Upload><Key>k</Key>"
                                    + "<UploadId>upload1</UploadId></Upload></ListMultipartUploadsResult>")
                            .getBytes(UTF_8));
        });
        String list = ask(client, "GET", "/bkt?uploads", new byte[0]).text();
        Matcher listed = Pattern.compile("<UploadId>(.+)</UploadId>").matcher(list);
        assertThat(listed.find()).isTrue();
        assertThat(list).contains("<NextUploadIdMarker>" + listed.group(1) + "</NextUploadIdMarker>");
        store.next(call -> {
            asked.add(call.target());
            call.respond(200, Map.of(), "<ListMultipartUploadsResult/>".getBytes(UTF_8));
        });
        ask(client, "GET", "/bkt?uploads&key-marker=k&upload-id-marker=" + listed.group(1), new byte[0]);
        assertThat(asked.get(1)).contains("upload-id-marker=upload1&");
        return listed.group(1);
    }

    @Test
    void aPartThatIsListedTwiceIsTheOneThatIsListedLast() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        String first = tenBytes(client, id);
        String second = tenBytes(client, id);
        RawClient.Answer answer = ask(
                client,
                "POST",
                "/bkt/k?uploadId=" + id,
                ("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + first
                                + "</ETag></Part><Part><PartNumber>1</PartNumber><ETag>" + second
                                + "</ETag></Part></CompleteMultipartUpload>")
                        .getBytes(UTF_8));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<Location>http://gateway/bkt/k</Location>");
        assertThat(ask(client, "GET", "/bkt/k", new byte[0]).body()).isEqualTo(content(10));
    }

    /** As S3Proxy does: it has no parts of an upload that is over, and says no more. */
    @Test
    void aRepeatedCompleteIsToldWhatTheFirstDidByAStoreThatListsNoParts() {
        RawClient client = connect(Layout.PARTS);
        String id = create(client, "k");
        String etag = tenBytes(client, id);
        RawClient.Answer first = complete(client, "k", id, List.of(etag));
        LoopbackStore.Script noParts = call -> call.respond(200, Map.of(), "<ListPartsResult/>".getBytes(UTF_8));
        store.next(noParts);
        RawClient.Answer second = complete(client, "k", id, List.of(etag));
        assertThat(second.text()).isEqualTo(first.text());
        store.next(noParts).next(call -> call.respond(404, Map.of(), new byte[0]));
        assertThat(complete(client, "k", id, List.of(etag)).text()).contains("<Code>InvalidPart</Code>");
        store.next(call -> call.error(404, "NoSuchKey"));
        assertThat(complete(client, "k", id, List.of(etag)).text()).isEqualTo(first.text());
    }
}
