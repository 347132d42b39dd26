package io.sealward.gateway.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes of objects, in plaintext sizes. */
class GetObjectAttributesTest {
    private static final int PART = 5 << 20;

    private final MemoryObjects objects = new MemoryObjects();
    private final LoopbackStore store = new LoopbackStore(objects);
    private final LoopbackGateway gateway = new LoopbackGateway(store);
    private final RawClient client = gateway.connect();

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        store.close();
    }

    private RawClient.Answer send(String method, String target, String headers, byte[] body) {
        return client.send(method + " " + target + " HTTP/1.1\r\nHost: gateway\r\n" + headers + "Content-Length: "
                        + body.length + "\r\n\r\n")
                .send(body)
                .answer();
    }

    private RawClient.Answer attributes(String key, String wanted, String more) {
        return send(
                "GET",
                "/bkt/" + key + "?attributes",
                "x-amz-object-attributes: " + wanted + "\r\n" + more,
                new byte[0]);
    }

    private static String group(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private void putParts(String key, int... lengths) {
        String id = group(
                "<UploadId>(.*)</UploadId>",
                send("POST", "/bkt/" + key + "?uploads", "", new byte[0]).text());
        StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < lengths.length; i++) {
            String etag = send(
                            "PUT",
                            "/bkt/" + key + "?partNumber=" + (i + 1) + "&uploadId=" + id,
                            "",
                            new byte[lengths[i]])
                    .header("etag");
            list.append("<Part><PartNumber>" + (i + 1) + "</PartNumber><ETag>" + etag + "</ETag></Part>");
        }
        byte[] body = list.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8);
        assertThat(send("POST", "/bkt/" + key + "?uploadId=" + id, "", body).status())
                .isEqualTo(200);
    }

    @Test
    void whatIsAskedForIsToldAndNothingElse() {
        send("PUT", "/bkt/one", "", new byte[70_000]);
        String size = attributes("one", "ObjectSize", "").text();
        assertThat(size).contains("<ObjectSize>70000</ObjectSize>").doesNotContain("ETag", "StorageClass");
        RawClient.Answer all = attributes("one", "ETag,Checksum, ObjectParts,StorageClass", "");
        assertThat(all.text())
                .contains("<StorageClass>STANDARD</StorageClass>")
                .doesNotContain("ObjectSize", "ObjectParts", "Checksum", "&quot;");
        assertThat(gateway.kek().unwraps()).isZero();
        assertThat('"' + group("<ETag>(.*)</ETag>", all.text()) + '"')
                .isEqualTo(send("GET", "/bkt/one", "", new byte[0]).header("etag"));
    }

    @Test
    void partsComeInPages() {
        putParts("parts", PART, PART + 1, 3);
        String first = attributes("parts", "ObjectParts,ObjectSize", "x-amz-max-parts: 2\r\n")
                .text();
        assertThat(first)
                .contains("<ObjectSize>" + (2 * PART + 4) + "</ObjectSize>")
                .contains("<PartsCount>3</PartsCount>", "<IsTruncated>true</IsTruncated>")
                .contains("<NextPartNumberMarker>2</NextPartNumberMarker>")
                .contains("<Part><PartNumber>2</PartNumber><Size>" + (PART + 1) + "</Size></Part>")
                .doesNotContain("<PartNumber>3</PartNumber>");
        String rest = attributes("parts", "ObjectParts", "x-amz-part-number-marker: 2\r\n")
                .text();
        assertThat(rest)
                .contains("<Part><PartNumber>3</PartNumber><Size>3</Size></Part>", "<IsTruncated>false</IsTruncated>")
                .doesNotContain("<PartNumber>2</PartNumber>");
        assertThat(attributes("parts", "ObjectParts", "x-amz-part-number-marker: 99999\r\n")
                        .text())
                .contains("<IsTruncated>false</IsTruncated>")
                .doesNotContain("<Part>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Size", "ObjectSize,x"})
    void anAttributeThatIsNoneIsRefused(String wanted) {
        assertThat(attributes("one", wanted, "").text()).contains("<Code>InvalidArgument</Code>");
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void anObjectWithoutASealIsNotDescribed() {
        objects.put("/bkt/bare", new MemoryObjects.Stored(Map.of(), new byte[10]));
        assertThat(attributes("bare", "ObjectSize", "").text()).contains("<Code>InvalidObjectState</Code>");
        assertThat(attributes("none", "ObjectSize", "").text()).contains("<Code>NoSuchKey</Code>");
    }
}
