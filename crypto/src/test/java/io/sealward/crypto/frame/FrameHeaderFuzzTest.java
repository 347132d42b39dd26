package io.sealward.crypto.frame;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealward.crypto.format.Geometry;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Frame headers by a hostile store, and the layouts that are made of them before any frame has opened. */
class FrameHeaderFuzzTest {
    private static final Geometry GEOMETRY = V1.geometry();

    static Stream<byte[]> headers() {
        SecureRandom random = new SecureRandom();
        Dek dek = Dek.generate(random);
        byte[] one = Sealed.openPart(dek, 1, Sealed.plaintext(70_000), random);
        byte[] two = Sealed.part(dek, 2, Sealed.plaintext(7), random);
        byte[] unequal = Sealed.part(dek, 2, Sealed.plaintext(100_000), random);
        byte[] single = Sealed.single(dek, Sealed.plaintext(100), random);
        return Stream.of(
                claim(one.length + two.length, headerOf(one, 0), headerOf(two, 0), headerOf(two, two.length - 48)),
                claim(
                        one.length + unequal.length,
                        headerOf(one, 0),
                        headerOf(unequal, 0),
                        headerOf(unequal, unequal.length - 48)),
                claim(single.length, headerOf(single, 0), headerOf(single, single.length - 48)),
                claim(48, headerOf(single, single.length - 48)));
    }

    private static byte[] headerOf(byte[] sealed, int offset) {
        return Arrays.copyOfRange(sealed, offset, offset + FrameHeader.BYTES);
    }

    private static byte[] claim(long length, byte[]... headers) {
        ByteBuffer claim = ByteBuffer.allocate(Long.BYTES + headers.length * FrameHeader.BYTES);
        claim.putLong(length);
        List.of(headers).forEach(claim::put);
        return claim.array();
    }

    @MethodSource("headers")
    @FuzzTest
    void whatAStoreClaimsIsALayoutOfThatLengthOrNone(byte[] input) {
        if (input.length < Long.BYTES + FrameHeader.BYTES) {
            return;
        }
        long sealedLength = ByteBuffer.wrap(input).getLong() & Long.MAX_VALUE;
        int count = (input.length - Long.BYTES) / FrameHeader.BYTES;
        PartWalk walk = new PartWalk(GEOMETRY, sealedLength);
        FrameHeader first = null;
        try {
            for (int i = 0; i < count && !walk.done(); i++) {
                FrameHeader header = parsed(input, Long.BYTES + i * FrameHeader.BYTES);
                first = first == null ? header : first;
                holds(PartLayout.discover(first, header, sealedLength), sealedLength);
                walk.accept(header);
                assertThat(walk.nextOffset()).isBetween(0L, sealedLength);
            }
        } catch (SealException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        if (walk.done()) {
            holds(Optional.of(walk.layout()), sealedLength);
        }
    }

    private static FrameHeader parsed(byte[] input, int offset) throws SealException {
        FrameHeader header = FrameHeader.parse(V1, input, offset);
        byte[] written = new byte[FrameHeader.BYTES];
        header.encode(written, 0);
        assertThat(written).isEqualTo(headerOf(input, offset));
        assertThat(header.plaintextLength()).isBetween(0, GEOMETRY.framePlaintext());
        assertThat(header.frameLength()).isBetween(GEOMETRY.frameOverhead(), GEOMETRY.frameSealed());
        return header;
    }

    private static void holds(Optional<PartLayout> claimed, long sealedLength) {
        claimed.ifPresent(layout -> {
            assertThat(layout.sealedLength()).isEqualTo(sealedLength);
            assertThat(layout.partCount()).isBetween(1, GEOMETRY.maxParts());
            assertThat(layout.plaintextLength()).isBetween(0L, GEOMETRY.maxPlaintext());
            if (layout.plaintextLength() > 0) {
                FramePosition last = layout.frameAt(layout.plaintextLength() - 1);
                assertThat(last.sealedEnd()).isBetween(last.sealedOffset() + 1, sealedLength);
                assertThat(layout.frameAt(0).sealedOffset()).isZero();
            }
        });
    }
}
