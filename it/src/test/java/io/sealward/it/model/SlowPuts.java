package io.sealward.it.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.wire.Answer;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Steps of a PUT that stands still in the middle of its body, while others write. */
final class SlowPuts {
    private SlowPuts() {}

    /**
     * Half sent.
     *
     * @param rest of the body
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    record Begun(RawHttp connection, String key, byte[] whole, byte[] rest, String note) {}

    /** Breaks off what the writer had begun before. */
    record Begin(int writer, int key, Content content, int note) implements Step {
        @Override
        public void run(Bench bench) throws IOException {
            new End(writer, false).run(bench);
            String name = Bench.key(key);
            byte[] bytes = content.bytes();
            SignedRequest put = SignedRequest.of(
                            bench.target(),
                            "PUT",
                            "/" + bench.bucket() + "/"
                                    + URLEncoder.encode(name, StandardCharsets.UTF_8)
                                            .replace("+", "%20")
                                            .replace("%2F", "/"))
                    .header("content-type", "text/note-" + note)
                    .header("x-amz-meta-note", Integer.toString(note))
                    .body(bytes);
            RawHttp connection = RawHttp.connect(bench.target());
            connection.send(put.head());
            connection.send(Arrays.copyOf(bytes, bytes.length / 2));
            byte[] rest = Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length);
            bench.began(writer, new Begun(connection, name, bytes, rest, Integer.toString(note)));
        }
    }

    /** Sends the rest, and only now it takes effect; or breaks off, and it never has. */
    record End(int writer, boolean whole) implements Step {
        @Override
        public void run(Bench bench) throws IOException {
            Optional<Begun> begun = bench.takeSlow(writer);
            if (begun.isPresent()) {
                end(bench, begun.get());
            }
        }

        private void end(Bench bench, Begun put) throws IOException {
            try (RawHttp connection = put.connection()) {
                if (!whole) {
                    connection.reset();
                    return;
                }
                connection.send(put.rest());
                Answer answer = connection.answer();
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                bench.wrote(
                        put.key(),
                        answer.headers().get("x-amz-version-id"),
                        put.whole(),
                        List.of(),
                        answer.headers().get("etag"),
                        put.note());
            }
        }
    }
}
