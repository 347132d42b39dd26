package io.sealward.gateway.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.crypto.format.Format;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.providers.KmsError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies whose source changes, breaks off or is withdrawn: nothing false is stored, and the client is told. */
class BrokenCopyTest extends Copies {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOverwriteInBetweenNeverMarriesASealToOtherFrames(boolean heedless) {
        over(heedless ? MemoryObjects.heedlessOfSources() : new MemoryObjects());
        byte[] before = random(70_000, 1);
        byte[] after = random(80_000, 2);
        put("/bkt/a", after);
        MemoryObjects.Stored second = objects.get("/bkt/a");
        put("/bkt/a", before);
        store.next(call -> {
            objects.answer(call);
            objects.put("/bkt/a", second);
        });

        assertThat(copy("bkt/a", "/bkt/b").status()).isEqualTo(200);
        assertThat(get("/bkt/b")).isEqualTo(after);
    }

    @Test
    void aSourceThatNeverRestsIsToldAndNotCopied() {
        over(new MemoryObjects());
        put("/bkt/a", random(10, 1));
        LoopbackStore.Script changing = call -> {
            objects.answer(call);
            objects.change(
                    "/bkt/a",
                    stored -> new MemoryObjects.Stored(
                            withETag(stored.headers(), "\"" + System.nanoTime() + "\""), stored.bytes()));
        };
        for (int i = 0; i < 3; i++) {
            store.next(changing).next(objects);
        }
        RawClient.Answer copied = copy("bkt/a", "/bkt/b");
        assertThat(copied.status()).isEqualTo(503);
        assertThat(copied.text()).contains("SlowDown");
        assertThat(objects.get("/bkt/b")).isNull();
    }

    @Test
    void anErrorBehindASuccessIsAnError() {
        over(new MemoryObjects());
        put("/bkt/a", random(10, 1));
        store.next(objects)
                .next(call -> call.respond(
                        200,
                        Map.of("content-type", "application/xml"),
                        "<Error><Code>SlowDown</Code><Message>m</Message></Error>".getBytes(UTF_8)));
        assertThat(copy("bkt/a", "/bkt/b").status()).isEqualTo(503);
    }

    @Test
    void whatIsLargerThanS3CopiesAtOnceIsRefusedInItsWords() {
        over(new MemoryObjects());
        put("/bkt/large", new byte[1]);
        long sealed = Format.WRITTEN.geometry().ofObject((5L << 30) + 1);
        LoopbackStore.Script large = call -> {
            Map<String, String> headers =
                    new TreeMap<>(objects.get("/bkt/large").headers());
            headers.putAll(Map.of("etag", "\"e\"", "content-length", Long.toString(sealed)));
            call.respond(200, headers, new byte[0]);
        };
        String part = "/bkt/k?partNumber=1&uploadId=" + begin("/bkt/k");
        for (String target : List.of("/bkt/k", part)) {
            store.next(large);
            RawClient.Answer refused = copy("/bkt/large", target);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text())
                    .contains("<Code>InvalidRequest</Code>", "maximum allowable size for a copy source: 5368709120");
        }
        assertThat(store.requests()).filteredOn(r -> r.startsWith("GET")).isEmpty();
    }

    @Test
    void aSourceThatBreaksOffLeavesNothing() {
        over(new MemoryObjects());
        put("/bkt/a", random(1_000_000, 1));
        String id = begin("/bkt/b");
        String part = "/bkt/b?partNumber=1&uploadId=" + id;
        store.next(objects).next(this::cutInTheMiddle);
        assertThat(copy("bkt/a", part).status()).isEqualTo(503);
        objects.change("/bkt/a", stored -> {
            byte[] damaged = stored.bytes().clone();
            damaged[900_000] ^= 1;
            return new MemoryObjects.Stored(stored.headers(), damaged);
        });
        assertThat(copy("bkt/a", part).text()).contains("InternalError", "not what was sealed");
        assertThat(ask("GET", "/bkt/b?uploadId=" + id, new byte[0]).text()).doesNotContain("<Part>");
    }

    private void cutInTheMiddle(LoopbackStore.Call call) throws IOException {
        begin(call);
        call.hangUp();
    }

    @Test
    void aKekThatIsWithdrawnWhileContentPassesEndsTheCopy() {
        over(new MemoryObjects());
        put("/bkt/a", random(1_000_000, 1));
        String id = begin("/bkt/b");
        String part = "/bkt/b?partNumber=1&uploadId=" + id;
        store.next(objects).next(call -> {
            begin(call);
            gateway.kek().refuse(KmsError.REVOKED);
            gateway.keys().tryKeksInUse(0, 1);
        });
        assertThat(copy("bkt/a", part).text()).contains("<Code>KMS.DisabledException</Code>");
        gateway.kek().allow();
        RawClient.Answer parts = ask("GET", "/bkt/b?uploadId=" + id, new byte[0]);
        assertThat(parts.status()).isEqualTo(200);
        assertThat(parts.text()).doesNotContain("<Part>");
    }

    @Test
    void aWithdrawnKekCopiesNothing() {
        over(new MemoryObjects(), LoopbackGateway.Options.usual().cacheTtl(Duration.ZERO));
        put("/bkt/a", random(10, 1));
        String id = begin("/bkt/c");
        gateway.kek().refuse(KmsError.REVOKED);
        assertThat(copy("bkt/a", "/bkt/b").status()).isEqualTo(403);
        assertThat(copy("bkt/a", "/bkt/c?partNumber=1&uploadId=" + id).status()).isEqualTo(403);
        assertThat(objects.get("/bkt/b")).isNull();
    }
}
