package io.sealward.it.input;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** XML that is broken, or built to make its reader read files, call out, or run out of memory. */
class HostileDocumentTest extends HostileInput {
    static Stream<Named<byte[]>> documents() {
        return Stream.of(
                named("nothing", ""),
                named("no XML", "delete everything"),
                named("cut", "<Delete><Object><Key>a</Key></Object>"),
                named("another root", "<Remove><Object><Key>a</Key></Object></Remove>"),
                named("two roots", "<Delete/><Delete/>"),
                named("crossed", "<Delete><Object></Delete></Object>"),
                named("a billion laughs", bomb()),
                named(
                        "a file",
                        "<!DOCTYPE d [<!ENTITY f SYSTEM \"file:///etc/hostname\">]><Delete><Object><Key>&f;</Key></Object></Delete>"),
                named(
                        "a call out",
                        "<!DOCTYPE d SYSTEM \"http://127.0.0.1:1/d.dtd\"><Delete><Object><Key>a</Key></Object></Delete>"),
                named("an empty DTD", "<!DOCTYPE Delete><Delete><Object><Key>a</Key></Object></Delete>"),
                named("an unknown entity", "<Delete><Object><Key>&unknown;</Key></Object></Delete>"),
                named("deep", "<Delete>" + "<a>".repeat(100_000) + "</a>".repeat(100_000) + "</Delete>"),
                named("no text of XML", "<Delete><Object><Key>a\u0001b</Key></Object></Delete>"),
                Named.of("not UTF-8", new byte[] {'<', 'D', (byte) 0xff, (byte) 0xfe, '/', '>'}),
                Named.of("no byte order mark", "<Delete/>".getBytes(UTF_16BE)));
    }

    private static Named<byte[]> named(String name, String document) {
        return Named.of(name, document.getBytes(UTF_8));
    }

    private static String bomb() {
        String entities = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
                .collect(Collectors.joining());
        return "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY l0 \"lol\">" + entities
                + "]><Delete><Object><Key>&l9;</Key></Object></Delete>";
    }

    @ParameterizedTest
    @MethodSource("documents")
    void deleteObjectsRefusesIt(byte[] document) throws Exception {
        try (RawHttp http = connect()) {
            http.send(document("POST", "/BUCKET?delete", document));
            assertMalformed(http);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void completeMultipartUploadRefusesItAndKeepsTheUpload(byte[] document) throws Exception {
        String id = upload();
        try (RawHttp http = connect()) {
            http.send(document("POST", "/BUCKET/key?uploadId=" + id, document));
            assertMalformed(http);
        }
        assertThat(uploads()).isEqualTo(1);
    }

    private static void assertMalformed(RawHttp http) throws IOException {
        assertThat(http.answer().outcome()).isEqualTo("400 MalformedXML");
    }

    @Test
    void moreThanAThousandKeysAreRefused() throws Exception {
        String keys = "<Object><Key>k</Key></Object>".repeat(1001);
        assertRefused(
                document("POST", "/BUCKET?delete", ("<Delete>" + keys + "</Delete>").getBytes(UTF_8)),
                "400 MalformedXML");
    }

    @Test
    void aDocumentOfManyMegabytesIsRefusedBeforeItIsRead() throws Exception {
        try (RawHttp http = connect()) {
            byte[] document = new byte[(8 << 20) + 1];
            byte[] request = document("POST", "/BUCKET?delete", document);
            http.send(Arrays.copyOf(request, request.length - document.length)); // the head
            assertThat(http.answer().outcome()).isEqualTo("400 MaxMessageLengthExceeded");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Part><PartNumber>0</PartNumber><ETag>e</ETag></Part>",
                "<Part><PartNumber>10001</PartNumber><ETag>e</ETag></Part>",
                "<Part><PartNumber>-1</PartNumber><ETag>e</ETag></Part>",
                "<Part><PartNumber>one</PartNumber><ETag>e</ETag></Part>",
                "<Part><PartNumber>99999999999</PartNumber><ETag>e</ETag></Part>",
                "<Part><PartNumber>1</PartNumber></Part>",
                "<Part><ETag>e</ETag></Part>",
                "<Part/>",
                "",
                "<Part><PartNumber>1</PartNumber><ETag>never uploaded</ETag></Part>",
                "<Part><PartNumber>2</PartNumber><ETag>e</ETag></Part><Part><PartNumber>1</PartNumber><ETag>e</ETag></Part>",
                "<Part><PartNumber>1</PartNumber><ETag>e</ETag></Part><Part><PartNumber>1</PartNumber><ETag>e</ETag></Part>",
            })
    void partsThatCanNotBeAreRefusedAndTheUploadIsKept(String parts) throws Exception {
        String id = upload();
        try (RawHttp http = connect()) {
            http.send(document(
                    "POST",
                    "/BUCKET/key?uploadId=" + id,
                    ("<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>").getBytes(UTF_8)));
            assertThat(http.answer().outcome())
                    .isIn("400 MalformedXML", "400 InvalidPart", "400 InvalidPartOrder", "400 InvalidArgument");
        }
        assertThat(uploads()).isEqualTo(1);
    }

    private byte[] document(String method, String uri, byte[] document) throws Exception {
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(document));
        SignedRequest request = request(method, uri).body(document);
        return request.header("content-md5", md5).bytes();
    }

    private String upload() {
        try (S3Client client = STACK.client()) {
            return client.createMultipartUpload(r -> r.bucket(bucket()).key("key"))
                    .uploadId();
        }
    }

    private int uploads() {
        try (S3Client behind = STACK.behind()) {
            return behind.listMultipartUploads(r -> r.bucket(bucket()))
                    .uploads()
                    .size();
        }
    }
}
