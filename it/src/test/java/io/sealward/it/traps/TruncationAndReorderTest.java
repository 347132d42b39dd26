package io.sealward.it.traps;

import static io.sealward.it.stack.RawObject.FRAME_BYTES;
import static io.sealward.it.stack.RawObject.TERMINATOR_BYTES;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.RawObject;
import io.sealward.it.stack.Reading;
import io.sealward.it.stack.Stack;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The four changes that a format without an authenticated order and end lets through. More of them in TamperingTest. */
class TruncationAndReorderTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final byte[] CONTENT = Multipart.random(4 * 65_536, 2);

    @Test
    void theLastChunkDropped() {
        refused(raw -> Arrays.copyOf(raw, raw.length - FRAME_BYTES - TERMINATOR_BYTES));
        refused(raw -> join(
                Arrays.copyOf(raw, raw.length - FRAME_BYTES - TERMINATOR_BYTES),
                Arrays.copyOfRange(raw, raw.length - TERMINATOR_BYTES, raw.length)));
    }

    @Test
    void twoChunksSwapped() {
        refused(raw -> join(
                join(Arrays.copyOfRange(raw, FRAME_BYTES, 2 * FRAME_BYTES), Arrays.copyOfRange(raw, 0, FRAME_BYTES)),
                Arrays.copyOfRange(raw, 2 * FRAME_BYTES, raw.length)));
    }

    @Test
    void aChunkDroppedInTheMiddle() {
        refused(raw -> join(Arrays.copyOf(raw, FRAME_BYTES), Arrays.copyOfRange(raw, 2 * FRAME_BYTES, raw.length)));
    }

    @Test
    void aChunkAppended() {
        refused(raw -> join(raw, Arrays.copyOf(raw, FRAME_BYTES)));
    }

    private static void refused(UnaryOperator<byte[]> change) {
        String bucket = STACK.bucket();
        try (S3Client client = STACK.client();
                S3Client behind = STACK.behind()) {
            client.putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromBytes(CONTENT));
            RawObject.read(behind, bucket, "key").with(change).write(behind, bucket, "key");
        }
        Reading.of(STACK.gateway(), bucket, "key").assertRefused(CONTENT, "InternalError");
    }

    private static byte[] join(byte[] first, byte[] second) {
        return Multipart.concat(List.of(first, second));
    }
}
