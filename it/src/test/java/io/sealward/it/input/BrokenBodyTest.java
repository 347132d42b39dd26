package io.sealward.it.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.wire.Answer;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are longer, shorter or otherwise than announced. */
class BrokenBodyTest extends HostileInput {
    private static final String UNSIGNED_CHUNKS = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    static IntStream cuts() {
        return IntStream.iterate(0, at -> at + 61).limit(16);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aRequestThatEndsEarlyStoresNothing(int at) throws IOException {
        byte[] whole = put().bytes();
        assertThat(at).isLessThan(whole.length);
        try (RawHttp http = connect()) {
            http.send(Arrays.copyOf(whole, at));
            http.endOutput();
            assertAtMostAnErrorAndThenTheEnd(http);
        }
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aRequestThatIsResetStoresNothing(int at) throws IOException {
        byte[] whole = put().bytes();
        try (RawHttp http = connect()) {
            http.send(Arrays.copyOf(whole, at));
            http.reset();
        }
        assertRefused(request("GET", "/BUCKET/key").bytes(), "404 NoSuchKey");
    }

    @Test
    void aBodyOneByteShortStoresNothing() throws IOException {
        byte[] whole = put().bytes();
        try (RawHttp http = connect()) {
            http.send(Arrays.copyOf(whole, whole.length - 1));
            http.endOutput();
            assertAtMostAnErrorAndThenTheEnd(http);
        }
    }

    @Test
    void bytesAfterTheBodyAreTheNextRequestAndNotPartOfTheObject() throws IOException {
        mayStore("key");
        try (RawHttp http = connect()) {
            http.send(SignedRequest.join(put().bytes(), "surplus\r\n\r\n".getBytes(UTF_8)));
            assertThat(http.answer().status()).isEqualTo(200);
            assertThat(http.answer().outcome()).isEqualTo("400 InvalidRequest");
            assertThat(http.closes()).isTrue();
        }
        try (RawHttp http = connect()) {
            http.send(request("GET", "/BUCKET/key").bytes());
            assertThat(http.answer().body()).isEqualTo(new String(CONTENT, UTF_8));
        }
    }

    @Test
    void aPutWithoutALengthIsRefused() throws IOException {
        assertRefused(
                request("PUT", "/BUCKET/key")
                        .body(new byte[0], SignedRequest.UNSIGNED_PAYLOAD)
                        .bytes(),
                "411 MissingContentLength");
    }

    @Test
    void aPutInHttpChunksWithoutALengthIsRefused() throws IOException {
        assertRefused(
                request("PUT", "/BUCKET/key")
                        .body("5\r\nhello\r\n0\r\n\r\n".getBytes(UTF_8), SignedRequest.UNSIGNED_PAYLOAD)
                        .line("Transfer-Encoding: chunked")
                        .bytes(),
                "411 MissingContentLength");
    }

    @Test
    void anObjectBeyondTheLargestIsRefusedBeforeItsFirstByte() throws IOException {
        assertRefused(
                request("PUT", "/BUCKET/key")
                        .body(new byte[0], SignedRequest.UNSIGNED_PAYLOAD)
                        .line("Content-Length: 999999999999999")
                        .bytes(),
                "400 EntityTooLarge");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "5 5\r\nhello\r\n0\r\n\r\n",
                "ffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "4\r\nhello\r\n0\r\n\r\n",
                "5\r\nhelloXX0\r\n\r\n",
            })
    void brokenHttpChunksStoreNothingAndEndTheConnection(String chunks) throws IOException {
        try (RawHttp http = connect()) {
            http.send(request("PUT", "/BUCKET/key")
                    .header("x-amz-decoded-content-length", "5")
                    .header("content-encoding", "aws-chunked")
                    .body(chunks.getBytes(UTF_8), UNSIGNED_CHUNKS)
                    .line("Transfer-Encoding: chunked")
                    .bytes());
            assertThat(http.answer().outcome()).isEqualTo("400 IncompleteBody");
            assertThat(http.closes()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "4\r\nhello\r\n0\r\n\r\n",
                "6\r\nhello\r\n0\r\n\r\n",
                "5;chunk-signature=0\r\nhello\r\n0\r\n\r\n",
                "5\nhello\n0\n\n",
                "5\r\nhello\r\n0\r\n\r\nmore",
                "5\r\nhello\r\n",
                "hello",
            })
    void brokenAwsChunksStoreNothing(String chunks) throws IOException {
        assertRefused(
                request("PUT", "/BUCKET/key")
                        .header("x-amz-decoded-content-length", "5")
                        .header("content-encoding", "aws-chunked")
                        .body(chunks.getBytes(UTF_8), UNSIGNED_CHUNKS)
                        .line("Content-Length: " + chunks.length())
                        .bytes(),
                "400 IncompleteBody");
    }

    @Test
    void whoeverWaitsForContinueGetsItOnlyAfterTheSignatureHolds() throws IOException {
        mayStore("key");
        SignedRequest request = put().line("Expect: 100-continue");
        String head = request.text();
        try (RawHttp http = connect()) {
            http.send(head.replaceFirst("Signature=.", "Signature=x").getBytes(UTF_8));
            assertThat(http.status()).isEqualTo(403);
        }
        try (RawHttp http = connect()) {
            http.send(head.getBytes(UTF_8));
            assertThat(http.status()).isEqualTo(100);
            http.send(CONTENT);
            assertThat(http.answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE"})
    void aBodyWhereNoneBelongsIsReadPastOrEndsTheConnection(String method) throws IOException {
        SignedRequest request = request(method, "/BUCKET/none").body(CONTENT);
        try (RawHttp http = connect()) {
            http.send(request.bytes());
            Answer answer = method.equals("HEAD") ? http.head() : http.answer();
            assertThat(answer.status()).isEqualTo(method.equals("DELETE") ? 204 : 404);
            if (answer.announcesClose()) {
                assertThat(http.closes()).isTrue();
            } else {
                http.send(request("GET", "/").bytes());
                assertThat(http.answer().status()).isEqualTo(200);
            }
        }
    }
}
