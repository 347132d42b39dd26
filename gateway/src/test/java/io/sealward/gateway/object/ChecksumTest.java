package io.sealward.gateway.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.providers.KmsError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checksums of clients: kept with objects, and held against what they say of multipart uploads. */
class ChecksumTest {
    private static final String ASKED = "x-amz-checksum-mode: ENABLED";
    private static final String FIELD = "x-amz-meta-sealward-checksum";
    private static final int MIN = 5 << 20;

    private final MemoryObjects objects = new MemoryObjects();
    private final LoopbackStore store = new LoopbackStore(objects);
    private final LoopbackGateway gateway = new LoopbackGateway(store);
    private final RawClient client = gateway.connect();

    @AfterEach
    void close() {
        client.close();
        gateway.close();
        store.close();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static String crc32(byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(data);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private RawClient.Answer ask(String method, String target, byte[] body, String... headers) {
        client.send(method + " " + target + " HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + body.length + "\r\n"
                        + String.join(
                                "", Arrays.stream(headers).map(h -> h + "\r\n").toList()) + "\r\n")
                .send(body);
        return method.equals("HEAD") ? client.head() : client.answer();
    }

    private RawClient.Answer ask(String method, String target, String... headers) {
        return ask(method, target, new byte[0], headers);
    }

    private RawClient.Answer putWithTrailer(byte[] content) {
        ByteArrayOutputStream chunked = new ByteArrayOutputStream();
        if (content.length > 0) {
            chunked.writeBytes((Integer.toHexString(content.length) + "\r\n").getBytes(UTF_8));
            chunked.writeBytes(content);
            chunked.writeBytes("\r\n".getBytes(UTF_8));
        }
        chunked.writeBytes(("0\r\nx-amz-checksum-crc32:" + crc32(content) + "\r\n\r\n").getBytes(UTF_8));
        return ask(
                "PUT",
                "/bkt/k",
                chunked.toByteArray(),
                "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length: " + content.length,
                "x-amz-trailer: x-amz-checksum-crc32");
    }

    private void isTold(byte[] content) {
        for (String method : List.of("HEAD", "GET")) {
            RawClient.Answer answer = ask(method, "/bkt/k", ASKED);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("x-amz-checksum-crc32")).as(method).isEqualTo(crc32(content));
            assertThat(answer.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
            assertThat(ask(method, "/bkt/k").headers()).doesNotContainKey("x-amz-checksum-crc32");
        }
        assertThat(objects.get("/bkt/k").headers().get(FIELD)).isNotBlank();
        assertThat(objects.get("/bkt/k").headers()).doesNotContainValue(crc32(content));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 200_000})
    void oneInAHeaderIsKept(int length) {
        byte[] content = content(length);
        RawClient.Answer put = ask("PUT", "/bkt/k", content, "x-amz-checksum-crc32: " + crc32(content));
        assertThat(put.header("x-amz-checksum-crc32")).isEqualTo(crc32(content));
        isTold(content);
        if (length > 1) {
            assertThat(ask("GET", "/bkt/k", ASKED, "Range: bytes=0-0").headers())
                    .doesNotContainKey("x-amz-checksum-crc32");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536})
    void oneInATrailerIsKeptOfABodyThatTheStoreHearsOfWhenItIsVerified(int length) {
        byte[] content = content(length);
        assertThat(putWithTrailer(content).status()).isEqualTo(200);
        isTold(content);
    }

    @Test
    void oneInALaterTrailerIsVerifiedAndNotKept() {
        byte[] content = content(65_537);
        assertThat(putWithTrailer(content).header("x-amz-checksum-crc32")).isEqualTo(crc32(content));
        RawClient.Answer answer = ask("GET", "/bkt/k", ASKED);
        assertThat(answer.body()).isEqualTo(content);
        assertThat(answer.headers()).doesNotContainKey("x-amz-checksum-crc32");
    }

    @Test
    void oneThatFindsNoRoomIsWorthNoRefusal() {
        byte[] content = content(3);
        int length = 2_000;
        RawClient.Answer put;
        do { // all that is left by the seal
            length -= 20;
            put = ask(
                    "PUT",
                    "/bkt/k",
                    content,
                    "x-amz-checksum-crc32: " + crc32(content),
                    "x-amz-meta-a: " + "v".repeat(length));
        } while (put.text().contains("<Code>MetadataTooLarge</Code>"));
        assertThat(put.status()).isEqualTo(200);
        assertThat(objects.get("/bkt/k").headers()).doesNotContainKey(FIELD);
        assertThat(ask("GET", "/bkt/k", ASKED).headers()).doesNotContainKey("x-amz-checksum-crc32");
    }

    @Test
    void oneThatTheStoreHasChangedIsNotTold() {
        byte[] content = content(3);
        ask("PUT", "/bkt/k", content, "x-amz-checksum-crc32: " + crc32(content));
        objects.change("/bkt/k", stored -> {
            Map<String, String> headers = new TreeMap<>(stored.headers());
            headers.put(FIELD, "A" + headers.get(FIELD).substring(1));
            return new MemoryObjects.Stored(headers, stored.bytes());
        });
        RawClient.Answer answer = ask("GET", "/bkt/k", ASKED);
        assertThat(answer.body()).isEqualTo(content);
        assertThat(answer.headers()).doesNotContainKey("x-amz-checksum-crc32");
    }

    private RawClient.Answer attributes() {
        return ask("GET", "/bkt/k?attributes", "x-amz-object-attributes: Checksum,ObjectSize");
    }

    @Test
    void attributesTellItToWhoAsks() {
        byte[] content = content(3);
        ask("PUT", "/bkt/k", content, "x-amz-checksum-crc32: " + crc32(content));
        assertThat(attributes().text())
                .contains("<Checksum><ChecksumCRC32>" + crc32(content)
                        + "</ChecksumCRC32><ChecksumType>FULL_OBJECT</ChecksumType></Checksum>");
        assertThat(ask("GET", "/bkt/k?attributes", "x-amz-object-attributes: ObjectSize")
                        .text())
                .doesNotContain("Checksum");
        gateway.keys().withdraw("extkey_1", "told to");
        gateway.kek().refuse(KmsError.REVOKED);
        assertThat(attributes().text()).contains("<ObjectSize>3</ObjectSize>").doesNotContain("Checksum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"extkey_1", "extkey_2"})
    void aCopyKeepsItByWhateverWayItIsMade(String sealedUnder) {
        byte[] content = content(200_000);
        ask("PUT", "/bkt/from", content, "x-amz-checksum-crc32: " + crc32(content));
        gateway.sealUnder(sealedUnder); // another one has the content pass through the gateway
        assertThat(ask("PUT", "/bkt/k", "x-amz-copy-source: /bkt/from").status())
                .isEqualTo(200);
        isTold(content);
    }

    @Test
    void aHeadIsAnsweredWithoutItWhereTheKeyIsWithdrawn() {
        byte[] content = content(3);
        ask("PUT", "/bkt/k", content, "x-amz-checksum-crc32: " + crc32(content));
        gateway.keys().withdraw("extkey_1", "told to");
        gateway.kek().refuse(KmsError.REVOKED);
        RawClient.Answer head = ask("HEAD", "/bkt/k", ASKED);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo("3");
        assertThat(head.headers()).doesNotContainKey("x-amz-checksum-crc32");
    }

    private String create(String... headers) {
        Matcher id = Pattern.compile("<UploadId>(.+)</UploadId>")
                .matcher(ask("POST", "/bkt/k?uploads", headers).text());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private static final List<byte[]> PARTS = List.of(content(MIN), content(5));

    private List<String> upload(String id, boolean withChecksums) {
        List<String> etags = new ArrayList<>();
        for (byte[] part : PARTS) {
            String target = "/bkt/k?partNumber=" + (etags.size() + 1) + "&uploadId=" + id;
            RawClient.Answer answer = withChecksums
                    ? ask("PUT", target, part, "x-amz-checksum-crc32: " + crc32(part))
                    : ask("PUT", target, part);
            assertThat(answer.status()).isEqualTo(200);
            etags.add(answer.header("etag"));
        }
        return etags;
    }

    private RawClient.Answer complete(String id, List<String> etags, List<String> checksums, String... headers) {
        StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < etags.size(); i++) {
            list.append("<Part><PartNumber>" + (i + 1) + "</PartNumber><ETag>" + etags.get(i) + "</ETag>"
                    + (checksums.isEmpty() ? "" : "<ChecksumCRC32>" + checksums.get(i) + "</ChecksumCRC32>")
                    + "</Part>");
        }
        return ask(
                "POST",
                "/bkt/k?uploadId=" + id,
                list.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8),
                headers);
    }

    private static byte[] whole() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        PARTS.forEach(whole::writeBytes);
        return whole.toByteArray();
    }

    private static String composite() {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        PARTS.forEach(part -> values.writeBytes(Base64.getDecoder().decode(crc32(part))));
        return crc32(values.toByteArray()) + "-2";
    }

    @Test
    void whatACompleteSaysOfChecksumsIsHeldAgainstThoseOfTheParts() {
        String id = create("x-amz-checksum-algorithm: CRC32", "x-amz-checksum-type: FULL_OBJECT");
        List<String> etags = upload(id, true);
        List<String> right = PARTS.stream().map(ChecksumTest::crc32).toList();
        assertThat(complete(id, etags, List.of(right.get(0), "AAAAAA==")).text())
                .contains("<Code>InvalidPart</Code>");
        assertThat(complete(id, etags, right, "x-amz-checksum-crc32: AAAAAA==").text())
                .contains("<Code>BadDigest</Code>");
        assertThat(complete(id, etags, right, "x-amz-checksum-crc32: AAAAAA==-2")
                        .text())
                .contains("<Code>BadDigest</Code>");
        assertThat(complete(id, etags, right, "x-amz-checksum-crc32c: AAAAAA==").text())
                .contains("<Code>InvalidRequest</Code>");
        assertThat(complete(id, etags, right, "x-amz-checksum-sha256: AAAA", "x-amz-checksum-type: FULL_OBJECT")
                        .text())
                .contains("<Code>InvalidRequest</Code>");
        assertThat(objects.get("/bkt/k")).isNull();
        RawClient.Answer done = complete(
                id, etags, right, "x-amz-checksum-crc32: " + crc32(whole()), "x-amz-checksum-type: FULL_OBJECT");
        assertThat(done.text())
                .contains(
                        "<ChecksumCRC32>" + crc32(whole()) + "</ChecksumCRC32>",
                        "<ChecksumType>FULL_OBJECT</ChecksumType>");
        assertThat(ask("GET", "/bkt/k", ASKED).body()).isEqualTo(whole());
    }

    @ParameterizedTest
    @CsvSource({"true, ''", "true, -2", "false, ''"})
    void aCompositeIsToldWithTheNumberOfItsPartsOrWithout(boolean said, String counted) {
        String id = create("x-amz-checksum-algorithm: CRC32");
        List<String> etags = upload(id, true);
        String value = composite().replace("-2", counted);
        RawClient.Answer done = said
                ? complete(id, etags, List.of(), "x-amz-checksum-crc32: " + value, "x-amz-checksum-type: COMPOSITE")
                : complete(id, etags, List.of());
        assertThat(done.text())
                .contains(
                        "<ChecksumCRC32>" + composite() + "</ChecksumCRC32>", "<ChecksumType>COMPOSITE</ChecksumType>");
    }

    @Test
    void whatCannotBeToldIsRefused() {
        String id = create();
        List<String> etags = upload(id, false);
        assertThat(complete(id, etags, List.of(), "x-amz-checksum-crc32: " + crc32(whole()))
                        .text())
                .contains("<Code>InvalidRequest</Code>");
        assertThat(complete(id, etags, List.of("AAAAAA==", "AAAAAA==")).text()).contains("<Code>InvalidPart</Code>");
        RawClient.Answer done = complete(id, etags, List.of());
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.text()).doesNotContain("Checksum");
    }

    @Test
    void aChecksumInAnETagThatTheGatewayDidNotWriteIsRefused() {
        String id = create();
        List<String> etags = upload(id, true);
        String changed = etags.get(0).replaceFirst(".\"$", "A\"").replaceFirst("AA\"$", "BA\"");
        assertThat(complete(id, List.of(changed, etags.get(1)), List.of()).text())
                .contains("<Code>InvalidPart</Code>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-amz-checksum-algorithm: MD4",
                "x-amz-checksum-algorithm: SHA256\r\nx-amz-checksum-type: FULL_OBJECT",
                "x-amz-checksum-algorithm: CRC32\r\nx-amz-checksum-type: HALF"
            })
    void aKindThatS3DoesNotHaveIsRefused(String headers) {
        assertThat(ask("POST", "/bkt/k?uploads", headers).text()).contains("<Code>InvalidRequest</Code>");
    }
}
