package io.sealward.gateway.object;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.AttemptSalt;
import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.AllAllowed;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ByteRange;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestTarget;
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
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any range of any object reads as the same slice of its plaintext, from what a store gives for what it is asked. */
class RangedReadTest {
    private static final int MIN = 5 << 20;
    private static final Place PLACE = new Place("bkt", "k");
    private static final String ETAG = "\"etag\"";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Dek DEK = Dek.generate(RANDOM);
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(false);
    private static final EventLoop LOOP = new DefaultEventLoop();
    private static final PartLayouts LAYOUTS = new PartLayouts(noStore());

    private static final List<Sample> SAMPLES = List.of(
            single(0),
            single(1),
            single(65_536),
            single(200_000),
            parts(Layout.ALIGNED_PARTS, MIN, MIN, 100_000),
            parts(Layout.ALIGNED_PARTS, MIN, MIN),
            parts(Layout.PARTS, MIN, MIN, 100_000),
            parts(Layout.PARTS, MIN + 7, MIN + 7, 3),
            parts(Layout.PARTS, MIN + 1, MIN + 70_000, 5),
            parts(Layout.PARTS, MIN + 1, (int) V1.geometry().twiceTerminatedLength()));

    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Sample(Layout layout, PartLayout parts, byte[] plain, byte[] sealed) {
        @Override
        public String toString() {
            return layout + " of " + plain.length;
        }
    }

    private static Budget.Lease room(long bytes) {
        Budget.Lease room = new Budget(4 * bytes).lease("proj_1");
        assertThat(room.take(bytes)).isTrue();
        return room;
    }

