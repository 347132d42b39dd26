package io.sealward.gateway.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.RawClient;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What documents hold while they come and go. */
class DocumentsTest {
    private static final int DOCUMENT = 8 << 20;

    private final LoopbackStore store = new LoopbackStore(DocumentsTest::answer);
    private final LoopbackGateway gateway = new LoopbackGateway(store);
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void nothingIsHeld() {
        clients.forEach(RawClient::close);
        gateway.close();
        store.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private RawClient connect() {
        RawClient client = gateway.connect();
        clients.add(client);
        return client;
    }

    private static void answer(LoopbackStore.Call call) throws IOException {
        call.body();
        String document = call.method().equals("POST") ? "<DeleteResult/>" : listing(1000, 1024);
        call.respond(200, Map.of(), document.getBytes(UTF_8));
    }

    /** Keys whose every byte is escaped. */
    private static String listing(int keys, int bytes) {
        return "<ListBucketResult><EncodingType>url</EncodingType>"
                + ("<Contents><Key>" + "%22".repeat(bytes) + "</Key><Size>64</Size></Contents>").repeat(keys)
                + "</ListBucketResult>";
    }

    private static String delete(int length, String... headers) {
        return "POST /bkt?delete HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + length + "\r\n"
                + String.join("", headers) + "\r\n";
    }

    private static String md5(String document) throws Exception {
        return "Content-MD5: "
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("MD5").digest(document.getBytes(UTF_8)))
                + "\r\n";
    }

    @Test
    void aWithheldDocumentHoldsLittleAndNothingOnceItsClientHasLeft() throws Exception {
        byte[] most = ("<Delete><Quiet>true</Quiet>" + " ".repeat(DOCUMENT - 28)).getBytes(UTF_8);
        for (int i = 0; i < 8; i++) {
            connect()
                    .send(delete(DOCUMENT, "x-amz-checksum-crc32: AAAAAA==\r\n"))
                    .send(most);
        }
        Eventually.holds(() -> assertThat(gateway.documentMemory().taken()).isPositive());
        assertThat(gateway.documentMemory().taken()).isLessThan(1 << 20);

        clients.forEach(RawClient::reset);
        Eventually.holds(() -> assertThat(gateway.documentMemory().taken()).isZero());
    }

    @Test
    void aDocumentTakesNothingBeforeItsFirstByte() {
        RawClient client =
                connect().send(delete(DOCUMENT, "x-amz-checksum-crc32: AAAAAA==\r\n", "Expect: 100-continue\r\n"));
        assertThat(client.head().status()).isEqualTo(100);
        assertThat(gateway.documentMemory().taken()).isLessThan(64 << 10);
    }

    @Test
    void whatDoesNotFitIsToldToSlowDownAtOnce() throws Exception {
        var lease = gateway.documentMemory().lease("proj_1");
        assertThat(lease.take(gateway.documentMemory().total() / 2)).isTrue();
        String document = "<Delete><Object><Key>k</Key></Object></Delete>";
        RawClient client = connect();
        RawClient.Answer refused =
                client.send(delete(document.length(), md5(document)) + document).answer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text()).contains("<Code>SlowDown</Code>");

        lease.close();
        assertThat(client.send(delete(document.length(), md5(document)) + document)
                        .answer()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aListNeedsADigestAsS3SaysIt() throws Exception {
        String document = "<Delete><Object><Key>k</Key></Object></Delete>";
        RawClient client = connect();
        RawClient.Answer refused =
                client.send(delete(document.length()) + document).answer();
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text())
                .contains("<Code>InvalidRequest</Code>", "Missing required header for this request: Content-MD5");
        assertThat(client.send(delete(document.length(), "x-amz-checksum-crc32: AAAAAA==\r\n") + document)
                        .answer()
                        .text())
                .contains("<Code>BadDigest</Code>");
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void theLargestListingThereIsPassesAndAReaderWhoLeavesGivesItsMemoryBack() throws Exception {
        RawClient.Answer whole =
                connect().send("GET /bkt HTTP/1.1\r\nHost: gateway\r\n\r\n").answer();
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body().length).isGreaterThan(6_000_000); // a quote is six bytes of XML
        Eventually.holds(() -> assertThat(gateway.documentMemory().taken()).isZero());

        RawClient slow = connect().send("GET /bkt HTTP/1.1\r\nHost: gateway\r\n\r\n");
        assertThat(slow.head().status()).isEqualTo(200);
        assertThat(gateway.documentMemory().taken()).isBetween(6_000_000L, 8L << 20);
        slow.reset();
        Eventually.holds(() -> assertThat(gateway.documentMemory().taken()).isZero());
    }

    @Test
    void anErrorOfTheStoreAndAnAnswerThatIsNoXmlGiveAllBack() throws Exception {
        store.next(call -> call.error(404, "NoSuchBucket"));
        store.next(call -> call.respond(200, Map.of(), "<ListBucketResult><Contents>".getBytes(UTF_8)));
        RawClient client = connect();
        assertThat(client.send("GET /bkt HTTP/1.1\r\nHost: gateway\r\n\r\n")
                        .answer()
                        .status())
                .isEqualTo(404);
        assertThat(client.send("GET /bkt HTTP/1.1\r\nHost: gateway\r\n\r\n")
                        .answer()
                        .status())
                .isEqualTo(503);
        Eventually.holds(() -> assertThat(gateway.documentMemory().taken()).isZero());
    }

    @Test
    void aPageIsNoLongerThanS3sAndItsSizeIsANumber() {
        RawClient client = connect();
        for (String size : List.of("-1", "%2B5", "many", "%D9%A3", "99999999999")) {
            assertThat(client.send("GET /bkt?max-keys=" + size + " HTTP/1.1\r\nHost: gateway\r\n\r\n")
                            .answer()
                            .text())
                    .contains("<Code>InvalidArgument</Code>");
        }
        assertThat(client.send("GET /bkt?max-keys=50000 HTTP/1.1\r\nHost: gateway\r\n\r\n")
                        .answer()
                        .status())
                .isEqualTo(200);
        assertThat(store.requests()).singleElement().asString().contains("max-keys=1000");
    }
}
