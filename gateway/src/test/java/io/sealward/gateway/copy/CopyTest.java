package io.sealward.gateway.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.gateway.s3.UriEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of objects and into parts, over a store that answers as it is told. */
class CopyTest extends Copies {
    @Test
    void theStoreCopiesTheFramesAndTheSealIsAnother() {
        over(new MemoryObjects());
        byte[] content = random(200_000, 1);
        put("/bkt/a", content, "Content-Type: text/plain", "x-amz-meta-colour: blue");
        int requests = store.requests().size();

        RawClient.Answer copied = copy("/bkt/a", "/bkt/b");

        assertThat(copied.status()).isEqualTo(200);
        assertThat(copied.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
        assertThat(copied.text())
                .contains("<CopyObjectResult", "<LastModified>2026-01-02T03:04:05.000Z</LastModified>");
        assertThat(store.requests().subList(requests, store.requests().size()))
                .containsExactly("HEAD /bkt/a", "PUT /bkt/b");
        assertThat(objects.get("/bkt/b").bytes())
                .isEqualTo(objects.get("/bkt/a").bytes());
        for (String name : List.of("wrapped", "dek", "commit")) {
            assertThat(objects.get("/bkt/b").headers().get("x-amz-meta-sealward-" + name))
                    .isNotEqualTo(objects.get("/bkt/a").headers().get("x-amz-meta-sealward-" + name));
        }
        RawClient.Answer head = ask("HEAD", "/bkt/b", new byte[0]);
        assertThat(head.header("content-type")).isEqualTo("text/plain");
        assertThat(head.header("x-amz-meta-colour")).isEqualTo("blue");
        assertThat(head.header("content-length")).isEqualTo("200000");
        assertThat(head.header("etag")).isEqualTo('"' + etag(copied) + '"');
        assertThat(get("/bkt/b")).isEqualTo(content);
        assertThat(get("/bkt/b", "Range: bytes=65530-70000")).isEqualTo(Arrays.copyOfRange(content, 65_530, 70_001));
        ask("DELETE", "/bkt/a", new byte[0]);
        assertThat(get("/bkt/b")).isEqualTo(content);
    }

    @Test
    void aDirectiveReplacesWhatDescribesTheObject() {
        over(new MemoryObjects());
        put("/bkt/a", random(10, 1), "Content-Type: text/plain", "x-amz-meta-colour: blue", "Cache-Control: no-store");
        assertThat(copy("bkt/a", "/bkt/a").text()).contains("InvalidRequest", "copy an object to itself");
        assertThat(copy("bkt/%61", "/bkt/a").text()).contains("InvalidRequest");
        assertThat(copy("bkt/a", "/bkt/a", "x-amz-metadata-directive: MERGE").text())
                .contains("InvalidArgument");

        assertThat(copy(
                                "bkt/a",
                                "/bkt/a",
                                "x-amz-metadata-directive: REPLACE",
                                "x-amz-meta-shape: round",
                                "Content-Type: text/html")
                        .status())
                .isEqualTo(200);

        RawClient.Answer head = ask("HEAD", "/bkt/a", new byte[0]);
        assertThat(head.headers())
                .containsEntry("content-type", "text/html")
                .containsEntry("x-amz-meta-shape", "round")
                .doesNotContainKeys("x-amz-meta-colour", "cache-control");
        assertThat(get("/bkt/a")).isEqualTo(random(10, 1));
        assertThat(copy("bkt/a", "/bkt/a", "x-amz-storage-class: STANDARD").status())
                .isEqualTo(200);
        assertThat(ask("HEAD", "/bkt/a", new byte[0]).header("x-amz-meta-shape"))
                .isEqualTo("round");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b/ü+%", "?versionId", "a?versionId=1&b", "x//y", "ends in /slash/x", "~.-_!*'()"})
    void namesArriveAsTheyAre(String key) {
        over(new MemoryObjects());
        String path = "/bkt/" + UriEncoding.encodePath(key);
        byte[] content = random(70_000, 2);
        put(path, content);
        for (String source : List.of(path, path.substring(1), UriEncoding.encodeQuery("/bkt/" + key))) {
            assertThat(copy(source, "/bkt/copy").status()).as(source).isEqualTo(200);
            assertThat(get("/bkt/copy")).isEqualTo(content);
            ask("DELETE", "/bkt/copy", new byte[0]);
        }
        assertThat(copy("bkt/copy", path).status()).isEqualTo(404);
        put("/bkt/other", content);
        assertThat(copy("bkt/other", path).status()).isEqualTo(200);
        assertThat(get(path)).isEqualTo(content);
    }

    @Test
    void aPlusIsASpace() {
        over(new MemoryObjects());
        put("/bkt/a%20b", random(10, 1));
        assertThat(copy("bkt/a+b", "/bkt/c").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "bkt, InvalidArgument",
        "/bkt/, InvalidArgument",
        "/, InvalidArgument",
        "bkt/%ff, InvalidArgument",
        "bkt/%, InvalidArgument",
        "bkt/a?versionId=, InvalidArgument",
        "bkt/a?versionId=../../x, InvalidArgument",
        "arn:aws:s3:us-east-1:1:accesspoint/p/object/a, InvalidArgument",
        "bkt/../other/a, InvalidURI",
        "BKT_/a, InvalidBucketName",
        "bkt/none, NoSuchKey"
    })
    void sourcesThatAreNone(String source, String code) {
        over(new MemoryObjects());
        put("/bkt/a", random(10, 1));
        assertThat(copy(source, "/bkt/b").text()).contains("<Code>" + code + "</Code>");
        assertThat(objects.get("/bkt/b")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "if-match: ETAG, '', 200",
        "if-match: \"other\", '', 412",
        "if-match: *, '', 200",
        "if-none-match: ETAG, '', 412",
        "if-none-match: \"other\", '', 200",
        "if-match: ETAG, 'if-unmodified-since: Tue, 01 Jan 2019 00:00:00 GMT', 200",
        "if-none-match: ETAG, 'if-modified-since: Tue, 01 Jan 2019 00:00:00 GMT', 412",
        "'if-unmodified-since: Tue, 01 Jan 2019 00:00:00 GMT', '', 412",
        "'if-unmodified-since: Fri, 01 Jan 2100 00:00:00 GMT', '', 200",
        "'if-modified-since: Tue, 01 Jan 2019 00:00:00 GMT', '', 200",
        "'if-modified-since: Wed, 01 Jan 2025 00:00:00 GMT', '', 412",
        "if-unmodified-since: yesterday, '', 200"
    })
    void conditionsOfTheSource(String one, String other, int status) {
        over(new MemoryObjects());
        put("/bkt/a", random(10, 1));
        objects.change("/bkt/a", stored -> {
            Map<String, String> headers = new TreeMap<>(stored.headers());
            headers.put("last-modified", "Wed, 01 Jan 2025 00:00:00 GMT");
            return new MemoryObjects.Stored(headers, stored.bytes());
        });
        String etag = ask("HEAD", "/bkt/a", new byte[0]).header("etag");
        List<String> headers = new ArrayList<>();
        for (String condition : List.of(one, other)) {
            if (!condition.isEmpty()) {
                headers.add("x-amz-copy-source-" + condition.replace("ETAG", etag));
            }
        }
        assertThat(copy("bkt/a", "/bkt/b", headers.toArray(String[]::new)).status())
                .isEqualTo(status);
        String id = begin("/bkt/c");
        assertThat(copy("bkt/a", "/bkt/c?partNumber=1&uploadId=" + id, headers.toArray(String[]::new))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void conditionsOfTheTarget() {
        over(new MemoryObjects());
        put("/bkt/a", random(10, 1));
        assertThat(copy("bkt/a", "/bkt/b", "If-Match: \"x\"").text()).contains("NoSuchKey");
        assertThat(copy("bkt/a", "/bkt/b", "If-None-Match: *").status()).isEqualTo(200);
        assertThat(copy("bkt/a", "/bkt/b", "If-None-Match: *").status()).isEqualTo(412);
        assertThat(copy("bkt/a", "/bkt/b", "If-Match: \"x\"").status()).isEqualTo(412);
        String etag = ask("HEAD", "/bkt/b", new byte[0]).header("etag");
        assertThat(copy("bkt/a", "/bkt/b", "If-Match: " + etag).status()).isEqualTo(200);
    }

    @Test
    void objectsOfPartsAreReadAsBeforeUnderWhateverETag() {
        for (MemoryObjects stored : List.of(new MemoryObjects(), MemoryObjects.heedlessOfSources())) {
            over(stored);
            byte[] one = random(MIN + 77, 1);
            byte[] two = random(MIN + 11, 2);
            byte[] three = random(100_000, 3);
            byte[] content = join(join(one, two), three);
            multipart("/bkt/a", one, two, three);
            assertThat(copy("bkt/a", "/bkt/b").status()).isEqualTo(200);
            assertThat(copy("bkt/b", "/bkt/b", "x-amz-metadata-directive: REPLACE")
                            .status())
                    .isEqualTo(200);

            assertThat(ask("HEAD", "/bkt/b", new byte[0]).header("content-length"))
                    .isEqualTo(Integer.toString(content.length));
            assertThat(get("/bkt/b", "Range: bytes=" + (MIN + 70) + "-" + (MIN + 90)))
                    .isEqualTo(Arrays.copyOfRange(content, MIN + 70, MIN + 91));
            assertThat(get("/bkt/b?partNumber=2")).isEqualTo(two);
            assertThat(get("/bkt/b", "Range: bytes=-5"))
                    .isEqualTo(Arrays.copyOfRange(content, content.length - 5, content.length));
            assertThat(get("/bkt/b")).isEqualTo(content);
        }
    }

    @Test
    void foldersAreMadeAnew() {
        over(new MemoryObjects());
        put("/bkt/folder/", new byte[0], "x-amz-meta-colour: blue");
        put("/bkt/empty", new byte[0], "x-amz-meta-colour: red");
        put("/bkt/full", random(10, 1));
        assertThat(copy("bkt/folder/", "/bkt/moved/").status()).isEqualTo(200);
        assertThat(copy("bkt/empty", "/bkt/made/").status()).isEqualTo(200);
        assertThat(copy("bkt/folder/", "/bkt/file").status()).isEqualTo(200);
        assertThat(copy("bkt/full", "/bkt/refused/").status()).isEqualTo(501);
        for (String key : List.of("/bkt/moved/", "/bkt/made/", "/bkt/file")) {
            assertThat(get(key)).isEmpty();
        }
        assertThat(objects.get("/bkt/moved/").bytes()).isEmpty();
        assertThat(ask("HEAD", "/bkt/made/", new byte[0]).header("x-amz-meta-colour"))
                .isEqualTo("red");
        assertThat(objects.get("/bkt/refused/")).isNull();
    }

    @Test
    void whatHasNoSealIsSealedOnTheWayWhereItIsServedAtAll() {
        over(new MemoryObjects());
        byte[] content = random(200_000, 1);
        objects.put("/bkt/plain", new MemoryObjects.Stored(Map.of("x-amz-meta-colour", "blue"), content));
        assertThat(copy("bkt/plain", "/bkt/b").text()).contains("InvalidObjectState");
        closeAll();

        MemoryObjects kept = objects;
        over(kept, LoopbackGateway.Options.usual().mixed("bkt"));
        assertThat(copy("bkt/plain", "/bkt/b").status()).isEqualTo(200);
        assertThat(objects.get("/bkt/b").headers()).containsKey("x-amz-meta-sealward-dek");
        assertThat(get("/bkt/b")).isEqualTo(content);
        String id = begin("/bkt/c");
        assertThat(copy("bkt/plain", "/bkt/c?partNumber=1&uploadId=" + id, "x-amz-copy-source-range: bytes=7-100006")
                        .status())
                .isEqualTo(200);
    }

    private void closeAll() {
        try {
            for (AutoCloseable each : open) {
                each.close();
            }
            open.clear();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void partsTakeAnyRangeOfAnything() {
        over(new MemoryObjects());
        byte[] one = random(MIN + 77, 1);
        byte[] two = random(100_000, 2);
        byte[] content = join(one, two);
        multipart("/bkt/a", one, two);
        put("/bkt/single", random(200_000, 3));
        String id = begin("/bkt/b");
        Map<Integer, String> etags = new TreeMap<>();
        String part = "/bkt/b?uploadId=" + id + "&partNumber=";
        etags.put(1, etag(copy("bkt/a", part + 1)));
        etags.put(2, etag(copy("bkt/a", part + 2, "x-amz-copy-source-range: bytes=13-" + (MIN + 100_000))));
        etags.put(3, etag(copy("bkt/single", part + 3, "x-amz-copy-source-range: bytes=65535-65537")));
        assertThat(complete("/bkt/b", id, etags).status()).isEqualTo(200);
        assertThat(get("/bkt/b"))
                .isEqualTo(join(
                        join(content, Arrays.copyOfRange(content, 13, MIN + 100_001)),
                        Arrays.copyOfRange(random(200_000, 3), 65_535, 65_538)));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, 200",
        "bytes=9-9, 200",
        "bytes=0-10, 416",
        "bytes=10-20, 416",
        "0-9, 400",
        "bytes=0, 400",
        "bytes=0-, 400",
        "bytes=-5, 400",
        "bytes=5-2, 400",
        "'bytes=0-2,4-5', 400",
        "bytes=a-b, 400"
    })
    void rangesOfParts(String range, int status) {
        over(new MemoryObjects());
        put("/bkt/a", random(10, 1));
        String id = begin("/bkt/b");
        assertThat(copy("bkt/a", "/bkt/b?partNumber=1&uploadId=" + id, "x-amz-copy-source-range: " + range)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void whatAnotherKekSealsIsSealedAnewUnderTheProjectsOwn() {
        over(new MemoryObjects());
        byte[] whole = random(200_000, 1);
        byte[] one = random(MIN, 2);
        byte[] two = random(MIN + 77, 3);
        put("/bkt/a", whole, "x-amz-meta-colour: blue");
        multipart("/bkt/m", one, two);
        put("/bkt/empty", new byte[0]);
        gateway.sealUnder("extkey_2");

        for (String key : List.of("a", "m", "empty")) {
            int requests = store.requests().size();
            assertThat(copy("bkt/" + key, "/bkt/copy-of-" + key).status()).isEqualTo(200);
            assertThat(store.requests().subList(requests, store.requests().size()))
                    .contains("GET /bkt/" + key);
            Map<String, String> seal = objects.get("/bkt/copy-of-" + key).headers();
            assertThat(seal.get("x-amz-meta-sealward-kek")).startsWith("extkey_2 ");
        }
        assertThat(copy("bkt/a", "/bkt/a", "x-amz-server-side-encryption: aws:kms")
                        .status())
                .isEqualTo(200);

        assertThat(get("/bkt/copy-of-a")).isEqualTo(whole);
        assertThat(get("/bkt/a")).isEqualTo(whole);
        assertThat(get("/bkt/copy-of-m")).isEqualTo(join(one, two));
        assertThat(get("/bkt/copy-of-m", "Range: bytes=5242870-5242889"))
                .isEqualTo(Arrays.copyOfRange(join(one, two), 5_242_870, 5_242_890));
        assertThat(get("/bkt/copy-of-empty")).isEmpty();
        assertThat(ask("HEAD", "/bkt/copy-of-a", new byte[0]).header("x-amz-meta-colour"))
                .isEqualTo("blue");
    }

    /** Sizes, layouts and copies as they come, held against what a plain map would have. */
    @Test
    void asAMapWouldHaveIt() {
        over(MemoryObjects.heedlessOfSources());
        Random random = new Random(7);
        Map<String, byte[]> model = new TreeMap<>();
        List<String> keys = List.of("/bkt/a", "/bkt/b", "/bkt/c");
        for (int step = 0; step < 40; step++) {
            String target = keys.get(random.nextInt(keys.size()));
            String source = keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(5)) {
                case 0 -> {
                    byte[] content = random(random.nextInt(3) * 65_536 + random.nextInt(3), step);
                    put(target, content);
                    model.put(target, content);
                }
                case 1 -> {
                    byte[] first = random(MIN + random.nextInt(2) * 65_536 + random.nextInt(2), step);
                    byte[] last = random(random.nextInt(70_000), step);
                    multipart(target, first, last);
                    model.put(target, join(first, last));
                }
                case 2, 3 -> {
                    RawClient.Answer copied = copy(source, target, "x-amz-metadata-directive: REPLACE");
                    assertThat(copied.status()).isEqualTo(model.containsKey(source) ? 200 : 404);
                    if (model.containsKey(source)) {
                        model.put(target, model.get(source));
                    }
                }
                default -> {
                    byte[] from = model.getOrDefault(source, new byte[0]);
                    if (from.length > 0) {
                        int first = random.nextInt(from.length);
                        int last = first + random.nextInt(from.length - first);
                        String id = begin(target);
                        RawClient.Answer part = copy(
                                source,
                                target + "?partNumber=1&uploadId=" + id,
                                "x-amz-copy-source-range: bytes=" + first + "-" + last);
                        assertThat(complete(target, id, Map.of(1, etag(part))).status())
                                .isEqualTo(200);
                        model.put(target, Arrays.copyOfRange(from, first, last + 1));
                    }
                }
            }
            byte[] expected = model.get(target);
            if (expected != null) {
                assertThat(get(target)).as("step " + step).isEqualTo(expected);
                assertThat(ask("HEAD", target, new byte[0]).header("content-length"))
                        .isEqualTo(Integer.toString(expected.length));
                if (expected.length > 1) {
                    int first = random.nextInt(expected.length);
                    int last = first + random.nextInt(expected.length - first);
                    assertThat(get(target, "Range: bytes=" + first + "-" + last))
                            .isEqualTo(Arrays.copyOfRange(expected, first, last + 1));
                }
            }
        }
    }
}