    private static StoreClients noStore() {
        LoopbackSockets sockets = LoopbackSockets.counted();
        StoreClients clients = new StoreClients(
                new StoreSettings(
                        "127.0.0.1",
                        1,
                        Optional.empty(),
                        true,
                        new Timeouts(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO)),
                sockets.loops(),
                sockets.store(),
                new StoreSigners(new StoreCredential("a", "s"), "r", Clock.systemUTC()),
                new Events());
        sockets.close();
        return clients;
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static Sample single(int length) {
        byte[] plain = content(length);
        return new Sample(
                Layout.SINGLE,
                PartLayout.single(V1.geometry(), length),
                plain,
                sealed(PartSealer.ofObject(DEK, length, RANDOM), plain));
    }

    private static Sample parts(Layout layout, Integer... lengths) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        List<AttemptSalt> attempts = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            byte[] part = content(lengths[i]);
            plain.writeBytes(part);
            byte[] frames = sealed(PartSealer.ofPart(DEK, i + 1, part.length, RANDOM), part);
            attempts.add(attempt(frames));
            sealed.writeBytes(frames);
        }
        PartLayout parts = PartLayout.explicit(
                V1.geometry(), Arrays.stream(lengths).map(Long::valueOf).toList());
        if (!V1.geometry().terminated(lengths.length, lengths[lengths.length - 1])) {
            sealed.writeBytes(
                    layout == Layout.ALIGNED_PARTS
                            ? PartSealer.sealPart(DEK, parts, attempts)
                            : PartSealer.looseSealPart(DEK, parts, RANDOM));
        }
        return new Sample(layout, parts, plain.toByteArray(), sealed.toByteArray());
    }

    private static AttemptSalt attempt(byte[] frames) {
        try {
            return FrameHeader.parse(V1, frames, 0).salt();
        } catch (SealException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sealed(PartSealer sealer, byte[] plain) {
        byte[] out = new byte[Math.toIntExact(sealer.sealedLength())];
        int at = 0;
        for (int from = 0; from < plain.length; ) {
            int length = sealer.nextFrameLength();
            at += sealer.seal(plain, from, length, out, at);
            from += length;
        }
        sealer.sealTerminator(out, at);
        return out;
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.of(SAMPLES);
    }

    /** Mostly near the edges of frames and parts. */
    @Provide
    Arbitrary<Long> positions() {
        Arbitrary<Long> edges = Combinators.combine(
                        Arbitraries.of(0L, 65_536L, (long) MIN, MIN + 1L, MIN + 7L, 2L * MIN, 10_000_000L, 1L << 50),
                        Arbitraries.longs().between(-2, 2))
                .as(Long::sum);
        return Arbitraries.oneOf(edges, Arbitraries.longs().between(0, 11_000_000))
                .filter(p -> p >= 0);
    }

    @Property(tries = 200)
    void fromTo(@ForAll("samples") Sample sample, @ForAll("positions") long from, @ForAll("positions") long to) {
        if (from <= to) {
            check(sample, "bytes=" + from + "-" + to, from, Math.min(to, sample.plain().length - 1L));
        }
    }

    @Property(tries = 60)
    void from(@ForAll("samples") Sample sample, @ForAll("positions") long from) {
        check(sample, "bytes=" + from + "-", from, sample.plain().length - 1L);
    }

    @Property(tries = 60)
    void suffix(@ForAll("samples") Sample sample, @ForAll("positions") long length) {
        long total = sample.plain().length;
        check(sample, "bytes=-" + length, length == 0 ? total : Math.max(0, total - length), total - 1);
    }

    private static void check(Sample sample, String header, long first, long last) {
        ByteRange range = ByteRange.parse(header).orElseThrow();
        boolean satisfiable = first <= last;
        try {
            byte[] read = read(sample, range);
            assertThat(satisfiable).isTrue();
            assertThat(read).isEqualTo(Arrays.copyOfRange(sample.plain(), (int) first, (int) last + 1));
        } catch (S3Exception e) {
            assertThat(satisfiable).isFalse();
            assertThat(e.error()).isEqualTo(S3Error.INVALID_RANGE);
        } catch (SealException e) {
            throw new AssertionError(e);
        }
        assertThat(ALLOCATOR.metric().usedDirectMemory() + ALLOCATOR.metric().usedHeapMemory())
                .isZero();
    }

    private static byte[] read(Sample sample, ByteRange range) throws SealException {
        long[] asked = asStoreTakes(ReadPlans.speculativeRange(range), sample.sealed().length);
        HttpHeaders headers = new DefaultHttpHeaders().set("etag", ETAG);
        ObjectSeal seal = new ObjectSeal(
                V1,
                sample.layout(),
                WrapScope.OBJECT,
                new KekReference("e", "p", "k", "1"),
                new byte[1],
                new byte[64],
                new byte[32]);
        StoredObject object =
                new StoredObject(headers, Optional.of(seal), sample.sealed().length, asked[0], asked[1] + 1);
        LAYOUTS.completed(PLACE, ETAG, sample.parts());
        LAYOUTS.proven(PLACE, ETAG, sample.parts(), seal.commitment());
        ReadPlans.Wanted wanted = new ReadPlans.Wanted(Optional.of(range), Optional.empty());
        ReadPlans plans = new ReadPlans(LAYOUTS);
        ReadPlan plan;
        try {
            plan = (!wanted.whole() && sample.layout().multipart()
                            ? plans.proven(
                                    request(),
                                    wanted,
                                    object,
                                    new ReadPlans.ProofNeeds(
                                            ObjectEnds.none(), DEK, Asker.staying(LOOP), RangedReadTest::room))
                            : plans.plan(request(), wanted, object, Asker.staying(LOOP)))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw (S3Exception) e.getCause();
        }
        Extent extent = plan.extent();
        boolean covered = asked[0] <= extent.sealedStart() && asked[1] + 1 >= extent.sealedEnd();
        assertThat(covered || sample.layout() == Layout.PARTS)
                .as("one request is enough where offsets are arithmetic")
                .isTrue();
        long from = covered ? asked[0] : extent.sealedStart();
        long to = covered ? asked[1] + 1 : extent.sealedEnd();
        return open(extent, Arrays.copyOfRange(sample.sealed(), (int) from, (int) to), extent.sealedStart() - from);
    }

    private static byte[] open(Extent extent, byte[] body, long before) throws SealException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        FrameReader frames = new FrameReader(extent, before, DEK, ALLOCATOR);
        Random split = new Random(body.length);
        try {
            for (int at = 0; at < body.length; ) {
                int piece = Math.min(body.length - at, 1 + split.nextInt(100_000));
                frames.read(Unpooled.copiedBuffer(body, at, piece), plaintext -> {
                    byte[] bytes = new byte[plaintext.readableBytes()];
                    plaintext.readBytes(bytes);
                    plaintext.release();
                    read.writeBytes(bytes);
                });
                at += piece;
            }
            frames.finish();
        } finally {
            frames.close();
        }
        return read.toByteArray();
    }

    /** First and last byte, as a store resolves the range; it refuses one that begins beyond the end. */
    private static long[] asStoreTakes(String header, long total) {
        Matcher range = Pattern.compile("bytes=(\\d*)-(\\d*)").matcher(header);
        assertThat(range.matches()).isTrue();
        List<Long> ends = new ArrayList<>();
        if (range.group(1).isEmpty()) {
            ends.add(Math.max(0, total - Long.parseLong(range.group(2))));
            ends.add(total - 1);
        } else {
            ends.add(Long.parseLong(range.group(1)));
            ends.add(range.group(2).isEmpty() ? total - 1 : Math.min(total - 1, Long.parseLong(range.group(2))));
        }
        if (ends.get(0) > ends.get(1)) {
            throw new S3Exception(S3Error.INVALID_RANGE);
        }
        return new long[] {ends.get(0), ends.get(1)};
    }

    private static S3Request request() {
        return new S3Request(
                HttpMethod.GET,
                PLACE,
                RequestTarget.parse("/bkt/k"),
                new DefaultHttpHeaders(),
                Admission.lasting(new S3Credential(
                        "a", "s", new Project("o", "p", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty()))),
                new AllAllowed(),
                new PayloadPolicy.Unsigned());
    }
}
