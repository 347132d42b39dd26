package io.sealward.gateway.body;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** The stages a body goes through, as one sink for what comes off the wire. */
public final class BodyIntake implements ByteSink {
    private final ByteSink first;
    private final ContentDigests digests;

    BodyIntake(ByteSink first, ContentDigests digests) {
        this.first = first;
        this.digests = digests;
    }

    @Override
    public void write(ByteBuf data) {
        first.write(data);
    }

    @Override
    public void finish() {
        first.finish();
    }

    @Override
    public void close() {
        first.close();
    }

    /** The client's own checksum of the plaintext, for the answer; known and verified from {@code finish} on. */
    public Optional<Checksum> checksum() {
        return digests.checksum();
    }
}
