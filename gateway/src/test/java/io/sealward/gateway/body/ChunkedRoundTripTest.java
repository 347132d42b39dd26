package io.sealward.gateway.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChunkedRoundTripTest {
    @Property(tries = 200)
    void anyLengthAnyChunkAnyCuts(
            @ForAll @IntRange(max = 40_000) int length,
            @ForAll @IntRange(min = 8192, max = 20_000) int chunkLength,
            @ForAll long seed) {
        Random random = new Random(seed);
        byte[] plaintext = new byte[length];
        random.nextBytes(plaintext);
        ChunkedUpload upload = ChunkedUpload.signed(plaintext, chunkLength);
        int[] cuts = IntStream.generate(() -> random.nextInt(upload.body().length + 1))
                .limit(10)
                .sorted()
                .toArray();
        CollectingSink sink = upload.decode(cuts);
        assertThat(sink.finished()).isTrue();
        assertThat(sink.bytes()).isEqualTo(plaintext);
    }
}
