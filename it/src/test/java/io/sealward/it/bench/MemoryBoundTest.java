package io.sealward.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As many streams as the promise names, of objects that together are eight times the memory there is. */
@Tag("memory")
class MemoryBoundTest {
    private static final int STREAMS = 64;
    private static final long OBJECT_BYTES = 16 << 20;
    private static final long MEMORY_BYTES = 256 << 20;

    @Test
    void uploadsTheStoreHoldsAndReadersThatWaitFitIn256MiB() throws Exception {
        MemoryBound.Outcome outcome = MemoryBound.run(STREAMS, OBJECT_BYTES);

        assertThat(outcome.takenWhileHeld())
                .as("bytes taken from clients while the store took none")
                .isLessThan(STREAMS * OBJECT_BYTES);
        assertThat(outcome.heapBytes() + outcome.directBytes()).isLessThanOrEqualTo(MEMORY_BYTES);
    }
}
