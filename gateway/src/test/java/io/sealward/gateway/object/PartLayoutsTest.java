package io.sealward.gateway.object;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.Asker;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreSettings;
import io.sealward.gateway.store.StoreSettings.Timeouts;
import io.sealward.gateway.store.StoreSigners;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartLayoutsTest {
    private static final int PARTS = 2_000;
    private static final Place PLACE = new Place("bkt", "k");
    private static final byte[] FRAME = new byte[V1.geometry().framePlaintext()];

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

    private final EventLoop loop = (EventLoop) sockets.loops().iterator().next();
    private static final Admission ADMISSION = Admission.lasting(new S3Credential(
            "access",
            "secret",
            new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty())));
    private final PartLayouts layouts = new PartLayouts(new StoreClients(
            new StoreSettings(
                    "127.0.0.1",
                    store.port(),
                    Optional.empty(),
                    true,
                    new Timeouts(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1))),
            sockets.loops(),
            sockets.store(),
            new StoreSigners(new StoreCredential("access", "secret"), "us-east-1", Clock.systemUTC()),
            new Events()));

    private PartLayout find(long sealedLength) throws Exception {
        return loop.submit(() -> search(sealedLength))
                .get()
                .toCompletableFuture()
                .get();
    }

    private CompletionStage<PartLayout> search(long sealedLength) {
        ObjectSeal seal = new ObjectSeal(
                V1,
                Layout.PARTS,
                WrapScope.OBJECT,
                new KekReference("extkey_1", "local", "default", "1"),
                new byte[1],
                new byte[64],
                new byte[32]);
        StoredObject object =
                new StoredObject(new DefaultHttpHeaders().set("etag", "\"e\""), Optional.of(seal), sealedLength, 0, 0);
        return layouts.find(PLACE, Optional.empty(), object, Asker.staying(loop), ADMISSION);
    }

    private byte[] firstHeader(int part, long length) {
        byte[] sealed = new byte[V1.geometry().frameSealed()];
        PartSealer sealer = PartSealer.ofPart(dek, part, length, random);
        sealer.seal(FRAME, 0, sealer.nextFrameLength(), sealed, 0);
        return Arrays.copyOf(sealed, FrameHeader.BYTES);
    }

    @Test
    void manyUnequalPartsAreFoundOneByOne() throws Exception {
        List<Long> lengths = new ArrayList<>();
        for (int part = 1; part < PARTS; part++) {
            lengths.add(V1.geometry().minInnerPart() + part % 7);
        }
        lengths.add(10L);
        PartLayout parts = PartLayout.explicit(V1.geometry(), lengths);
        for (int part = 1; part <= parts.partCount(); part++) {
            headers.put(parts.sealedStartOf(part), firstHeader(part, parts.lengthOf(part)));
        }
        headers.put(parts.sealedLength() - V1.geometry().frameOverhead(), endOf(PARTS, 10));
        PartLayout found = find(parts.sealedLength());
        assertThat(found.partCount()).isEqualTo(parts.partCount());
        assertThat(found.plaintextLength()).isEqualTo(parts.plaintextLength());
        assertThat(found.sealedStartOf(PARTS)).isEqualTo(parts.sealedStartOf(PARTS));
    }

    private PartLayout twoEqualParts() {
        PartLayout parts =
                PartLayout.explicit(V1.geometry(), List.of(V1.geometry().minInnerPart(), 10L));
        headers.put(0L, firstHeader(1, V1.geometry().minInnerPart()));
        headers.put(parts.sealedLength() - V1.geometry().frameOverhead(), endOf(2, 10));
        return parts;
    }

    @Test
    void readsAtTheSameTimeShareOneSearch() throws Exception {
        PartLayout parts = twoEqualParts();
        List<CompletionStage<PartLayout>> found = loop.submit(() -> Stream.generate(() -> search(parts.sealedLength()))
                        .limit(10)
                        .toList())
                .get();
        for (CompletionStage<PartLayout> one : found) {
            assertThat(one.toCompletableFuture().get().plaintextLength()).isEqualTo(parts.plaintextLength());
        }
        find(parts.sealedLength());
        assertThat(store.requests()).hasSize(2);
    }

    /** Both its reads fail, and each is sent once more. */
    private void failNextSearch() {
        Stream.generate(() -> (LoopbackStore.Script) call -> call.error(503, "SlowDown"))
                .limit(4)
                .forEach(store::next);
    }

    @Test
    void aFailedSearchIsNotRemembered() throws Exception {
        PartLayout parts = twoEqualParts();
        failNextSearch();
        assertThatThrownBy(() -> find(parts.sealedLength())).hasRootCauseInstanceOf(S3Exception.class);
        assertThat(find(parts.sealedLength()).partCount()).isEqualTo(2);
    }

    @Test
    void whoSharedASearchThatFailedSearchesForHimself() throws Exception {
        PartLayout parts = twoEqualParts();
        failNextSearch();
        List<CompletionStage<PartLayout>> found = loop.submit(
                        () -> List.of(search(parts.sealedLength()), search(parts.sealedLength())))
                .get();
        assertThatThrownBy(() -> found.get(0).toCompletableFuture().get()).hasRootCauseInstanceOf(S3Exception.class);
        assertThat(found.get(1).toCompletableFuture().get().partCount()).isEqualTo(2);
    }

    @Test
    void whatWasCompletedIsKnownWhetherOrNotTheStoreQuotesItsETag() throws Exception {
        PartLayout parts = twoEqualParts();
        layouts.completed(PLACE, "e", parts);
        assertThat(find(parts.sealedLength())).isEqualTo(parts);
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void aHeaderOfAnotherVersionIsNotTaken() {
        PartLayout parts = twoEqualParts();
        LoopbackStore.Script overwritten = call -> call.respond(206, Map.of("etag", "\"f\""), headers.get(0L));
        store.next(overwritten).next(overwritten); // by a store that does not know If-Match
        assertThatThrownBy(() -> find(parts.sealedLength()))
                .hasRootCauseInstanceOf(S3Exception.class)
                .rootCause()
                .hasMessage(S3Error.SLOW_DOWN.message());
    }

    private byte[] endOf(int part, long length) {
        PartSealer sealer = PartSealer.ofPart(dek, part, length, random);
        byte[] sealed = new byte[V1.geometry().frameSealed()];
        sealer.seal(FRAME, 0, sealer.nextFrameLength(), sealed, 0);
        sealer.sealTerminator(sealed, 0);
        return Arrays.copyOf(sealed, FrameHeader.BYTES);
    }
}
