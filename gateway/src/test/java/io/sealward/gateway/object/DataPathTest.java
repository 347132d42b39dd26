package io.sealward.gateway.object;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.loopback.Logged;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.providers.KmsError;
import java.io.OutputStream;
import java.net.SocketException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects between a raw client and a raw store. Whatever happens, nothing is held and no connection left behind. */
class DataPathTest extends DataPath {
    @Test
    void streamsBeyondTheSharedMemoryAreToldToSlowDown() throws Exception {
        stored("/bkt/k", content(1_000_000));
        Eventually.holds(() -> assertThat(gateway.requestMemory().taken()).isZero());
        List<Budget.Lease> others = new ArrayList<>();
        for (int i = 0; i < 7; i++) { // each takes half of what is left
            Budget.Lease other = gateway.requestMemory().lease("other-" + i);
            assertThat(other.take((32 << 20) >> i)).isTrue();
            others.add(other);
        }
        for (String head : List.of(get("/bkt/k"), put("/bkt/other", 1_000_000, "Expect: 100-continue"))) {
            try (RawClient refused = gateway.connect()) {
                RawClient.Answer answer = refused.send(head).answer();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text()).contains("<Code>SlowDown</Code>");
            }
        }
        assertThat(client.send(get("/bkt/k", "Range: bytes=5-9")).answer().status())
                .isEqualTo(206);
        others.forEach(Budget.Lease::close);
        assertThat(client.send(get("/bkt/k")).answer().status()).isEqualTo(200);
        Eventually.holds(() -> assertThat(gateway.requestMemory().taken()).isZero());
    }

    @Test
    void whatIsPutIsStoredSealedAndReadBack() {
        for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 1_000_000}) {
            byte[] content = content(length);
            stored("/bkt/" + length, content);
            assertThat(objects.get("/bkt/" + length).bytes()).hasSize(length + 48 * ((length + 65_535) / 65_536 + 1));
            RawClient.Answer answer = client.send(get("/bkt/" + length)).answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(content);
        }
        assertThat(gateway.kek().wraps()).isEqualTo(6);
        assertThat(gateway.kek().unwraps()).isZero();
    }

    @Test
    void aBodyThatFailsItsDigestIsToldAsThatAndStoredNowhere() {
        client.send(put("/bkt/k", 5, "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==")).send("hello");
        RawClient.Answer answer = client.answer();
        assertThat(answer.text()).contains("<Code>BadDigest</Code>");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(objects.get("/bkt/k")).isNull();
    }

    /** Some stores take a request that breaks off before its first byte for one of an empty object. */
    @ParameterizedTest
    @CsvSource({"0", "1", "65536"})
    void ofABodyThatIsHeldBackTheStoreHearsOnlyWhenItIsVerified(int length) throws Exception {
        client.send(put("/bkt/k", length, "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA=="))
                .send(content(length));
        assertThat(client.answer().text()).contains("<Code>BadDigest</Code>");
        try (RawClient leaving = gateway.connect()) {
            leaving.send(put("/bkt/k", 65_536)).send(content(65_535));
            Eventually.holds(() -> assertThat(gateway.kek().wraps()).isEqualTo(2));
        }
        Eventually.holds(() -> assertThat(gateway.front().exchangesUnderWay()).isZero());
        assertThat(store.requests()).isEmpty();
        stored("/bkt/k", content(length));
    }

    @Test
    void aWithdrawalWhileABodyIsHeldBackIsToldAsThat() throws Exception {
        client.send(put("/bkt/k", 1_000, "Expect: 100-continue"));
        assertThat(client.head().status()).isEqualTo(100);
        client.send(content(999));
        gateway.kek().refuse(KmsError.REVOKED);
        gateway.keys().tryKeksInUse(0, 1);
        assertThat(client.answer().text()).contains("<Code>KMS.DisabledException</Code>");
        assertThat(store.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "65536"})
    void aWholeBodyThatMeetsAConnectionTheStoreHasJustClosedIsSentOnceMore(int length) {
        byte[] content = content(length);
        stored("/bkt/k", content(3));
        store.next(LoopbackStore.Call::hangUp);
        stored("/bkt/k", content);
        assertThat(store.requests()).containsExactly("PUT /bkt/k", "PUT /bkt/k", "PUT /bkt/k");
        assertThat(client.send(get("/bkt/k")).answer().body()).isEqualTo(content);
    }

    @Test
    void aBodyThatIsGoneOrAConditionThatMayHaveBeenMetIsNotSentAgain() {
        stored("/bkt/k", content(3));
        store.next(LoopbackStore.Call::hangUp);
        client.send(put("/bkt/k", 65_537)).send(content(65_537));
        assertThat(client.answer().status()).isEqualTo(503);
        stored("/bkt/k", content(3));
        store.next(LoopbackStore.Call::hangUp);
        client.send(put("/bkt/new", 3, "If-None-Match: *")).send(content(3));
        assertThat(client.answer().status()).isEqualTo(503);
        assertThat(store.requests()).hasSize(4);
    }

    @Test
    void aBodyThatFailsItsDigestLateIsToldAsThatToo() throws Exception {
        client.send(put("/bkt/k", 100_000, "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA=="))
                .send(content(99_999));
        Eventually.holds(() -> assertThat(store.requests()).contains("PUT /bkt/k"));
        client.send("x");
        assertThat(client.answer().text()).contains("<Code>BadDigest</Code>");
        assertThat(objects.get("/bkt/k")).isNull();
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
    }

    @Test
    void aKekWithdrawnDuringAnUploadIsToldAsThat() throws Exception {
        client.send(put("/bkt/k", 1_000_000)).send(content(500_000));
        Eventually.holds(() -> assertThat(store.requests()).contains("PUT /bkt/k"));
        gateway.kek().refuse(KmsError.REVOKED);
        gateway.keys().tryKeksInUse(0, 1);
        RawClient.Answer answer = client.answer();
        assertThat(answer.text()).contains("<Code>KMS.DisabledException</Code>");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(objects.get("/bkt/k")).isNull();
    }

    @Test
    void aKekWithdrawnDuringADownloadCutsIt() throws Exception {
        stored("/bkt/k", content(16 << 20));
        RawClient.Answer head = client.send(get("/bkt/k")).head();
        assertThat(head.status()).isEqualTo(200);
        gateway.kek().refuse(KmsError.REVOKED);
        gateway.keys().tryKeksInUse(0, 1);
        Eventually.holds(() -> assertThat(gateway.front().exchangesUnderWay()).isZero());
        assertThatThrownBy(() -> client.body(head)).hasCauseInstanceOf(SocketException.class);
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
    }

    @Test
    void aRefusalByTheStoreDuringAnUploadIsRelayedAndTheConnectionServesOn() {
        store.next(call -> {
            call.error(403, "QuotaExceeded");
            call.in().readNBytes(Integer.parseInt(call.headers().get("content-length"))); // or less, if it is given up
        });
        client.send(put("/bkt/k", 500_000)).send(content(500_000));
        assertThat(client.answer().text()).contains("<Code>QuotaExceeded</Code>");
        assertThat(client.send(get("/bkt/none")).answer().status()).isEqualTo(404);
    }

    @Test
    void aRefusalByAStoreThatThenHangsUpIsRelayed() {
        store.next(call -> {
            call.error(403, "QuotaExceeded");
            call.socket().setSoLinger(true, 0);
            call.hangUp();
        });
        client.send(put("/bkt/k", 500_000)).send(content(500_000));
        assertThat(client.answer().text()).contains("<Code>QuotaExceeded</Code>");
    }

    @Test
    void aClientThatLeavesDuringADownloadFreesTheStoresConnection() throws Exception {
        stored("/bkt/k", content(16 << 20));
        try (RawClient leaving = gateway.connect()) {
            leaving.send(get("/bkt/k")).head();
            leaving.reset();
        }
        Eventually.holds(() -> assertThat(gateway.front().exchangesUnderWay()).isZero());
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
    }

    @Test
    void aClientThatLeavesWhileTheKeyIsAwaitedFreesTheStoresConnection() throws Exception {
        stored("/bkt/k", content(4 << 20));
        gateway.keys().withdraw("extkey_1", "told to");
        gateway.kek().hold();
        RawClient leaving = gateway.connect();
        leaving.send(get("/bkt/k"));
        Eventually.holds(() -> assertThat(gateway.kek().unwraps()).isEqualTo(1));
        leaving.reset();
        gateway.kek().release();
        Eventually.holds(() -> assertThat(gateway.front().exchangesUnderWay()).isZero());
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
    }

    @Test
    void aClientThatLeavesWhileAKeyIsMadeLeavesNothing() throws Exception {
        gateway.kek().hold();
        RawClient leaving = gateway.connect();
        leaving.send(put("/bkt/k", 10)).send("hello");
        Eventually.holds(() -> assertThat(gateway.kek().wraps()).isEqualTo(1));
        leaving.reset();
        gateway.kek().release();
        Eventually.holds(() -> assertThat(gateway.front().exchangesUnderWay()).isZero());
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
        assertThat(objects.get("/bkt/k")).isNull();
    }

    @Test
    void anUploadThatIsCutStoresNothing() throws Exception {
        RawClient leaving = gateway.connect();
        leaving.send(put("/bkt/k", 300_000)).send(content(200_000));
        Eventually.holds(() -> assertThat(store.requests()).contains("PUT /bkt/k"));
        leaving.close();
        Eventually.holds(() -> assertThat(gateway.front().exchangesUnderWay()).isZero());
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
        assertThat(objects.get("/bkt/k")).isNull();
    }

    @Test
    void aDamagedSealIsAnErrorAndFreesTheStoresConnection() throws Exception {
        stored("/bkt/k", content(4 << 20));
        objects.change("/bkt/k", stored -> {
            Map<String, String> headers = new TreeMap<>(stored.headers());
            headers.put("x-amz-meta-sealward-dek", "garbled");
            return new MemoryObjects.Stored(headers, stored.bytes());
        });
        RawClient.Answer answer = client.send(get("/bkt/k")).answer();
        assertThat(answer.status()).isEqualTo(500);
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
    }

    @Test
    void eachKindOfDamageRaisesTheAlarmOnce() {
        byte[] content = content(1_000);
        stored("/bkt/k", content);
        stored("/bkt/other", content);
        MemoryObjects.Stored sealed = objects.get("/bkt/k");
        byte[] flipped = sealed.bytes().clone();
        flipped[500] ^= 1;
        Map<String, String> garbled = new TreeMap<>(sealed.headers());
        garbled.put("x-amz-meta-sealward-dek", "garbled");
        for (MemoryObjects.Stored damaged : List.of(
                new MemoryObjects.Stored(sealed.headers(), flipped),
                new MemoryObjects.Stored(garbled, sealed.bytes()),
                new MemoryObjects.Stored(sealed.headers(), new byte[3]), // a length that no sealed object has
                objects.get("/bkt/other"))) { // which does not unwrap in this place
            objects.put("/bkt/k", damaged);
            try (Logged logged = new Logged()) {
                RawClient.Answer answer = client.send(get("/bkt/k")).answer();
                assertThat(answer.text()).contains("<Code>InternalError</Code>");
                assertThat(logged.lines())
                        .filteredOn(line -> line.startsWith("ERROR request " + answer.header("x-amz-request-id")
                                + ": bkt/k is not what was sealed: "))
                        .hasSize(1);
            }
        }
    }

    @Test
    void aFolderMarkerHasNoBytesAndNothingIsTakenForOne() {
        stored("/bkt/a/", new byte[0]);
        MemoryObjects.Stored marker = objects.get("/bkt/a/");
        assertThat(marker.bytes()).isEmpty();
        assertThat(client.send(get("/bkt/a/")).answer().body()).isEmpty();
        assertThat(client.send(get("/bkt/a/", "Range: bytes=0-")).answer().status())
                .isEqualTo(416);
        client.send(put("/bkt/a/", 1)).send("x");
        assertThat(client.answer().text()).contains("<Code>NotImplemented</Code>");
        assertThat(objects.get("/bkt/a/")).isSameAs(marker);

        objects.put("/bkt/a/", new MemoryObjects.Stored(marker.headers(), content(48)));
        assertThat(client.send(get("/bkt/a/")).answer().status()).isEqualTo(500);
        objects.put("/bkt/b/", marker); // which does not open in this place
        assertThat(client.send(get("/bkt/b/")).answer().status()).isEqualTo(500);
        stored("/bkt/k", content(10));
        objects.change("/bkt/k", kept -> new MemoryObjects.Stored(kept.headers(), new byte[0]));
        assertThat(client.send(get("/bkt/k")).answer().status()).isEqualTo(500);
        objects.change("/bkt/k", kept -> new MemoryObjects.Stored(marker.headers(), new byte[0]));
        assertThat(client.send(get("/bkt/k")).answer().status()).isEqualTo(500);
    }

    @Test
    void aFolderMarkerThatLostItsSealIsStillOneIfItHasNoByte() {
        objects.put("/bkt/a/", new MemoryObjects.Stored(Map.of(), new byte[0]));
        assertThat(client.send(get("/bkt/a/")).answer().status()).isEqualTo(200);
        objects.put("/bkt/a/", new MemoryObjects.Stored(Map.of(), content(1)));
        assertThat(client.send(get("/bkt/a/")).answer().text()).contains("<Code>InvalidObjectState</Code>");
        objects.put("/bkt/k", new MemoryObjects.Stored(Map.of(), new byte[0]));
        assertThat(client.send(get("/bkt/k")).answer().text()).contains("<Code>InvalidObjectState</Code>");
    }

    /** By a store that passes over the condition, as this one does. */
    @Test
    void aDeletionIsHeldToItsConditionHere() {
        stored("/bkt/k", content(3));
        String etag = client.send(get("/bkt/k")).answer().header("etag");
        String delete = put("/bkt/k", 0, "If-Match: \"another\"").replaceFirst("PUT", "DELETE");
        RawClient.Answer refused = client.send(delete).answer();
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.text()).contains("<Code>PreconditionFailed</Code>");
        assertThat(objects.get("/bkt/k")).isNotNull();
        store.next(call -> call.respond(503, Map.of(), new byte[0]))
                .next(call -> call.respond(503, Map.of(), new byte[0])); // the HEAD is sent once more
        assertThat(client.send(delete).answer().status()).isEqualTo(503);
        assertThat(objects.get("/bkt/k")).isNotNull();
        assertThat(client.send(delete.replace("\"another\"", etag)).answer().status())
                .isEqualTo(204);
        assertThat(objects.get("/bkt/k")).isNull();
        assertThat(client.send(delete).answer().status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETag", "LastModifiedTime", "Size"})
    void aConditionInAListOfDeletionsIsRefused(String condition) {
        String list = "<Delete><Object><Key>k</Key><" + condition + ">1</" + condition + "></Object></Delete>";
        RawClient.Answer answer = client.send(put("/bkt?delete", list.length(), "Content-MD5: " + md5(list))
                                .replaceFirst("PUT", "POST")
                        + list)
                .answer();
        assertThat(answer.text()).contains("<Code>NotImplemented</Code>", condition);
        assertThat(store.requests()).isEmpty();
    }

    private static String md5(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void metadataBeyondAsciiIsAnsweredAsAnEncodedWord() {
        String sent = new String("Größe 5 €".getBytes(UTF_8), ISO_8859_1);
        client.send(put(
                        "/bkt/k",
                        3,
                        "x-amz-meta-utf8: " + sent,
                        "x-amz-meta-latin: Gr\u00F6\u00DFe",
                        "x-amz-meta-ascii: a=?b"))
                .send(content(3));
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(objects.get("/bkt/k").headers())
                .containsEntry("x-amz-meta-utf8", "=?UTF-8?B?R3LDtsOfZSA1IOKCrA==?=");
        RawClient.Answer answer = client.send(get("/bkt/k")).answer();
        assertThat(answer.header("x-amz-meta-utf8")).isEqualTo("=?UTF-8?B?R3LDtsOfZSA1IOKCrA==?=");
        assertThat(answer.header("x-amz-meta-latin")).isEqualTo("=?UTF-8?B?R3LDtsOfZQ==?=");
        assertThat(answer.header("x-amz-meta-ascii")).isEqualTo("a=?b");
    }

    @Test
    void whatAnObjectOfOnePutIsAtMostIsSaidOfItsPlaintext() {
        store.next(call -> {
            call.error(400, "EntityTooLarge"); // as a store that takes no more than 5 GiB
            call.in().transferTo(OutputStream.nullOutputStream());
        });
        String atMost = put("/bkt/k", 5, "Expect: 100-continue").replace(": 5", ": " + (5L << 30));
        client.send(atMost);
        assertThat(client.head().status()).isEqualTo(100);
        client.send(content(200_000));
        assertThat(client.answer().text()).contains("<Code>EntityTooLarge</Code>", "as told");
        try (RawClient other = gateway.connect()) {
            RawClient.Answer more = other.send(atMost.replace(": 53", ": 63")).answer();
            assertThat(more.text()).contains("<Code>EntityTooLarge</Code>");
        }
    }

    @Test
    void whatSdksAndProxiesSayOfThemselvesIsPassedOver() {
        client.send(put(
                        "/bkt/k",
                        3,
                        "x-amz-api-version: 2006-03-01",
                        "x-amz-cf-id: a",
                        "x-amz-optional-object-attributes: RestoreStatus"))
                .send(content(3));
        assertThat(client.answer().status()).isEqualTo(200);
    }
}
