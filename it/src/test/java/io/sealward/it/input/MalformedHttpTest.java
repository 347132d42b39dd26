package io.sealward.it.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not HTTP, too much of it, and what two readers of it could understand differently. */
class MalformedHttpTest extends HostileInput {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE",
                "GET",
                "GET /",
                " / HTTP/1.1",
                "GET / HTTP",
                "GET / HTTP/1",
                "GET / HTTP/one.one",
                "GET / HTTP/9.1",
                "GET / FTP/1.1",
                "GET / HTTP/1.1 again",
                "PRI * HTTP/2.0",
                "G\u0001T / HTTP/1.1",
            })
    void aBrokenRequestLineIsRefusedAndTheConnectionClosed(String line) throws IOException {
        try (RawHttp http = connect()) {
            http.send((line + "\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1));
            assertThat(http.answer().outcome()).isIn("400 InvalidRequest", "400 InvalidURI");
            assertThat(http.closes()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-colon",
                ": no name",
                "space : before the colon",
                "sp ace: in the name",
                "na\u0001me: control",
                "value: with \u0000 in it",
                "value: with \u000b in it",
            })
    void aBrokenHeaderIsRefusedAndTheConnectionClosed(String line) throws IOException {
        try (RawHttp http = connect()) {
            http.send(put().line(line).bytes());
            assertThat(http.answer().outcome()).isEqualTo("400 InvalidRequest");
            assertThat(http.closes()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%zz", "/bucket/%e2%8"})
    void aBrokenUriIsNamedAsSuch(String uri) throws IOException {
        assertRefused(("GET " + uri + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(UTF_8), "400 InvalidURI");
    }

    @Test
    void aRequestLineOfTooManyBytesIsRefused() throws IOException {
        assertRefused(
                ("GET /" + "k".repeat(64 << 10) + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(UTF_8), "400 InvalidURI");
    }

    @Test
    void headersOfTooManyBytesAreRefused() throws IOException {
        assertRefused(put().line("X-Long: " + "v".repeat(64 << 10)).bytes(), "400 RequestHeaderSectionTooLarge");
    }

    @Test
    void tooManyHeadersAreRefused() throws IOException {
        SignedRequest request = put();
        for (int i = 0; i < 5_000; i++) {
            request.line("X-Header-" + i + ": value");
        }
        assertRefused(request.bytes(), "400 RequestHeaderSectionTooLarge");
    }

    @Test
    void aFoldedLineIsPartOfTheValueBeforeIt() throws IOException {
        mayStore("key");
        try (RawHttp http = connect()) {
            http.send(put().line("X-Folded: a\r\n Transfer-Encoding: chunked").bytes());
            assertThat(http.answer().status()).isEqualTo(200);
            http.send(request("GET", "/BUCKET/key").bytes());
            assertThat(http.answer().body()).isEqualTo(new String(CONTENT, UTF_8));
        }
    }

    @Test
    void aTlsHelloIsNoRequest() throws IOException {
        try (RawHttp http = connect()) {
            byte[] hello = new byte[512];
            hello[0] = 0x16;
            hello[1] = 0x03;
            hello[2] = 0x01;
            http.send(hello);
            http.endOutput();
            assertAtMostAnErrorAndThenTheEnd(http);
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosedWithoutAWord() throws IOException {
        try (RawHttp http = connect()) {
            http.endOutput();
            assertThat(http.rest()).isEmpty();
        }
    }

    @Test
    void anHttp10RequestIsAnsweredAndTheConnectionClosed() throws IOException {
        try (RawHttp http = connect()) {
            http.send(request("GET", "/").protocol("HTTP/1.0").bytes());
            assertThat(http.answer().status()).isEqualTo(200);
            assertThat(http.closes()).isTrue();
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        mayStore("key");
        byte[] all = put().bytes();
        all = SignedRequest.join(all, request("GET", "/BUCKET/key").bytes());
        all = SignedRequest.join(all, request("GET", "/BUCKET/none").bytes());
        all = SignedRequest.join(
                all, request("GET", "/BUCKET/key").header("range", "bytes=0-8").bytes());
        try (RawHttp http = connect()) {
            http.send(all);
            assertThat(http.answer().status()).isEqualTo(200);
            assertThat(http.answer().body()).isEqualTo(new String(CONTENT, UTF_8));
            assertThat(http.answer().outcome()).isEqualTo("404 NoSuchKey");
            assertThat(http.answer().body()).isEqualTo("plaintext");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 0",
        "Content-Length: 580",
        "Content-Length: 581",
        "Content-Length: +580",
        "Content-Length: -1",
        "Content-Length: 0x244",
        "Content-Length: 99999999999999999999",
    })
    void twoLengthsAreNeverReconciled(String second) throws IOException {
        assertThat(CONTENT).hasSize(580);
        assertSmugglesNothing(put().line(second));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\tchunked",
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding: \u000bchunked",
            })
    void aLengthAndATransferEncodingTogetherAreRefused(String second) throws IOException {
        assertSmugglesNothing(put().line(second));
    }

    /** A request stands where its body should; it must never be answered. */
    private void assertSmugglesNothing(SignedRequest request) throws IOException {
        byte[] hidden = request("GET", "/").bytes();
        try (RawHttp http = connect()) {
            http.send(SignedRequest.join(request.bytes(), hidden));
            assertThat(http.answer().outcome())
                    .isIn(
                            "400 InvalidRequest",
                            "400 InvalidArgument",
                            "411 MissingContentLength",
                            "501 NotImplemented");
            assertThat(new String(http.rest(), UTF_8)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+5", "5,5", "0x5", "five", "99999999999999999999", "9223372036854775808"})
    void aLengthThatIsNoNumberIsRefused(String length) throws IOException {
        try (RawHttp http = connect()) {
            http.send(request("PUT", "/BUCKET/key")
                    .body(CONTENT, SignedRequest.sha256(CONTENT))
                    .line("Content-Length: " + length)
                    .bytes());
            assertThat(http.answer().outcome())
                    .isIn("400 InvalidRequest", "400 InvalidArgument", "411 MissingContentLength");
            assertThat(http.closes()).isTrue();
        }
    }
}
