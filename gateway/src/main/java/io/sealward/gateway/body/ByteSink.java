package io.sealward.gateway.body;

import io.netty.buffer.ByteBuf;

/**
 * Takes a body as it arrives. All calls come from the event loop of the connection.
 *
 * <p>What is written is provisional until {@link #finish()}: a digest or a signature may still fail. A sink must therefore
 * hold back whatever would make its output complete until then. A {@link io.sealward.gateway.s3.S3Exception} from {@code
 * write} or {@code finish} ends the body; after it, and after {@code finish}, only {@link #close()} may be called.
 */
public interface ByteSink extends AutoCloseable {
    /** Takes ownership of the buffer, also when it throws. */
    void write(ByteBuf data);

    /** The body is complete and all that could be verified is. Called once, and never for a body that was cut. */
    void finish();

    /** Releases what is held. Must be called once the sink is done with, however it ended; idempotent, does not throw. */
    @Override
    void close();
}
