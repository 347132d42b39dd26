package io.sealward.it.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Eventually;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A write that another one overtakes while its content arrives. */
class AtomicConditionsTest {
    private static final byte[] SLOW = "what comes in two pieces".getBytes(UTF_8);
    private static final RequestBody QUICK = RequestBody.fromString("what comes between");

    private static EmbeddedS3Proxy store;
    private static S3Client client;

    @BeforeAll
    static void start() {
        store = EmbeddedS3Proxy.inMemory();
        client = SdkClients.sync(store.target());
    }

    @AfterAll
    static void stop() {
        client.close();
        store.close();
    }

    @Test
    void aReplacementFailsWhereTheObjectIsAnotherWhenItTakesEffect() throws Exception {
        client.createBucket(r -> r.bucket("replaced"));
        String etag = client.putObject(r -> r.bucket("replaced").key("k"), RequestBody.fromString("before"))
                .eTag();
        assertThat(overtaken("replaced", "if-match", etag)).isEqualTo(412);
        assertThat(client.getObjectAsBytes(r -> r.bucket("replaced").key("k")).asUtf8String())
                .isEqualTo("what comes between");
    }

    @Test
    void aCreationFailsWhereThereIsAnObjectWhenItTakesEffect() throws Exception {
        client.createBucket(r -> r.bucket("created"));
        assertThat(overtaken("created", "if-none-match", "*")).isEqualTo(412);
    }

    @Test
    void aWriteWithoutConditionsTakesEffectWhenItEnds() throws Exception {
        client.createBucket(r -> r.bucket("written"));
        assertThat(overtaken("written", "x-amz-meta-no", "condition")).isEqualTo(200);
        assertThat(client.getObjectAsBytes(r -> r.bucket("written").key("k")).asByteArray())
                .isEqualTo(SLOW);
    }

    /** The status of a write, of which a half had arrived when another one to the same key was done. */
    private static int overtaken(String bucket, String header, String value) throws Exception {
        long begun = System.nanoTime();
        SignedRequest request = SignedRequest.of(store.target(), "PUT", "/" + bucket + "/k")
                .header(header, value)
                .body(SLOW, SignedRequest.UNSIGNED_PAYLOAD)
                .line("Content-Length: " + SLOW.length);
        try (RawHttp http = RawHttp.connect(store.target())) {
            http.send(request.head());
            http.send(Arrays.copyOf(SLOW, SLOW.length / 2));
            Eventually.holds(
                    "the store has the first half",
                    () -> store.arrivals().last(bucket).orElse(begun) > begun);
            client.putObject(r -> r.bucket(bucket).key("k"), QUICK);
            http.send(Arrays.copyOfRange(SLOW, SLOW.length / 2, SLOW.length));
            return http.answer().status();
        }
    }
}
