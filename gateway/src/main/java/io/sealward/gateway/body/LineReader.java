package io.sealward.gateway.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/** Collects a line of framing, at most {@value #MAX_LENGTH} bytes, from buffers cut anywhere. */
final class LineReader {
    static final int MAX_LENGTH = 1024;

    private byte[] line = new byte[128];
    private int length;

    /** The next line with its LF; empty if the buffer ends before it. */
    Optional<String> read(ByteBuf data) {
        while (data.isReadable()) {
            byte b = data.readByte();
            if (length == MAX_LENGTH) {
                throw AwsChunkedDecoder.malformed("a line is too long");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, MAX_LENGTH);
            }
            line[length++] = b;
            if (b == '\n') {
                String text = new String(line, 0, length, ISO_8859_1);
                length = 0;
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }
}
