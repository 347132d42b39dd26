package io.sealward.gateway.recovery;

import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.FrameOpener;
import io.sealward.crypto.frame.FrameOrder;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** One object whose DEK has opened. Who opens it closes it. */
public final class Opening implements AutoCloseable {
    private final Layout layout;
    private final Dek dek;

    private Opening(Layout layout, Dek dek) {
        this.layout = layout;
        this.dek = dek;
    }

    /**
     * Opens the DEK.
     *
     * @param metadata names without {@code x-amz-meta-}
     * @throws SealException if the metadata is garbled, or of another place
     * @throws RecoveryException if there is no seal, or the KMS does not unwrap
     */
    public static Opening of(Map<String, String> metadata, ObjectBinding place, OwnKeys keys) throws SealException {
        ObjectSeal seal = ObjectSeal.fromMetadata(metadata.entrySet())
                .orElseThrow(() -> new RecoveryException("its metadata holds no seal: this object was not sealed"));
        WrappingSecret secret = keys.secret(seal, place);
        try {
            return new Opening(seal.layout(), seal.open(secret, place));
        } finally {
            secret.destroy();
        }
    }

    /**
     * Writes the plaintext, each frame as soon as it has verified; what was written before an error is authentic.
     *
     * @param sealed the object's bytes, to their end
     */
    public void copy(InputStream sealed, OutputStream plaintext) throws IOException, SealException {
        FrameOrder order = FrameOrder.ofObject(layout, dek);
        FrameOpener opener = new FrameOpener(dek);
        byte[] frame = new byte[dek.format().geometry().frameSealed()];
        byte[] opened = new byte[dek.format().geometry().framePlaintext()];
        try {
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

    @Override
    public void close() {
        dek.destroy();
    }
}
