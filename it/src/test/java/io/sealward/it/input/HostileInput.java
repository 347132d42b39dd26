package io.sealward.it.input;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sealward.it.cloud.LoggedText;
import io.sealward.it.stack.Eventually;
import io.sealward.it.stack.Stack;
import io.sealward.it.wire.Answer;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What holds whatever a client sends: an answer in S3's form or a clean close, a connection that works or is closed,
 * nothing at the store, and neither plaintext nor secrets nor stack traces in the log.
 */
abstract class HostileInput {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    static final String SECRET_TEXT = "plaintext-that-nobody-may-see";
    static final byte[] CONTENT = SECRET_TEXT.repeat(20).getBytes(StandardCharsets.UTF_8);

    private final Set<String> stored = new TreeSet<>();
    private final Map<Logger, Optional<Level>> levels = Set.of("io.sealward", "sealward").stream()
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .collect(Collectors.toMap(logger -> logger, logger -> Optional.ofNullable(logger.getLevel())));
    private LoggedText log;
    private String bucket;

    @BeforeEach
    void listen() {
        levels.keySet().forEach(logger -> logger.setLevel(Level.TRACE));
        log = new LoggedText();
        bucket = STACK.bucket();
    }

    @AfterEach
    void nothingIsStoredAndNothingIsTold() throws Exception {
        log.close();
        levels.forEach((logger, level) -> logger.setLevel(level.orElse(null)));
        try (S3Client behind = STACK.behind()) {
            // S3Proxy lists an upload that was cut under a name of its own until it notices
            Eventually.holds("the store keeps " + stored + " and nothing else", () -> keys(behind)
                    .equals(List.copyOf(stored)));
        }
        assertThat(log.text())
                .doesNotContain(
                        SECRET_TEXT,
                        "main-secret",
                        "other-secret",
                        STACK.store().secretKey(),
                        "stack-password",
                        "X-Amz-Signature",
                        "X-Amz-Credential")
                .doesNotContain("\tat ");
    }

    private List<String> keys(S3Client behind) {
        return behind.listObjectsV2(r -> r.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    String bucket() {
        return bucket;
    }

    /** The test itself stores this object, in good order. */
    void mayStore(String key) {
        stored.add(key);
    }

    SignedRequest request(String method, String uri) {
        return SignedRequest.of(STACK.gateway(), method, uri.replace("BUCKET", bucket));
    }

    SignedRequest put() {
        return request("PUT", "/BUCKET/key").body(CONTENT);
    }

    RawHttp connect() throws IOException {
        return RawHttp.connect(STACK.gateway());
    }

    /** Sends the bytes; the answer is this one, and the connection is then as the answer says. */
    void assertRefused(byte[] bytes, String outcome) throws IOException {
        try (RawHttp http = connect()) {
            http.send(bytes);
            assertAnswered(http, outcome);
        }
    }

    void assertAnswered(RawHttp http, String outcome) throws IOException {
        Answer answer = http.answer();
        assertThat(answer.outcome()).as(answer.body()).isEqualTo(outcome);
        assertThat(answer.body()).doesNotContain(SECRET_TEXT, "main-secret");
        if (answer.announcesClose()) {
            assertThat(http.closes()).as("closes as announced").isTrue();
        } else {
            http.send(request("GET", "/").bytes());
            assertThat(http.answer().status()).as("the next request").isEqualTo(200);
        }
    }

    /** The other side may still answer, with an error, and then closes. */
    void assertAtMostAnErrorAndThenTheEnd(RawHttp http) throws IOException {
        Optional<Answer> answer = http.nextAnswer();
        answer.ifPresent(error -> assertThat(error.code()).as(error.body()).isNotEmpty());
        assertThat(answer.isEmpty() || http.closes()).isTrue();
    }
}
