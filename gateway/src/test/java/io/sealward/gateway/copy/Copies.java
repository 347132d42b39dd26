package io.sealward.gateway.copy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/** A gateway between a client and a store on loopback sockets, for copies. Nothing is held when a test has ended. */
abstract class Copies {
    static final int MIN = 5 << 20;
    static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>(.+)</UploadId>");
    static final Pattern ETAG = Pattern.compile("<ETag>(?:&quot;|\")(.+?)(?:&quot;|\")</ETag>");

    final List<AutoCloseable> open = new ArrayList<>();
    MemoryObjects objects = new MemoryObjects();
    LoopbackStore store;
    LoopbackGateway gateway;
    RawClient client;

    void over(MemoryObjects stored, LoopbackGateway.Options options) {
        objects = stored;
        store = new LoopbackStore(objects);
        gateway = new LoopbackGateway(store, options);
        client = gateway.connect();
        open.addAll(List.of(client, gateway, store));
    }

    void over(MemoryObjects stored) {
        over(stored, LoopbackGateway.Options.usual());
    }

    @AfterEach
    void nothingIsHeld() throws Exception {
        if (gateway != null) {
            Eventually.holds(() -> assertThat(gateway.requestMemory().taken()).isZero());
            assertThat(gateway.documentMemory().taken()).isZero();
        }
        for (AutoCloseable each : open) {
            each.close();
        }
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    RawClient.Answer ask(String method, String target, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: gateway\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        client.send(head + "Content-Length: " + body.length + "\r\n\r\n").send(body);
        return method.equals("HEAD") ? client.head() : client.answer();
    }

    void put(String target, byte[] body, String... headers) {
        assertThat(ask("PUT", target, body, headers).status()).isEqualTo(200);
    }

    RawClient.Answer copy(String source, String target, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "x-amz-copy-source: " + source;
        return ask("PUT", target, new byte[0], all);
    }

    byte[] get(String target, String... headers) {
        RawClient.Answer answer = ask("GET", target, new byte[0], headers);
        assertThat(answer.status()).as(answer.text()).isIn(200, 206);
        return answer.body();
    }

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    String begin(String target) {
        Matcher id =
                UPLOAD_ID.matcher(ask("POST", target + "?uploads", new byte[0]).text());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    static String etag(RawClient.Answer answer) {
        Matcher etag = ETAG.matcher(answer.text());
        assertThat(etag.find()).as(answer.text()).isTrue();
        return etag.group(1);
    }

    RawClient.Answer complete(String target, String id, Map<Integer, String> etags) {
        StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
        etags.forEach((number, etag) ->
                list.append("<Part><PartNumber>" + number + "</PartNumber><ETag>" + etag + "</ETag></Part>"));
        return ask(
                "POST",
                target + "?uploadId=" + id,
                list.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8));
    }

    void multipart(String target, byte[]... parts) {
        String id = begin(target);
        Map<Integer, String> etags = new TreeMap<>();
        for (int i = 0; i < parts.length; i++) {
            RawClient.Answer put = ask("PUT", target + "?partNumber=" + (i + 1) + "&uploadId=" + id, parts[i]);
            etags.put(i + 1, put.header("etag"));
        }
        assertThat(complete(target, id, etags).status()).isEqualTo(200);
    }

    static Map<String, String> withETag(Map<String, String> headers, String etag) {
        Map<String, String> changed = new TreeMap<>(headers);
        changed.put("etag", etag);
        return changed;
    }

    void begin(LoopbackStore.Call call) throws IOException {
        MemoryObjects.Stored stored = objects.get("/bkt/a");
        call.raw("HTTP/1.1 200 OK\r\nContent-Length: " + stored.bytes().length + "\r\nETag: " + stored.etag()
                + "\r\n\r\n" + new String(stored.bytes(), 0, 500_000, ISO_8859_1));
    }
}
