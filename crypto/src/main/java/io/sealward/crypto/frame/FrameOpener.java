package io.sealward.crypto.frame;

import static java.util.Objects.checkFromIndexSize;

import io.sealward.crypto.algorithm.AesGcm;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.security.auth.Destroyable;

/**
 * Opens frames of one object, in any order, fastest in runs of one part. It says that a frame is authentic, not that it
 * is in its place: that is {@link FrameOrder}'s part. For one thread at a time.
 */
public final class FrameOpener implements Destroyable {
    private final Dek dek;
    private final Cipher cipher = AesGcm.cipher();
    private final byte[] additional = new byte[FrameHeader.BYTES];

    private AttemptKey key;
    private int partNumber;
    private AttemptSalt salt;

    /**
     * For one object.
     *
     * @param dek not owned: the caller destroys it
     */
    public FrameOpener(Dek dek) {
        this.dek = dek;
    }

    /**
     * Reads the header of a frame, and checks all that can be said of it alone.
     *
     * @param bytes holds a header from {@code offset}
     */
    public FrameHeader header(byte[] bytes, int offset) throws SealException {
        return FrameHeader.parse(dek.format(), bytes, offset);
    }

    /**
     * Verifies a frame and, only if it is authentic, leaves its plaintext in {@code out}; else that stretch of
     * {@code out} holds zeros.
     *
     * @param header of {@code frame}
     * @param frame holds the frame from {@code off}, header included; not changed; must not be {@code out}
     * @param len {@link FrameHeader#frameLength()}; less is a truncated frame
     * @param out takes {@link FrameHeader#plaintextLength()} bytes
     * @return bytes written
     * @throws SealException.Tampered if the frame is not authentic
     * @throws SealException.Truncated if {@code len} is too short
     */
    public int open(FrameHeader header, byte[] frame, int off, int len, byte[] out, int outOff) throws SealException {
        int plaintext = header.plaintextLength();
        if (len < header.frameLength()) {
            throw new SealException.Truncated(header.place() + " is cut");
        }
        checkFromIndexSize(off, header.frameLength(), frame.length);
        checkFromIndexSize(outOff, plaintext, out.length);
        useKeyOf(header);
        // the header that was parsed, not the bytes it came from: what was checked is what is authenticated
        header.encode(additional, 0);
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, AttemptKey.nonce(header.index()));
            cipher.updateAAD(additional);
            return cipher.doFinal(frame, off + FrameHeader.BYTES, header.bodyLength(), out, outOff);
        } catch (AEADBadTagException e) {
            // newer JDKs decrypt while they verify; they wipe too, other providers may not
            Arrays.fill(out, outOff, outOff + plaintext, (byte) 0);
            throw new SealException.Tampered(header.place() + " is not authentic");
        } catch (GeneralSecurityException e) {
            throw AesGcm.unavailable(e);
        }
    }

    private void useKeyOf(FrameHeader header) {
        if (key == null || partNumber != header.partNumber() || !salt.equals(header.salt())) {
            destroy();
            key = AttemptKey.of(dek, header.partNumber(), header.salt());
            partNumber = header.partNumber();
            salt = header.salt();
        }
    }

    /** Wipes the derived key. The opener stays usable as long as the DEK is. */
    @Override
    public void destroy() {
        if (key != null) {
            key.destroy();
            key = null;
        }
    }

    @Override
    public boolean isDestroyed() {
        return key == null;
    }
}
