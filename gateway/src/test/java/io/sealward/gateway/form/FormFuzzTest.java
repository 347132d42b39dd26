package io.sealward.gateway.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.s3.S3Exception;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Forms, however they arrive, and the policies that sign them. */
class FormFuzzTest {
    private static final byte[] DELIMITER = FormHead.delimiter("b");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** A form that was taken whole. */
    private record Taken(Map<String, String> fields, String file, Map<String, String> headers) {}

    static Stream<byte[]> forms() {
        return Stream.of(
                        String.join(
                                "\r\n",
                                "--b",
                                "Content-Disposition: form-data; name=\"key\"",
                                "",
                                "a/${filename}",
                                "--b",
                                "Content-Disposition: form-data; name=acl",
                                "",
                                "private",
                                "--b",
                                "Content-Disposition: form-data; name=\"file\"; filename=\"C:\\\\x\\\\\\\"y.txt\"",
                                "Content-Type: text/plain",
                                "",
                                "hello",
                                "--b--",
                                ""),
                        "--b\r\ncontent-disposition: form-data; name=file\r\n\r\n\r\n--b--\r\n",
                        "--b\r\nContent-Disposition: form-data; name=\"x-amz-meta-\u00fc\"\r\n\r\n\r\n--c\r\n--b--\r\n",
                        "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\r\n--b\r\r\n--b\r\n--b--\r\n")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("forms")
    @FuzzTest
    void aFormIsReadAlikeHoweverItIsCut(byte[] body) {
        Optional<Taken> whole = taken(body, body.length);
        assertThat(taken(body, 1)).isEqualTo(whole);
        assertThat(taken(body, 5)).isEqualTo(whole);
        whole.ifPresent(form -> {
            String text = new String(body, ISO_8859_1);
            assertThat(text).endsWith("\r\n\r\n" + form.file() + new String(DELIMITER, ISO_8859_1) + "--\r\n");
            assertThat(form.file()).doesNotContain(new String(DELIMITER, ISO_8859_1));
        });
    }

    private static Optional<Taken> taken(byte[] body, int piece) {
        FormHead head = new FormHead(DELIMITER);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Optional<FormFile> reader = Optional.empty();
        long length = 0;
        try {
            for (int from = 0; from < body.length; from += piece) {
                ByteBuf data = Unpooled.copiedBuffer(body, from, Math.min(piece, body.length - from));
                if (reader.isEmpty()) {
                    if (!head.read(data)) {
                        continue;
                    }
                    length = (long) body.length - head.consumed() - FormFile.endOfForm(DELIMITER).length;
                    if (length < 0) {
                        return Optional.empty();
                    }
                    reader = Optional.of(new FormFile(DELIMITER, length, new Kept(file)));
                }
                reader.get().write(data);
            }
            if (reader.isEmpty()) {
                return Optional.empty();
            }
            reader.get().finish();
            HttpHeaders headers = FormHeaders.of(head.fields(), new DefaultHttpHeaders(), length);
            Map<String, String> told = new TreeMap<>();
            headers.forEach(header -> told.put(header.getKey(), header.getValue()));
            return Optional.of(new Taken(head.fields().all(), file.toString(ISO_8859_1), told));
        } catch (S3Exception refused) {
            return Optional.empty();
        }
    }

    private record Kept(ByteArrayOutputStream bytes) implements ByteSink {
        @Override
        public void write(ByteBuf data) {
            byte[] piece = new byte[data.readableBytes()];
            data.readBytes(piece);
            data.release();
            bytes.writeBytes(piece);
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }

    static Stream<byte[]> policies() {
        return Stream.of(
                        "{\"expiration\":\"2026-01-02T00:00:00Z\",\"conditions\":[{\"bucket\":\"b\"},[\"eq\",\"$key\",\"k\"],"
                                + "[\"starts-with\",\"$acl\",\"\"],[\"content-length-range\",0,10]]}",
                        "{\"expiration\":\"2026-01-02T00:00:00Z\",\"conditions\":[]}",
                        "{\"expiration\":\"2025\",\"conditions\":[[\"content-length-range\",\"1e9\",-1]]}",
                        "{\"expiration\":\"+1000000000-12-31T23:59:59.999999999Z\",\"conditions\":[{\"KEY\":1.0,\"key\":{}}]}")
                .map(text -> text.getBytes(UTF_8));
    }

    /** A form that a policy takes is no longer taken with one field more, or a file that is longer by all there is. */
    @MethodSource("policies")
    @FuzzTest
    void aPolicyTakesNoFieldThatItDoesNotSpeakOf(byte[] json) {
        String base64 = Base64.getEncoder().encodeToString(json);
        FormFields form = new FormFields(Map.of("key", "k", "acl", "private", "policy", base64), "f");
        FormFields more =
                new FormFields(Map.of("key", "k", "acl", "private", "policy", base64, "x-amz-meta-unspoken", "1"), "f");
        try {
            PostPolicy policy = PostPolicy.parse(base64);
            policy.check(form, "b", 5, NOW);
            assertThat(new String(json, UTF_8)).contains("expiration");
            if (!new String(json, UTF_8).contains("unspoken") && !new String(json, UTF_8).contains("\\u")) {
                assertThat(refused(policy, more)).isTrue();
            }
        } catch (S3Exception refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static boolean refused(PostPolicy policy, FormFields form) {
        try {
            policy.check(form, "b", 5, NOW);
            return false;
        } catch (S3Exception e) {
            return true;
        }
    }

    /** What stands in quotes takes a step for each byte of it. */
    @MethodSource("dispositions")
    @FuzzTest
    void theHeadersOfAPartTakeBoundedSteps(byte[] parameters) {
        byte[] repeated = new byte[FormHead.MAX_BYTES - 64];
        for (int at = 0; parameters.length > 0 && at < repeated.length; at += parameters.length) {
            System.arraycopy(parameters, 0, repeated, at, Math.min(parameters.length, repeated.length - at));
        }
        String one = new String(parameters, UTF_8);
        String many = new String(repeated, UTF_8);
        for (String text : List.of(one, many, "name=\"" + many + '"')) {
            try {
                assertThat(PartHeaders.parse("Content-Disposition: form-data; " + text)
                                .name())
                        .isNotEmpty();
            } catch (S3Exception refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    static Stream<byte[]> dispositions() {
        return Stream.of("name=\"a\"; filename=\"b\\\"c\"", "x", ";name=\"\\\"", "name=\"", "; filename=d/e")
                .map(text -> text.getBytes(UTF_8));
    }
}
