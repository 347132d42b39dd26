package io.sealward.gateway.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.loopback.RawClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that takes {@code a//b} for {@code a/b}, as those do that keep objects in folders. */
class SparedSlashesTest extends DataPath {
    @BeforeEach
    void stored() {
        stored("/bkt/a/b", content(100_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bkt//a/b", "/bkt/a//b", "/bkt///a///b"})
    void theOtherSpellingNamesNoObject(String path) {
        objects.put(path, objects.get("/bkt/a/b"));
        for (String ask : new String[] {
            get(path), get(path, "Range: bytes=5-9"), put("/bkt/copy", 0, "x-amz-copy-source: " + path)
        }) {
            RawClient.Answer answer = client.send(ask).answer();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).contains("<Code>NoSuchKey</Code>");
        }
        assertThat(client.send(get("/bkt/a/b")).answer().body()).isEqualTo(content(100_000));
    }

    @Test
    void anObjectOfThatNameIsItself() {
        stored("/bkt//a/b", content(7));
        assertThat(client.send(get("/bkt//a/b")).answer().body()).isEqualTo(content(7));
    }

    @Test
    void anObjectThatWasMovedIsDamageAsEver() {
        objects.put("/bkt//c", objects.get("/bkt/a/b"));
        assertThat(client.send(get("/bkt//c")).answer().status()).isEqualTo(500);
    }
}
