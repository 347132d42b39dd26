package io.sealward.gateway.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.frame.SealedLength;
import io.sealward.crypto.key.Dek;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LayoutsTest {
    private static final int PARTS = 2_000;
    private static final byte[] FRAME = new byte[SealedLength.FRAME_PLAINTEXT];

    private final SecureRandom random = new SecureRandom();
    private final Dek dek = Dek.generate(random);
    private final Map<Long, byte[]> headers = new TreeMap<>();
    private final LoopbackSockets sockets = LoopbackSockets.counted();
    private final LoopbackStore store = new LoopbackStore(call -> {
        long from = Long.parseLong(call.headers().get("range").replaceAll("bytes=(\\d+)-.*", "$1"));
        call.respond(206, Map.of("etag", "\"e\""), headers.get(from));
    });

    @AfterEach
    void nothingIsHeld() {
        sockets.close();
        store.close();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private PartLayout find(long sealedLength) throws Exception {
        EventLoop loop = (EventLoop) sockets.loops().iterator().next();
        Layouts layouts = new Layouts(new StoreClients(
                new StoreSettings(
                        "127.0.0.1",
                        store.port(),
                        Optional.empty(),
                        true,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5)),
                sockets.loops(),
                sockets.store(),
                new RequestSigner("access", "secret", "us-east-1", Clock.systemUTC())));
        StoredObject object =
                new StoredObject(new DefaultHttpHeaders().set("etag", "\"e\""), Optional.empty(), sealedLength, 0, 0);
        return loop.submit(() -> layouts.find(new Place("bkt", "k"), Optional.empty(), object, loop))
                .get()
                .toCompletableFuture()
                .get();
    }

    private byte[] firstHeader(int part, long length) {
        byte[] sealed = new byte[SealedLength.FRAME_SEALED];
        PartSealer sealer = PartSealer.ofPart(dek, part, length, random);
        sealer.seal(FRAME, 0, sealer.nextFrameLength(), sealed, 0);
        return Arrays.copyOf(sealed, FrameHeader.BYTES);
    }

    @Test
    void manyUnequalPartsAreFoundOneByOne() throws Exception {
        List<Long> lengths = new ArrayList<>();
        for (int part = 1; part < PARTS; part++) {
            lengths.add(SealedLength.MIN_INNER_PART + part % 7);
        }
        lengths.add(10L);
        PartLayout parts = PartLayout.explicit(lengths);
        for (int part = 1; part <= parts.partCount(); part++) {
            headers.put(parts.sealedStartOf(part), firstHeader(part, parts.lengthOf(part)));
        }
        headers.put(parts.sealedLength() - SealedLength.FRAME_OVERHEAD, endOf(PARTS, 10));
        PartLayout found = find(parts.sealedLength());
        assertThat(found.partCount()).isEqualTo(parts.partCount());
        assertThat(found.plaintextLength()).isEqualTo(parts.plaintextLength());
        assertThat(found.sealedStartOf(PARTS)).isEqualTo(parts.sealedStartOf(PARTS));
    }

    private byte[] endOf(int part, long length) {
        PartSealer sealer = PartSealer.ofPart(dek, part, length, random);
        byte[] sealed = new byte[SealedLength.FRAME_SEALED];
        sealer.seal(FRAME, 0, sealer.nextFrameLength(), sealed, 0);
        sealer.sealTerminator(sealed, 0);
        return Arrays.copyOf(sealed, FrameHeader.BYTES);
    }
}
