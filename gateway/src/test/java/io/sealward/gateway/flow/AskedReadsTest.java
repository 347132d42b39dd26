package io.sealward.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskedReadsTest {
    private static final int SMALL = 16 << 10;
    private static final int MOST = 128 << 10;

    private final AskedReads reads = new AskedReads(SMALL, SMALL);
    private final EmbeddedChannel channel = new EmbeddedChannel(reads);
    private final RecvByteBufAllocator.ExtendedHandle handle = (RecvByteBufAllocator.ExtendedHandle)
            channel.config().getRecvByteBufAllocator().newHandle();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /** One read of a socket that holds so many bytes; tells for how many there was room. */
    private int room(long expected, int waiting) {
        reads.expect(expected);
        handle.reset(channel.config());
        ByteBuf buffer = handle.allocate(UnpooledByteBufAllocator.DEFAULT);
        int room = buffer.writableBytes();
        handle.attemptedBytesRead(room);
        handle.lastBytesRead(Math.min(room, waiting));
        handle.readComplete();
        buffer.release();
        return room;
    }

    @Test
    void headsBetweenBodiesMakeTheReadsOfBodiesNoSmaller() {
        for (int i = 0; i < 4; i++) {
            room(Long.MAX_VALUE, MOST);
        }
        for (int answer = 0; answer < 20; answer++) {
            assertThat(room(0, 1200)).isEqualTo(SMALL);
            assertThat(room(Long.MAX_VALUE, 115_000)).isEqualTo(MOST);
        }
    }

    @Test
    void theEndOfABodyMakesTheReadsOfTheNextNoSmaller() {
        for (int body = 0; body < 20; body++) {
            int last = 0;
            for (int i = 0; i < 4; i++) {
                last = room(Long.MAX_VALUE, MOST);
            }
            assertThat(last).isEqualTo(MOST);
            room(Long.MAX_VALUE, 100);
        }
        assertThat(room(Long.MAX_VALUE, MOST)).isEqualTo(MOST);
    }

    @Test
    void aBodyThatDripsTakesLittleRoom() {
        for (int i = 0; i < 20; i++) {
            room(Long.MAX_VALUE, 100);
        }
        assertThat(room(Long.MAX_VALUE, 100)).isEqualTo(SMALL);
    }

    @Test
    void noMoreRoomIsTakenThanIsExpected() {
        assertThat(room(20_000, 20_000)).isEqualTo(20_000);
        assertThat(room(0, 20_000)).isEqualTo(SMALL);
    }
}
