package io.sealward.gateway.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file of a trail line by line. */
final class StoredFile implements Closeable {
    private static final int MAX_LINE_BYTES = 1 << 20;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long wholeBytes;

    /** @throws IOException also if it is a link, or no file at all: whoever reads those may wait for ever, or elsewhere */
    StoredFile(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file.getFileName() + " is no file of its own");
        }
        this.in = new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), 1 << 16);
    }

    /** The next whole line, without its end; empty where there is none. */
    Optional<String> next() throws IOException {
        line.reset();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                wholeBytes += line.size() + 1L;
                return Optional.of(line.toString(UTF_8));
            }
            if (line.size() == MAX_LINE_BYTES) {
                throw new IOException("a line is longer than any that is written");
            }
            line.write(b);
        }
        return Optional.empty();
    }

    /** Bytes of the lines so far. */
    long wholeBytes() {
        return wholeBytes;
    }

    /** Whether something follows the last whole line. */
    boolean isCut() {
        return line.size() > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
