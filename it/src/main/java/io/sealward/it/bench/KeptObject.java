package io.sealward.it.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** An object of the {@link NullStore}: its metadata, and its bytes in a mapped file that has no name any more. */
record KeptObject(HttpHeaders metadata, ByteBuf bytes) {
    /** An object that is being written. */
    static final class Draft {
        private final HttpHeaders metadata = new DefaultHttpHeaders();
        private final FileChannel file;

        Draft(HttpHeaders request) {
            request.forEach(header -> {
                if (header.getKey().toLowerCase(Locale.ROOT).startsWith("x-amz-meta-")) {
                    metadata.add(header.getKey(), header.getValue());
                }
            });
            try {
                Path path = Files.createTempFile("null-store-", ".object");
                file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Files.delete(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void write(ByteBuf data) {
            try {
                ByteBuffer bytes = data.nioBuffer();
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        KeptObject whole() {
            try (file) {
                return new KeptObject(
                        metadata, Unpooled.wrappedBuffer(file.map(FileChannel.MapMode.READ_WRITE, 0, file.size())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
