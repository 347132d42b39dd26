package io.sealward.crypto.frame;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.frame.FrameHeader.Kind;
import io.sealward.crypto.key.SealException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PartLayoutTest {
    private static final long MIB = 1 << 20;
    private static final AttemptSalt SALT = new AttemptSalt(1, 2);

    @Property
    void everyByteIsInTheFrameThatTheLayoutNames(
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 1, max = 300_000) Long> lengths,
            @ForAll @LongRange(min = 0, max = 6_000_000) long seed) {
        PartLayout layout = PartLayout.explicit(V1.geometry(), lengths);
        long offset = seed % layout.plaintextLength();

        long plain = 0;
        long sealed = 0;
        for (int part = 1; part <= lengths.size(); part++) {
            long length = lengths.get(part - 1);
            for (int index = 0; index < V1.geometry().frameCount(length); index++) {
                FrameHeader header = new FrameHeader(V1, Kind.DATA, part, index, length, SALT);
                if (offset >= plain && offset < plain + header.plaintextLength()) {
                    assertThat(layout.frameAt(offset))
                            .isEqualTo(new FramePosition(
                                    part, index, length, sealed, sealed + header.frameLength(), plain, (int)
                                            (offset - plain)));
                }
                plain += header.plaintextLength();
                sealed += header.frameLength();
            }
        }
        assertThat(layout.plaintextLength()).isEqualTo(plain);
        assertThat(layout.sealedLength()).isEqualTo(sealed + 48);
    }

    @Property
    void equalPartsAreDiscoveredFromBothEnds(
            @ForAll @LongRange(min = 5_242_880, max = 5L << 30) long partLength,
            @ForAll @IntRange(min = 1, max = 10_000) int count,
            @ForAll @LongRange(min = 0, max = 5L << 30) long last) {
        PartLayout layout = PartLayout.equal(V1.geometry(), partLength, count, count == 1 ? partLength : last);

        assertThat(discover(layout)).contains(layout);
    }

    @Property
    void unequalPartsAreNeverTakenForEqualOnesUnlessCompleteRefusesThem(
            @ForAll @Size(min = 3, max = 12) List<@LongRange(min = 80, max = 84) Long> frames,
            @ForAll @LongRange(min = 0, max = 6 * 1_048_576) long last) {
        List<Long> lengths = new ArrayList<>();
        frames.forEach(count -> lengths.add(count * V1.geometry().framePlaintext()));
        lengths.add(last);
        PartLayout layout = PartLayout.explicit(V1.geometry(), lengths);

        assertThat(layout.mistakable()
                        || layout.equalParts()
                        || discover(layout).isEmpty())
                .isTrue();
        assertThat(walk(layout).plaintextLength()).isEqualTo(layout.plaintextLength());
    }

    @Example
    void partsOfAnotherLengthThatAddUpAreRefusedAtComplete() {
        assertThat(PartLayout.explicit(V1.geometry(), List.of(10 * MIB, 8 * MIB, 12 * MIB, 3 * MIB))
                        .mistakable())
                .isTrue();
        // a seal part says that they are not equal
        assertThat(PartLayout.explicit(V1.geometry(), List.of(10 * MIB, 8 * MIB, 12 * MIB, 5 * MIB))
                        .mistakable())
                .isFalse();
    }

    @Property
    void hostileNumbersGiveNoLayoutAndNoCrash(
            @ForAll @IntRange(min = 1, max = 10_000) int part,
            @ForAll @LongRange(min = 0, max = 1L << 46) long first,
            @ForAll @LongRange(min = 0, max = 1L << 46) long last,
            @ForAll long sealedLength) {
        FrameHeader head = new FrameHeader(V1, first == 0 ? Kind.END : Kind.DATA, 1, 0, first, SALT);
        for (Kind kind : Kind.values()) {
            FrameHeader tail = new FrameHeader(V1, kind, part, 0, last, SALT);
            PartLayout.discover(head, tail, sealedLength)
                    .ifPresent(layout -> assertThat(layout.sealedLength()).isEqualTo(sealedLength));
        }
    }

    @Property
    void aWalkThroughHostileHeadersFitsTheObjectOrIsRefused(
            @ForAll @Size(min = 1, max = 5) List<@From("telling") Long> lengths,
            @ForAll Kind endKind,
            @ForAll @IntRange(min = -1, max = 2) int endPart,
            @ForAll @From("telling") long endLength,
            @ForAll @LongRange(min = 0, max = 3) long ends,
            @ForAll @LongRange(min = 0, max = 40) long rarelyOutOfTurn) {
        long data = lengths.stream().mapToLong(V1.geometry()::ofData).sum();
        long total = lengths.stream().mapToLong(Long::longValue).sum();
        long last = lengths.get(lengths.size() - 1);
        for (long end : new long[] {endLength, last, total}) {
            PartWalk walk = new PartWalk(V1.geometry(), data + 48 * ends);
            try {
                for (int at = 0; at < lengths.size(); at++) {
                    int part = at + 1 + (rarelyOutOfTurn == at ? 1 : 0);
                    walk.accept(new FrameHeader(
                            V1, lengths.get(at) == 0 ? Kind.END : Kind.DATA, part, 0, lengths.get(at), SALT));
                    if (walk.done()) {
                        break;
                    }
                }
                if (!walk.done()) {
                    walk.accept(new FrameHeader(V1, endKind, Math.max(1, lengths.size() + endPart), 0, end, SALT));
                }
                if (walk.done()) {
                    assertThat(walk.layout().sealedLength()).isEqualTo(data + 48 * ends);
                }
            } catch (SealException refused) {
                assertThat(walk.done()).isFalse();
            }
        }
    }

    @Provide
    static Arbitrary<Long> telling() {
        return Arbitraries.of(
                0L,
                1L,
                100L,
                65_536L,
                131_072L,
                V1.geometry().twiceTerminatedLength(),
                5 * MIB,
                6 * MIB,
                V1.geometry().maxPlaintext());
    }

    @Example
    void aWalkRefusesWhatIsOutOfTurn() throws SealException {
        long sealed = 2 * (100 + 48) + 48;
        assertThatThrownBy(() -> walked(sealed).accept(data(2, 100))).isInstanceOf(SealException.Tampered.class);
        assertThatThrownBy(() -> walked(sealed).accept(new FrameHeader(V1, Kind.END, 1, 1, 100, SALT)))
                .isInstanceOf(SealException.Tampered.class);
        assertThatThrownBy(() -> walked(sealed, 100).accept(data(1, 100))).isInstanceOf(SealException.Tampered.class);
        assertThatThrownBy(
                        () -> walked(sealed, 100).accept(data(2, V1.geometry().maxPlaintext())))
                .isInstanceOf(SealException.Truncated.class);
        assertThatThrownBy(() -> walked(sealed, 100, 100).accept(data(3, 100)))
                .isInstanceOf(SealException.Truncated.class);
        for (FrameHeader end : List.of(
                new FrameHeader(V1, Kind.END, 2, 1, 99, SALT),
                new FrameHeader(V1, Kind.END, 3, 1, 100, SALT),
                new FrameHeader(V1, Kind.SEAL, 3, 0, 201, SALT),
                new FrameHeader(V1, Kind.SEAL, 2, 0, 200, SALT))) {
            assertThatThrownBy(() -> walked(sealed, 100, 100).accept(end)).isInstanceOf(SealException.Tampered.class);
        }
        PartWalk done = walked(sealed, 100, 100);
        done.accept(new FrameHeader(V1, Kind.END, 2, 1, 100, SALT));
        assertThat(done.layout().sealedLength()).isEqualTo(sealed);
        assertThatThrownBy(() -> done.accept(new FrameHeader(V1, Kind.END, 2, 2, 100, SALT)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Example
    void aWalkRefusesASumBeyondTheLongestObject() {
        long half = V1.geometry().maxPlaintext() / 2 + 1;
        assertThatThrownBy(() -> walked(Long.MAX_VALUE, half).accept(data(2, half)))
                .isInstanceOf(SealException.Truncated.class);
    }

    private static PartWalk walked(long sealedLength, long... lengths) throws SealException {
        PartWalk walk = new PartWalk(V1.geometry(), sealedLength);
        for (int at = 0; at < lengths.length; at++) {
            walk.accept(data(at + 1, lengths[at]));
        }
        return walk;
    }

    private static FrameHeader data(int part, long length) {
        return new FrameHeader(V1, Kind.DATA, part, 0, length, SALT);
    }

    private static Optional<PartLayout> discover(PartLayout layout) {
        return PartLayout.discover(header(layout, 1), end(layout), layout.sealedLength());
    }

    private static PartLayout walk(PartLayout layout) {
        PartWalk walk = new PartWalk(V1.geometry(), layout.sealedLength());
        try {
            for (int part = 1; part <= layout.partCount(); part++) {
                assertThat(walk.nextOffset()).isEqualTo(layout.sealedStartOf(part));
                walk.accept(header(layout, part));
            }
            if (!walk.done()) {
                walk.accept(end(layout));
            }
        } catch (SealException e) {
            throw new AssertionError(e);
        }
        return walk.layout();
    }

    private static FrameHeader header(PartLayout layout, int part) {
        long length = layout.lengthOf(part);
        return new FrameHeader(V1, length == 0 ? Kind.END : Kind.DATA, part, 0, length, SALT);
    }

    private static FrameHeader end(PartLayout layout) {
        int last = layout.partCount();
        long length = layout.lengthOf(last);
        if (V1.geometry().terminated(last, length)) {
            return new FrameHeader(V1, Kind.END, last, (int) V1.geometry().frameCount(length), length, SALT);
        }
        Kind kind = layout.equalParts() ? Kind.SEAL : Kind.SEAL_UNEQUAL;
        return new FrameHeader(V1, kind, last + 1, 0, layout.plaintextLength(), SALT);
    }
}
