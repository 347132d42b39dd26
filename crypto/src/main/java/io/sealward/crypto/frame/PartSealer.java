package io.sealward.crypto.frame;

import static java.util.Objects.checkFromIndexSize;

import io.sealward.crypto.algorithm.AesGcm;
import io.sealward.crypto.format.Format;
import io.sealward.crypto.format.Geometry;
import io.sealward.crypto.frame.FrameHeader.Kind;
import io.sealward.crypto.key.Dek;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.security.auth.Destroyable;

/**
 * Seals one attempt at one part (a PutObject is part 1), frame by frame, under a key of its own. For one thread at a
 * time. It never seals two plaintexts under one nonce: a failed attempt starts over with a new sealer.
 */
public final class PartSealer implements Destroyable {
    private final Format format;
    private final Geometry geometry;
    private final Cipher cipher;
    private final AttemptKey key;
    private final int partNumber;
    private final long length;
    private final AttemptSalt salt;
    private final int terminators;

    private long sealed;
    private int index;
    private boolean terminated;
    private boolean destroyed;

    private PartSealer(Dek dek, int partNumber, long length, int terminators, AttemptSalt salt) {
        this.format = dek.format();
        this.geometry = format.geometry();
        geometry.requirePart(partNumber);
        geometry.requirePlaintext(length);
        this.partNumber = partNumber;
        this.length = length;
        this.terminators = terminators;
        this.salt = salt;
        this.key = AttemptKey.of(dek, partNumber, salt);
        this.cipher = AesGcm.cipher();
    }

    /** For the whole of an object that one PutObject writes. */
    public static PartSealer ofObject(Dek dek, long plaintextLength, SecureRandom random) {
        return new PartSealer(dek, 1, plaintextLength, 1, AttemptSalt.random(random));
    }

    /** For an empty object of {@link io.sealward.crypto.seal.Layout#EMPTY}, which has no frame at all. */
    public static PartSealer ofEmpty(Dek dek, SecureRandom random) {
        return new PartSealer(dek, 1, 0, 0, AttemptSalt.random(random));
    }

    /** For a part of a multipart upload. */
    public static PartSealer ofPart(Dek dek, int partNumber, long plaintextLength, SecureRandom random) {
        Geometry geometry = dek.format().geometry();
        long end = geometry.ofPart(partNumber, plaintextLength) - geometry.ofData(plaintextLength);
        return new PartSealer(
                dek,
                partNumber,
                plaintextLength,
                Math.toIntExact(end / geometry.frameOverhead()),
                AttemptSalt.random(random));
    }

    /**
     * The part that ends an upload whose last part carries no terminator.
     *
     * @param parts all parts of the upload; the seal part's number is the one after them
     * @param attempts of each part, as their receipts say
     * @return the part: one frame without plaintext
     * @throws IllegalArgumentException if the last part carries the terminator, or there is not one attempt for each part
     */
    public static byte[] sealPart(Dek dek, PartLayout parts, List<AttemptSalt> attempts) {
        if (attempts.size() != parts.partCount()) {
            throw new IllegalArgumentException(attempts.size() + " attempts at " + parts.partCount() + " parts");
        }
        PartsDigest digest = new PartsDigest();
        for (int part = 1; part <= parts.partCount(); part++) {
            digest.add(parts.lengthOf(part), attempts.get(part - 1));
        }
        return sealPart(dek, parts, true, digest.sealSalt(dek));
    }

    /**
     * As {@link #sealPart}, where the store alone says what the parts are: a reader then opens a frame of each before it
     * believes where they lie.
     */
    public static byte[] looseSealPart(Dek dek, PartLayout parts, SecureRandom random) {
        return sealPart(dek, parts, false, AttemptSalt.random(random));
    }

    private static byte[] sealPart(Dek dek, PartLayout parts, boolean knownAttempts, AttemptSalt salt) {
        int last = parts.partCount();
        if (parts.geometry().terminated(last, parts.lengthOf(last))) {
            throw new IllegalArgumentException("part " + last + " ends the object by itself");
        }
        Kind kind = Kind.seal(parts.equalParts(), knownAttempts);
        return sealPart(dek, kind, last + 1, parts.plaintextLength(), salt);
    }

    static byte[] sealPart(Dek dek, Kind kind, int partNumber, long objectLength, AttemptSalt salt) {
        PartSealer sealer = new PartSealer(dek, partNumber, objectLength, 1, salt);
        byte[] out = new byte[sealer.geometry.frameOverhead()];
        sealer.seal(kind, new byte[0], 0, 0, out, 0);
        sealer.destroy();
        return out;
    }

    /**
     * What Complete has to be told of this attempt, once the store has the part.
     *
     * @param dek as this sealer was made with
     */
    public String receipt(Dek dek) {
        return PartReceipt.of(dek, partNumber, length, salt);
    }

    /** Bytes that this part will have, terminators included. */
    public long sealedLength() {
        return geometry.ofData(length) + (long) terminators * geometry.frameOverhead();
    }

    /** What sealing adds to the last frame, in bytes: its own header and tag, and the terminators behind it. */
    public int overhead() {
        return (1 + terminators) * geometry.frameOverhead();
    }

    /** Plaintext bytes of the next frame, 0 when all are sealed. */
    public int nextFrameLength() {
        return (int) Math.min(geometry.framePlaintext(), length - sealed);
    }

    /**
     * Seals the next frame.
     *
     * @param plain not changed; must not be {@code out}
     * @param len {@link #nextFrameLength()} exactly, not 0
     * @param out takes {@code len} bytes and the overhead of a frame
     * @return bytes written
     * @throws IllegalArgumentException if {@code len} is another length
     */
    public int seal(byte[] plain, int off, int len, byte[] out, int outOff) {
        if (len == 0 || len != nextFrameLength()) {
            throw new IllegalArgumentException(
                    "frame " + index + " of part " + partNumber + " takes " + nextFrameLength() + " bytes, not " + len);
        }
        int written = seal(Kind.DATA, plain, off, len, out, outOff);
        sealed += len;
        return written;
    }

    /**
     * Ends the part. Called once, after its last frame, whether or not the part carries a terminator.
     *
     * @return bytes written: those of no frame, one or two without plaintext
     * @throws IllegalStateException if plaintext is missing, or on a second call
     */
    public int sealTerminator(byte[] out, int outOff) {
        if (nextFrameLength() != 0 || terminated) {
            throw new IllegalStateException("part " + partNumber + " cannot end here");
        }
        terminated = true;
        int written = 0;
        for (int i = 0; i < terminators; i++) {
            written += seal(Kind.END, new byte[0], 0, 0, out, outOff + written);
        }
        destroy();
        return written;
    }

    private int seal(Kind kind, byte[] plain, int off, int len, byte[] out, int outOff) {
        if (destroyed) {
            throw new IllegalStateException("the sealer of part " + partNumber + " is destroyed");
        }
        // before the index moves on: a frame that fails half way would have used up its nonce
        checkFromIndexSize(off, len, plain.length);
        checkFromIndexSize(outOff, len + geometry.frameOverhead(), out.length);
        new FrameHeader(format, kind, partNumber, index, length, salt).encode(out, outOff);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, AttemptKey.nonce(index++));
            cipher.updateAAD(out, outOff, FrameHeader.BYTES);
            return FrameHeader.BYTES + cipher.doFinal(plain, off, len, out, outOff + FrameHeader.BYTES);
        } catch (GeneralSecurityException e) {
            throw AesGcm.unavailable(e);
        }
    }

    /** Wipes the key; nothing more can be sealed. */
    @Override
    public void destroy() {
        destroyed = true;
        key.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }
}
