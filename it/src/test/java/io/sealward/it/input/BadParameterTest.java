package io.sealward.it.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.wire.Answer;
import io.sealward.it.wire.RawHttp;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Well-formed requests for what is not there, cannot be, or is not done here. */
class BadParameterTest extends HostileInput {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "1.5", "one", "", "99999999999999999999", "%00"})
    void aPartNumberThatIsNone(String number) throws IOException {
        String id = upload();
        assertRefused(
                request("PUT", "/BUCKET/key?partNumber=" + number + "&uploadId=" + id)
                        .body(CONTENT)
                        .bytes(),
                "400 InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "..%2F..%2Fetc", "%00", "AAAA", "0123456789abcdef0123456789abcdef"})
    void anUploadIdThatIsNone(String id) throws IOException {
        assertRefused(
                request("PUT", "/BUCKET/key?partNumber=1&uploadId=" + id)
                        .body(CONTENT)
                        .bytes(),
                "404 NoSuchUpload");
    }

    @Test
    void anUploadIdWithAnyCharacterChanged() throws IOException {
        String id = upload();
        for (int at = 0; at < id.length(); at += 13) {
            String changed = id.substring(0, at) + (id.charAt(at) == 'A' ? 'B' : 'A') + id.substring(at + 1);
            try (RawHttp http = connect()) {
                http.send(request("PUT", "/BUCKET/key?partNumber=1&uploadId=" + changed)
                        .body(CONTENT)
                        .bytes());
                Answer answer = http.answer();
                assertThat(answer.status())
                        .as("character %s: %s", at, answer.body())
                        .isBetween(400, 499);
            }
        }
        assertThat(partsOf(id)).isZero();
    }

    @Test
    void anUploadIdOfAnotherKeyOrBucket() throws IOException {
        String id = upload();
        try (RawHttp http = connect()) {
            http.send(request("PUT", "/BUCKET/another?partNumber=1&uploadId=" + id)
                    .body(CONTENT)
                    .bytes());
            assertThat(http.answer().status()).isBetween(400, 499);
        }
        assertThat(partsOf(id)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /BUCKET?abac=", "GET /BUCKET/key?torrent=", "PUT /BUCKET?replication=",
                "PUT /BUCKET?website=", "POST /BUCKET/key?select=", "PUT /BUCKET?inventory=",
                "PUT /BUCKET/key?renameObject=", "GET /BUCKET?session=", "PUT /BUCKET/key?versioning=",
            })
    void aSubResourceThatIsNotServed(String line) throws IOException {
        String[] words = line.split(" ");
        assertRefused(request(words[0], words[1]).body(CONTENT).bytes(), "501 NotImplemented");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /BUCKET?acl=", "PUT /BUCKET/key?acl=", "PUT /BUCKET?encryption=",
                "PUT /BUCKET?notification=", "PUT /BUCKET?logging=", "PUT /BUCKET?versioning=",
                "POST /BUCKET/key?restore=", "PUT /BUCKET/key?tagging=", "PUT /BUCKET?lifecycle=",
                "PUT /BUCKET/key?legal-hold=", "PUT /BUCKET/key?retention=", "PUT /BUCKET?object-lock=",
                "PUT /BUCKET?publicAccessBlock=",
            })
    void aBodyThatIsNoDocumentOfItsSubResource(String line) throws IOException, NoSuchAlgorithmException {
        store();
        String[] words = line.split(" ");
        assertRefused(
                request(words[0], words[1])
                        .header(
                                "content-md5",
                                Base64.getEncoder()
                                        .encodeToString(
                                                MessageDigest.getInstance("MD5").digest(CONTENT)))
                        .body(CONTENT)
                        .bytes(),
                "400 MalformedXML");
    }

    @Test
    void twoSubResourcesAtOnce() throws IOException {
        assertRefused(request("PUT", "/BUCKET/key?acl=&tagging=").body(CONTENT).bytes(), "501 NotImplemented");
        assertRefused(
                request("PUT", "/BUCKET/key?partNumber=1&uploadId=x&uploads=")
                        .body(CONTENT)
                        .bytes(),
                "501 NotImplemented");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "TRACE", "CONNECT", "PROPFIND", "get"})
    void aMethodThatIsNotOfS3(String method) throws IOException {
        assertRefused(request(method, "/BUCKET/key").bytes(), "405 MethodNotAllowed");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=580-, 416 InvalidRange",
        "bytes=9999999-99999999, 416 InvalidRange",
        "bytes=-0, 416 InvalidRange",
    })
    void aRangeBeyondTheEnd(String range, String outcome) throws IOException {
        store();
        assertRefused(request("GET", "/BUCKET/key").header("range", range).bytes(), outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5-2",
                "bytes=a-b",
                "bytes=--5",
                "bytes=",
                "bytes",
                "lines=1-2",
                "bytes=1-2-3",
                "bytes=0x1-2"
            })
    void aRangeThatIsNoneIsIgnored(String range) throws IOException {
        store();
        try (RawHttp http = connect()) {
            http.send(request("GET", "/BUCKET/key").header("range", range).bytes());
            Answer answer = http.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(new String(CONTENT, UTF_8));
        }
    }

    @Test
    void aKeyOfTooManyBytes() throws IOException {
        assertRefused(
                request("PUT", "/BUCKET/" + "k".repeat(1025)).body(CONTENT).bytes(), "400 KeyTooLongError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/BUCKET/../../other/key", "/BUCKET/a/../../../key", "/BUCKET/a/..", "/BUCKET/."})
    void aKeyThatClimbsIsRefused(String uri) throws IOException {
        assertRefused(request("GET", uri).bytes(), "400 InvalidURI");
    }

    @Test
    void aKeyWithDotsThatDoesNotClimbStaysAKey() throws IOException {
        assertRefused(request("GET", "/BUCKET/./key").bytes(), "404 NoSuchKey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-keys=-1", "max-keys=many", "encoding-type=binary", "list-type=3"})
    void aListingParameterThatIsNone(String query) throws IOException {
        try (RawHttp http = connect()) {
            http.send(request("GET", "/BUCKET?" + query).bytes());
            assertThat(http.answer().outcome()).isIn("400 InvalidArgument", "501 NotImplemented");
        }
    }

    private void store() throws IOException {
        mayStore("key");
        try (RawHttp http = connect()) {
            http.send(put().bytes());
            assertThat(http.answer().status()).isEqualTo(200);
        }
    }

    private String upload() {
        try (S3Client client = STACK.client()) {
            return client.createMultipartUpload(r -> r.bucket(bucket()).key("key"))
                    .uploadId();
        }
    }

    private int partsOf(String id) {
        try (S3Client client = STACK.client()) {
            return client.listParts(r -> r.bucket(bucket()).key("key").uploadId(id))
                    .parts()
                    .size();
        }
    }
}
