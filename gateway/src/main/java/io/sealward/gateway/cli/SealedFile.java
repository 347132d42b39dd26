package io.sealward.gateway.cli;

import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.FrameOpener;
import io.sealward.crypto.frame.FrameOrder;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a whole object as a store holds them. */
record SealedFile(Path path, Layout layout, Dek dek) {
    /** Writes the plaintext, each frame as soon as it has verified; what was written before an error is authentic. */
    void open(OutputStream plaintext) throws IOException, SealException {
        FrameOrder order = FrameOrder.ofObject(layout, dek);
        FrameOpener opener = new FrameOpener(dek);
        byte[] frame = new byte[dek.format().geometry().frameSealed()];
        byte[] opened = new byte[dek.format().geometry().framePlaintext()];
        try (InputStream sealed = Files.newInputStream(path)) {
            int head = sealed.readNBytes(frame, 0, FrameHeader.BYTES);
            while (head > 0) {
                if (head < FrameHeader.BYTES) {
                    throw new SealException.Truncated("the object ends within a frame header");
                }
                FrameHeader header = opener.header(frame, 0);
                order.accept(header);
                int body = sealed.readNBytes(frame, FrameHeader.BYTES, header.bodyLength());
                int length = opener.open(header, frame, 0, FrameHeader.BYTES + body, opened, 0);
                plaintext.write(opened, 0, length);
                head = sealed.readNBytes(frame, 0, FrameHeader.BYTES);
            }
            order.finish();
        } finally {
            opener.destroy();
        }
    }
}
