package io.sealward.crypto.frame;

import static io.sealward.crypto.format.Format.V1;

import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Whole objects in memory, sealed and opened the way a gateway does it frame by frame. */
public final class Sealed {
    private Sealed() {}

    /** Byte {@code i} of every test plaintext: {@code (31 i + 7) mod 251}. */
    public static byte[] plaintext(int length) {
        byte[] plain = new byte[length];
        for (int i = 0; i < length; i++) {
            plain[i] = (byte) ((31L * i + 7) % 251);
        }
        return plain;
    }

    public static byte[] single(Dek dek, byte[] plain, SecureRandom random) {
        return part(PartSealer.ofObject(dek, plain.length, random), plain);
    }

    /** One part as UploadPart writes it. */
    public static byte[] part(Dek dek, int partNumber, byte[] plain, SecureRandom random) {
        return part(PartSealer.ofPart(dek, partNumber, plain.length, random), plain);
    }

    /** The frames of a part that carries no terminator, however short it is: what a seal part can follow. */
    public static byte[] openPart(Dek dek, int partNumber, byte[] plain, SecureRandom random) {
        byte[] ended = part(dek, partNumber, plain, random);
        return Arrays.copyOf(ended, Math.toIntExact(dek.format().geometry().ofData(plain.length)));
    }

    /** The attempts at parts, as they say themselves. */
    public static List<AttemptSalt> attempts(List<byte[]> parts) throws SealException {
        List<AttemptSalt> attempts = new ArrayList<>();
        for (byte[] part : parts) {
            attempts.add(FrameHeader.parse(V1, part, 0).salt());
        }
        return attempts;
    }

    /** Reads a stretch, as far as the object has it, as a gateway does that knows nothing of the layout. */
    public static byte[] range(Dek dek, Layout layout, byte[] sealed, long from, long end) throws SealException {
        PartLayout parts = parts(dek, layout, sealed);
        if (from >= parts.plaintextLength()) {
            return new byte[0];
        }
        long to = Math.min(end, parts.plaintextLength() - 1);
        FrameOrder order = FrameOrder.ofRange(parts, from, to);
        int start = Math.toIntExact(parts.frameAt(from).sealedOffset());
        int stop = Math.toIntExact(Math.min(sealed.length, parts.frameAt(to).sealedEnd()));
        byte[] plain = open(dek, order, Arrays.copyOfRange(sealed, Math.min(start, stop), stop));
        int skipped = parts.frameAt(from).offsetInFrame();
        return Arrays.copyOfRange(plain, skipped, skipped + Math.toIntExact(to - from + 1));
    }

    /** Where the parts lie, proven by frames that have opened. */
    public static PartLayout parts(Dek dek, Layout layout, byte[] sealed) throws SealException {
        if (layout == Layout.EMPTY) {
            if (sealed.length > 0) {
                throw new SealException.Tampered("an object without frames has bytes");
            }
            return PartLayout.single(dek.format().geometry(), 0);
        }
        if (layout == Layout.SINGLE) {
            OptionalLong plain = sealed.length == 0
                    ? OptionalLong.empty()
                    : dek.format().geometry().objectToPlain(sealed.length);
            return PartLayout.single(
                    dek.format().geometry(),
                    plain.orElseThrow(() -> new SealException.Truncated("no object has this length")));
        }
        LayoutProof proof = new LayoutProof(layout, sealed.length, dek);
        while (!proof.wanted().isEmpty()) {
            for (long offset : proof.wanted()) {
                int at = Math.toIntExact(offset);
                proof.accept(offset, Arrays.copyOfRange(sealed, at, at + proof.bytesAt(offset)));
            }
        }
        return proof.layout();
    }

    static byte[] part(PartSealer sealer, byte[] plain) {
        byte[] out = new byte[Math.toIntExact(sealer.sealedLength())];
        int written = 0;
        for (int at = 0; at < plain.length; ) {
            int length = sealer.nextFrameLength();
            written += sealer.seal(plain, at, length, out, written);
            at += length;
        }
        written += sealer.sealTerminator(out, written);
        if (written != out.length) {
            throw new AssertionError(written + " of " + out.length);
        }
        return out;
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List.of(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    public static byte[] open(Dek dek, Layout layout, byte[] sealed) throws SealException {
        return open(dek, FrameOrder.ofObject(layout, dek), sealed);
    }

    static byte[] open(Dek dek, FrameOrder order, byte[] sealed) throws SealException {
        FrameOpener opener = new FrameOpener(dek);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(sealed.length);
        byte[] frame = new byte[dek.format().geometry().framePlaintext()];
        for (int at = 0; at < sealed.length; ) {
            if (sealed.length - at < FrameHeader.BYTES) {
                throw new SealException.Truncated("a header is cut");
            }
            FrameHeader header = opener.header(sealed, at);
            order.accept(header);
            int opened = opener.open(header, sealed, at, sealed.length - at, frame, 0);
            plain.write(frame, 0, opened);
            at += header.frameLength();
        }
        order.finish();
        return plain.toByteArray();
    }
}
