package io.sealward.gateway.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stores make of a Complete, told behind a status of 200. */
class CompletionAnswerTest {
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>(.+)</UploadId>");

    private final MemoryObjects objects = MemoryObjects.silentOnCompletion();
    private volatile Optional<String> result = Optional.empty();
    private final LoopbackStore store = new LoopbackStore(call -> {
        if (result.isPresent() && call.method().equals("POST") && call.target().contains("uploadId=")) {
            call.body();
            call.respond(
                    200, Map.of("content-type", "application/xml"), result.get().getBytes(UTF_8));
        } else {
            objects.answer(call);
        }
    });
    private final LoopbackGateway gateway = new LoopbackGateway(store);
    private final RawClient client = gateway.connect();

    @AfterEach
    void close() {
        client.close();
        gateway.close();
        store.close();
    }

    private RawClient.Answer ask(String method, String target, String body) {
        return client.send(method + " " + target + " HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .answer();
    }

    private RawClient.Answer completed() {
        Matcher id = UPLOAD_ID.matcher(ask("POST", "/bkt/k?uploads", "").text());
        assertThat(id.find()).isTrue();
        String etag = ask("PUT", "/bkt/k?partNumber=1&uploadId=" + id.group(1), "hello")
                .header("etag");
        return ask(
                "POST",
                "/bkt/k?uploadId=" + id.group(1),
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + etag
                        + "</ETag></Part></CompleteMultipartUpload>");
    }

    @ParameterizedTest
    @CsvSource({
        "PreconditionFailed, 412, PreconditionFailed",
        "EntityTooSmall, 400, EntityTooSmall",
        "NoSuchUpload, 404, NoSuchUpload",
        "InternalError, 503, ServiceUnavailable",
        "SlowDown, 503, SlowDown"
    })
    void anErrorIsToldAsWhatItIs(String code, int status, String told) {
        result = Optional.of("<Error><Code>" + code + "</Code><Message>m</Message></Error>");
        RawClient.Answer answer = completed();
        assertThat(answer.text()).contains("<Code>" + told + "</Code>");
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void anETagThatIsNotToldIsAskedFor() {
        RawClient.Answer answer = completed();
        assertThat(answer.status()).isEqualTo(200);
        String stored = objects.get("/bkt/k").etag();
        assertThat(answer.text()).contains(stored.substring(1, stored.length() - 1)); // whatever stands for the quotes
    }
}
